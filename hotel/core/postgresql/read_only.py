"""What the database says when it takes no changes."""

from django.db import InternalError
from psycopg.errors import ReadOnlySqlTransaction


def is_read_only(error: BaseException | None) -> bool:
    """Whether a change was refused because none is taken now: of a property's rows, or by a server that only reads."""
    return isinstance(error, InternalError) and isinstance(error.__cause__, ReadOnlySqlTransaction)
