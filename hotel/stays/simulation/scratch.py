"""Databases for simulations: one is migrated, each group of hotels gets a copy of it, and all go away again."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def template_database() -> Iterator[str]:
    """A migrated database for the time of the block; that of the installation is not touched.

    Returns:
        Its name. Nobody is connected to it, so that it can be copied.
    """
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    _disconnect()
    try:
        yield connection.settings_dict["NAME"]
    finally:
        _disconnect()
        connection.creation.destroy_test_db(name, verbosity=0)


@contextmanager
def copied_database(template: str, suffix: str) -> Iterator[None]:
    """A copy of a template for the time of the block, and this process works in it.

    Args:
        template: name of a database that nobody is connected to.
        suffix: tells the copies apart that exist at a time.
    """
    _disconnect()
    connection.settings_dict["NAME"] = template
    connection.creation.clone_test_db(suffix, verbosity=0, autoclobber=True)
    connection.settings_dict["NAME"] = connection.creation.get_test_db_clone_settings(suffix)["NAME"]
    try:
        yield
    finally:
        _disconnect()
        connection.creation.destroy_test_db(template, verbosity=0)


def _disconnect() -> None:
    """Leave the database: the pool would keep the connection, which blocks copying, and is bound to its name."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
