"""What a transaction tells the database of itself: whose rows it may touch, who acts and why.

The settings go out with ``BEGIN``, in the same message, and end with the transaction: a pooler that gives the
connection to somebody else next gives nothing of it away. Outside a transaction each statement gets one of its own.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any

from django.db import connection as default_connection
from django.db import transaction
from psycopg import Connection, generators
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus

# What refuses a transaction, and asks for no rows.
_ALONE = re.compile(
    r"\s*(VACUUM|REINDEX|ALTER SYSTEM|(CREATE|DROP) (DATABASE|(UNIQUE )?INDEX CONCURRENTLY))", re.IGNORECASE
)

_told: ContextVar[Mapping[str, str]] = ContextVar("told", default=MappingProxyType({}))


def told() -> Mapping[str, str]:
    """The settings of this thread or task, such as ``app.actor``, to their values."""
    return _told.get()


@contextmanager
def telling(settings: Mapping[str, str]) -> Iterator[None]:
    """Tell the database these settings beside those that are told already, until the end of the block.

    Args:
        settings: names of two parts, such as ``app.actor``, to text. A transaction that is open learns them at once.
    """
    before = _told.get()
    token = _told.set({**before, **settings})
    _tell_open_transaction(before)
    try:
        yield
    finally:
        within = _told.get()
        _told.reset(token)
        _tell_open_transaction(within)


def tell(settings: Mapping[str, str]) -> None:
    """Tell the database these settings from now on, until the end of the ``telling`` block around it."""
    before = _told.get()
    _told.set({**before, **settings})
    _tell_open_transaction(before)


def _tell_open_transaction(before: Mapping[str, str]) -> None:
    """One that has failed is not told: whoever takes it back, or a part of it, has what was told before."""
    now, driver = _told.get(), default_connection.connection
    changed = {
        name: now.get(name, "") for name in {**before, **now} if before.get(name, "") != now.get(name, "")
    }
    if not changed or driver is None or driver.closed:
        return
    if driver.info.transaction_status == TransactionStatus.INTRANS:
        with default_connection.wrap_database_errors, driver.lock:
            driver.wait(_sent(driver, _command(changed)))


def _command(settings: Mapping[str, str]) -> bytes:
    """Not by ``set_config()``: after a query the level of isolation could not be chosen any more."""
    return "; ".join(
        f"SET LOCAL {_named(name)} = '{_quoted(value)}'" for name, value in settings.items()
    ).encode()


def _named(name: str) -> str:
    return ".".join(f'"{part}"' for part in name.replace('"', "").split("."))


def _quoted(text: str) -> str:
    """Inside single quotes; backslashes are themselves (``standard_conforming_strings``)."""
    return text.replace("\0", "").replace("'", "''")


def _sent(driver: Connection[Any], command: bytes) -> Any:
    """Send commands of our own in one message; neither prepared nor among the statements that Django counts."""
    driver.pgconn.send_query(command)
    for result in (yield from generators.execute(driver.pgconn)):
        if result.status == ExecStatus.FATAL_ERROR:
            raise error_from_result(result)


def context_told(driver: Connection[Any]) -> None:
    """Let a new connection begin its transactions with what is told."""
    if "_start_query" in driver.__dict__:
        return
    start = driver._start_query

    def start_query() -> Any:
        """As psycopg's, which begins a transaction before its first statement when it must."""
        settings = _told.get()
        is_begun = driver.pgconn.transaction_status != TransactionStatus.IDLE
        if not settings or driver.autocommit or is_begun:
            return start()
        return _sent(driver, driver._get_tx_start_command() + b"; " + _command(settings))

    driver._start_query = start_query  # type: ignore[method-assign]


@contextmanager
def one_transaction() -> Iterator[None]:
    """Several reads in one transaction, so that what is told goes out once; nothing more inside of one.

    An error inside of another transaction leaves that one to decide: nothing was written here.
    """
    if default_connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        yield


def each_in_a_transaction(
    execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
) -> Any:
    """An execute wrapper of Django's: a statement outside a transaction gets one, so that it is told, too."""
    driver = context["connection"].connection
    is_inside = not driver.autocommit or driver.info.transaction_status != TransactionStatus.IDLE
    if is_inside or not _told.get() or _ALONE.match(str(sql)):
        return execute(sql, params, many, context)
    errors = context["connection"].wrap_database_errors
    driver.autocommit = False
    try:
        answer = execute(sql, params, many, context)
        with errors:
            driver.commit()
    except BaseException:
        if not driver.closed:
            with errors:
                driver.rollback()
        raise
    finally:
        if not driver.closed:
            driver.autocommit = True
    return answer
