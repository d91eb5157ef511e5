"""Early pytest plugin: the tests' own PostgreSQL and Valkey, up before Django's settings are read.

A conftest would be too late, because pytest-django reads the settings first. Loaded by
`-p config.stack.pytest_cluster`; does nothing in the workers of pytest-xdist, which inherit the
environment, and uses `AUBERGE_TEST_DATABASE_URL` instead of a cluster of its own when that is set.
"""

import atexit
import os
from collections.abc import Generator

import pytest

from config.stack.errors import StackError
from config.stack.throwaway import ThrowawayServers

_running: list[ThrowawayServers] = []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """Start the servers; as a wrapper this comes before pytest-django's own hook of this name."""
    options = early_config.known_args_namespace
    if not (options.help or options.version or "PYTEST_XDIST_WORKER" in os.environ):
        try:
            servers_start(os.environ)
        except StackError as error:
            raise pytest.UsageError(str(error)) from error
    return (yield)


def servers_start(environment: "os._Environ[str] | dict[str, str]") -> None:
    """Point `DATABASE_URL` and `REDIS_URL` to servers made for this run.

    Args:
        environment: read for `AUBERGE_TEST_DATABASE_URL` (and `AUBERGE_TEST_REDIS_URL`), and changed.

    Raises:
        StackError: a server cannot be started.
    """
    given = environment.get("AUBERGE_TEST_DATABASE_URL")
    if given:
        environment["DATABASE_URL"] = given
        environment["REDIS_URL"] = environment.get("AUBERGE_TEST_REDIS_URL", "")
        return
    servers = ThrowawayServers()
    _running.append(servers)
    atexit.register(servers_stop)
    servers.start()
    environment.update(servers.environment())


def servers_stop() -> None:
    """Stop what this run started; harmless when called twice."""
    while _running:
        _running.pop().stop()


def pytest_report_header(config: pytest.Config) -> str | None:
    """Name the database program in the head of the report."""
    return f"database: {_running[0].postgres.programs.name}, throw-away" if _running else None


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers after everything else."""
    servers_stop()
