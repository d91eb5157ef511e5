"""Databases of tests and simulations are made and removed by the owner."""

from typing import Any

from django.db.backends.postgresql import creation

from hotel.core.postgresql.owner import as_owner


class DatabaseCreation(creation.DatabaseCreation):
    """See the module."""

    def create_test_db(self, *args: Any, **kwargs: Any) -> str:
        """As Django's."""
        with as_owner():
            return str(super().create_test_db(*args, **kwargs))

    def clone_test_db(self, *args: Any, **kwargs: Any) -> None:
        """As Django's."""
        with as_owner():
            super().clone_test_db(*args, **kwargs)

    def destroy_test_db(self, *args: Any, **kwargs: Any) -> None:
        """As Django's."""
        with as_owner():
            super().destroy_test_db(*args, **kwargs)
