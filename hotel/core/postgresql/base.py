"""What Auberge's connection to PostgreSQL does better than Django's: large bulk writes, less work for each query."""

import time
from collections.abc import Iterable, Sequence
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from django.db.backends.postgresql import base, operations
from psycopg import Connection
from psycopg_pool import PoolTimeout

from hotel.core.postgresql.context import context_told, each_in_a_transaction
from hotel.core.postgresql.creation import DatabaseCreation
from hotel.core.postgresql.loaders import TimestampLoader
from hotel.core.postgresql.owner import owner
from hotel.core.postgresql.silence import WatchedConnection, server_answers, watch
from hotel.core.postgresql.statements import statements_kept

MAX_PARAMETERS = 2**16 - 1


class DatabaseOperations(operations.DatabaseOperations):
    """See the module."""

    compiler_module = "hotel.core.postgresql.compiler"

    def bulk_batch_size(self, fields: Sequence[Any], objs: Sequence[Any]) -> int:
        """How many rows go into one statement: one that the server prepares takes at most 65,535 parameters.

        Django 5.2 knows this limit of other databases only, because it binds values in the client unless told
        otherwise. ``bulk_update`` sends two parameters for each field, its value and the row's key, and calls them one.
        """
        return max(1, min(len(objs), MAX_PARAMETERS // max(1, 2 * len(fields))))

    def execute_sql_flush(self, sql_list: Iterable[str]) -> None:
        """As Django's, by the owner on a connection of his own: nobody else may empty tables."""
        if not owner() or owner()["USER"] == self.connection.settings_dict["USER"]:
            super().execute_sql_flush(sql_list)
            return
        values = {**self.connection.settings_dict, **owner()}
        given = {name.lower(): values[name] for name in ("HOST", "PORT", "USER", "PASSWORD")}
        with Connection.connect(
            **given, dbname=values["NAME"], options=values["OPTIONS"].get("options", "")
        ) as driver:
            for sql in sql_list:
                driver.execute(sql)

    def prepare_join_on_clause(self, lhs_table: str, lhs_field: Any, rhs_table: str, rhs_field: Any) -> Any:
        """As Django's, which makes a field of each key's type anew for each join to compare them."""
        if not _same_type(lhs_field, rhs_field):
            return super().prepare_join_on_clause(lhs_table, lhs_field, rhs_table, rhs_field)
        return lhs_field.get_col(lhs_table), rhs_field.get_col(rhs_table)


class DatabaseWrapper(base.DatabaseWrapper):
    """See the module."""

    ops_class = DatabaseOperations
    creation_class = DatabaseCreation
    # The driver that Django connects by without a pool; with one, the settings name the class.
    Database: Any = SimpleNamespace(**(vars(psycopg) | {"connect": WatchedConnection.connect}))  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As Django's; see ``context`` for what is added."""
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(each_in_a_transaction)

    def get_connection_params(self) -> dict[str, Any]:
        """As Django's, with a faster reader of moments."""
        params: dict[str, Any] = super().get_connection_params()
        params["context"].register_loader("timestamptz", TimestampLoader.at(self.timezone))
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """As Django's, which waits for a free connection of the pool: as long as the server answers, and no longer.

        Raises:
            OperationalError: the server is known to be silent, or cannot be reached.
            PoolTimeout: the server is gone, or busy for ``DB_POOL_TIMEOUT`` seconds.
        """
        if watch.is_silent:
            raise psycopg.OperationalError("The database server does not answer.")
        deadline = time.monotonic() + settings.DB_POOL_TIMEOUT
        while True:
            try:
                return super().get_new_connection(conn_params)
            except PoolTimeout:
                if time.monotonic() >= deadline or watch.is_silent or not server_is_there(conn_params):
                    raise

    def _configure_connection(self, connection: Any) -> bool:
        """As Django's, for a new connection of the pool or without: its statements stay, it tells who acts."""
        context_told(connection)
        statements_kept(connection)
        return bool(super()._configure_connection(connection))


def server_is_there(conn_params: dict[str, Any]) -> bool:
    """Whether a server takes connections, without signing in; libpq's own way stops every thread meanwhile."""
    hosts = str(conn_params.get("host") or "127.0.0.1").split(",")
    ports = str(conn_params.get("port") or 5432).split(",")
    return any(
        server_answers(host, int(ports[min(place, len(ports) - 1)]), 2) for place, host in enumerate(hosts)
    )


@lru_cache(maxsize=4096)
def _same_type(field: Any, other: Any) -> bool:
    return bool(field.db_type(connection) == other.db_type(connection))
