"""What the tests add to the wall: a statement that forgot to say whose rows it wants is an error, not an empty answer."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Thread
from typing import Any

from hotel.core.postgresql.context import telling, told
from hotel.properties.selectors.walls import walls
from hotel.properties.tenancy import is_scoped

_TABLES = re.compile(r'(?:FROM|JOIN|INTO|UPDATE|ONLY)\s+"?([a-z_]+)"?', re.IGNORECASE)


class ScopeMissing(AssertionError):
    """Row-level security would show nothing, because nothing was told."""


@cache
def _behind_the_wall() -> frozenset[str]:
    return frozenset(wall.table for wall in walls())


def scope_required(connection: Any, **kwargs: Any) -> None:
    """Watch a new connection of Django's."""
    if _required not in connection.execute_wrappers:
        connection.execute_wrappers.append(_required)


def _required(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    if not is_scoped() and (named := _behind_the_wall().intersection(_TABLES.findall(str(sql)))):
        raise ScopeMissing(
            f"{', '.join(sorted(named))}: say whose rows are wanted, by hotel.properties.tenancy.tenant_scope."
        )
    return execute(sql, params, many, context)


@contextmanager
def threads_inherit() -> Iterator[None]:
    """Threads that a test starts act for it: they begin with what it has told, and with nothing else of it."""
    start = Thread.start

    def started(thread: Thread) -> None:
        words, inner = dict(told()), thread.run

        def run() -> None:
            with telling(words):
                inner()

        thread.run = run  # type: ignore[method-assign]
        start(thread)

    Thread.start = started  # type: ignore[method-assign]
    try:
        yield
    finally:
        Thread.start = start  # type: ignore[method-assign]
