"""Two roles for one database: one reads and writes, the owner alone changes the structure."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection


def owner() -> dict[str, Any]:
    """How the owner connects, in words of the settings; empty where one role does everything."""
    given: dict[str, Any] = getattr(settings, "DATABASE_OWNER", {})
    return given


@contextmanager
def as_owner() -> Iterator[None]:
    """Connect as the owner for the time of the block; may be nested. For commands, outside of transactions."""
    values = connection.settings_dict
    before = {name: values[name] for name in owner()}
    if before == owner():
        yield
        return
    _hang_up()
    values.update(owner())
    try:
        yield
    finally:
        _hang_up()
        values.update(before)


def _hang_up() -> None:
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
