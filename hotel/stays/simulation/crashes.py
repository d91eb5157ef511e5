"""Crashes: a command is broken off before some statement, as if the server had ended there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

FRAME = ("SAVEPOINT", "RELEASE", "ROLLBACK")


class Crash(BaseException):
    """The server ended; not an error that anything may handle."""


@dataclass
class Failpoint:
    """Before which statement it ends; ``has_struck`` once it did."""

    statement: int
    has_struck: bool = False


@contextmanager
def crash_before(statement: int) -> Iterator[Failpoint]:
    """Break off what runs in the block before its statement of this number, counted from 0.

    Statements that open or end a transaction are not counted and go through: what is open is rolled back.
    """
    point, passed = Failpoint(statement), 0

    def counted(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal passed
        if not sql.startswith(FRAME):
            if passed == statement and not point.has_struck:
                point.has_struck = True
                raise Crash
            passed += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counted):
        try:
            yield point
        except Crash:
            if not point.has_struck:
                raise
