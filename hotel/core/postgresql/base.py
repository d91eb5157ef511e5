"""Large bulk writes in batches: a statement that the server prepares takes at most 65,535 parameters.

Django 5.2 knows this limit of other databases only, because it binds values in the client unless told otherwise.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.postgresql import base, operations

MAX_PARAMETERS = 2**16 - 1


class DatabaseOperations(operations.DatabaseOperations):
    """See the module."""

    def bulk_batch_size(self, fields: Sequence[Any], objs: Sequence[Any]) -> int:
        """How many rows go into one statement.

        ``bulk_update`` sends two parameters for each field, its value and the row's key, and calls them one.
        """
        return max(1, min(len(objs), MAX_PARAMETERS // max(1, 2 * len(fields))))


class DatabaseWrapper(base.DatabaseWrapper):
    """See the module."""

    ops_class = DatabaseOperations
