"""Folders the servers' account can reach, and a launcher that is surely stopped again."""

import shutil
import signal

import psycopg
import pytest

from config.stack import database_roles, paths, template
from config.stack.servers import Servers
from tests.config.stack.observing import Launcher
from tests.folders import open_folder_make

OUTER = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "DATABASE_WORKER_URL",
    "REDIS_URL",
    "DJANGO_SETTINGS_MODULE",
    "SECRET_KEY",
    "FIELD_KEYS",
    "MEDIA_ROOT",
    "STATIC_ROOT",
)


@pytest.fixture
def open_folder():
    """A temporary folder that another account may pass through; pytest's own are closed to others."""
    folder = open_folder_make()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def home(open_folder, monkeypatch):
    """An empty data folder, named in the environment; no server is configured from outside."""
    monkeypatch.setenv("AUBERGE_HOME", str(open_folder / "home"))
    for name in OUTER:
        monkeypatch.delenv(name, raising=False)
    return open_folder / "home"


@pytest.fixture(scope="session")
def home_of_the_run():
    """The data folder of the run itself, which keeps the migrated cluster."""
    return str(paths.home())


@pytest.fixture
def migrated(home, home_of_the_run, monkeypatch):
    """The data folder with all tables in its database, for tests of later starts; no server runs."""
    paths.home_prepared()
    cluster = Servers(home, {}).postgres
    with monkeypatch.context() as outside:
        outside.setenv("AUBERGE_HOME", home_of_the_run)
        assert template.template_adopt(cluster)
    cluster.start()
    with psycopg.connect(cluster.admin_url, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {database_roles.DATABASE}")
        admin.execute(f"ALTER DATABASE {template.DATABASE} RENAME TO {database_roles.DATABASE}")
    cluster.stop()
    return home


@pytest.fixture
def launcher(home):
    """`./auberge up`, not started."""
    launcher = Launcher(home)
    yield launcher
    if launcher.process and launcher.process.poll() is None:
        launcher.signal(signal.SIGTERM)
