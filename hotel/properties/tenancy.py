"""The wall in the database: each transaction tells whose rows it may touch, and may touch no others.

Nothing told means no rows. A request is narrowed to the properties where its caller holds any right; a task, a command
and a relay work for the whole installation and narrow themselves where they serve one property. Nothing else sets
``app.properties``.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import Enum

from hotel.core.postgresql.context import tell, telling, told

SETTING = "app.properties"


class Everything(Enum):
    """Every property there is or will be."""

    EVERYTHING = "*"


EVERYTHING = Everything.EVERYTHING
Scope = Iterable[int] | Everything
NOBODY: frozenset[int] = frozenset()


@contextmanager
def tenant_scope(properties: Scope) -> Iterator[None]:
    """Let the database show and take rows of these properties only, until the end of the block.

    Args:
        properties: ids, or ``EVERYTHING`` for work of the whole installation. An open transaction learns it at once.
    """
    with telling({SETTING: _words(properties)}):
        yield


def narrow(properties: Scope) -> None:
    """The same from now on, until the end of the ``tenant_scope`` block around it."""
    tell({SETTING: _words(properties)})


def is_scoped() -> bool:
    """Whether anything was told: if not, row-level security shows nothing."""
    return bool(told().get(SETTING))


def _words(properties: Scope) -> str:
    """As PostgreSQL reads an array; an empty one is told, too: it is known that there is nothing to be seen."""
    if isinstance(properties, Everything):
        return properties.value
    return f"{{{','.join(map(str, sorted({int(key) for key in properties})))}}}"
