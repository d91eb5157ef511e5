"""Early pytest plugin: the tests' own PostgreSQL and Valkey, up before Django's settings are read.

A conftest would be too late, because pytest-django reads the settings first. Loaded by
`-p config.stack.pytest_cluster`; does nothing in the workers of pytest-xdist, which inherit the
environment, and uses `AUBERGE_TEST_DATABASE_URL` instead of a cluster of its own when that is set.

The cluster begins with a migrated database (config.stack.template), which test databases are copied from.
`AUBERGE_TEST_TEMPLATE=off` or `--no-migrations` does without.
"""

import atexit
import json
import os
from collections.abc import Generator
from urllib.parse import urlsplit

import pytest

from config.stack.database_roles import APP, REPORT, ROLE, WORKER
from config.stack.errors import StackError
from config.stack.postgres import Cluster
from config.stack.template import DATABASE, template_adopt
from config.stack.throwaway import ThrowawayServers

TESTS = "auberge_tests"

_running: list[ThrowawayServers] = []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """Start the servers; as a wrapper this comes before pytest-django's own hook of this name."""
    options = early_config.known_args_namespace
    if not (options.help or options.version or "PYTEST_XDIST_WORKER" in os.environ):
        try:
            servers_start(os.environ, template="--no-migrations" not in early_config.invocation_params.args)
        except StackError as error:
            raise pytest.UsageError(str(error)) from error
    return (yield)


def servers_start(environment: "os._Environ[str] | dict[str, str]", *, template: bool) -> None:
    """Point `DATABASE_URL` and `REDIS_URL` to servers made for this run.

    Args:
        environment: read for `AUBERGE_TEST_DATABASE_URL` (and `AUBERGE_TEST_REDIS_URL`), and changed. Who gives
            servers may name the owner in `AUBERGE_TEST_DATABASE_OWNER_URL`; else one role does everything.
        template: begin with the migrated database, and name it in `AUBERGE_TEST_TEMPLATE`.

    Names the folder of their files in `AUBERGE_TEST_SERVERS`, for tests that look into them.

    Raises:
        StackError: a server cannot be started.
    """
    wanted = template and environment.pop("AUBERGE_TEST_TEMPLATE", "") != "off"
    given = environment.get("AUBERGE_TEST_DATABASE_URL")
    if given:
        environment["DATABASE_URL"] = given
        environment["DATABASE_OWNER_URL"] = environment.get("AUBERGE_TEST_DATABASE_OWNER_URL", "")
        environment["REDIS_URL"] = environment.get("AUBERGE_TEST_REDIS_URL", "")
        return
    servers = ThrowawayServers()
    _running.append(servers)
    atexit.register(servers_stop)
    if wanted and template_adopt(servers.postgres):
        environment["AUBERGE_TEST_TEMPLATE"] = DATABASE
    servers.start()
    environment.update(servers.environment(), AUBERGE_TEST_SERVERS=str(servers.folder))
    environment.update(roles_prepare(servers.postgres))


def roles_prepare(cluster: Cluster) -> dict[str, str]:
    """Make the role of the tests; returns who logs in, in words of the environment.

    Tests log in as a role with the rights of web and worker. It may become the owner when it says so, as none of a
    hotel's may: tests take constraints away to prove others. `AUBERGE_TEST_ROLES` tells how a hotel's own roles log in.

    Before version 16 memberships cannot differ: there that role has the owner's rights as well.
    """
    import psycopg

    url = cluster.url_of(TESTS)
    with psycopg.connect(cluster.admin_url, autocommit=True) as admin:
        apart = " WITH INHERIT FALSE" if admin.info.server_version >= 160000 else ""
        admin.execute(f"DROP ROLE IF EXISTS {TESTS}")
        admin.execute(f"CREATE ROLE {TESTS} LOGIN PASSWORD '{urlsplit(url).password}'")
        admin.execute(f"GRANT {APP}, {WORKER} TO {TESTS}")
        admin.execute(f"GRANT {ROLE} TO {TESTS}{apart}")
    own = {role: cluster.url_of(role) for role in (APP, WORKER, REPORT)}
    return {
        "DATABASE_URL": url,
        "DATABASE_OWNER_URL": cluster.url,
        "AUBERGE_TEST_ROLES": json.dumps(own),
    }


def servers_stop() -> None:
    """Stop what this run started; harmless when called twice."""
    while _running:
        _running.pop().stop()


def pytest_configure(config: pytest.Config) -> None:
    """Let Django copy the migrated database; in the workers of pytest-xdist as well."""
    name = os.environ.get("AUBERGE_TEST_TEMPLATE", "off")
    if name != "off":
        from django.conf import settings

        settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = name


def pytest_report_header(config: pytest.Config) -> str | None:
    """Name the database program in the head of the report."""
    return f"database: {_running[0].postgres.programs.name}, throw-away" if _running else None


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers after everything else."""
    servers_stop()
