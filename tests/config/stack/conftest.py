"""Folders the servers' account can reach, and a launcher that is surely stopped again."""

import shutil
import signal
import tempfile
from pathlib import Path

import pytest

from tests.config.stack.observing import Launcher

OUTER = (
    "DATABASE_URL",
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
    folder = Path(tempfile.mkdtemp(prefix="auberge-stack-")).resolve()
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def home(open_folder, monkeypatch):
    """An empty data folder, named in the environment; no server is configured from outside."""
    monkeypatch.setenv("AUBERGE_HOME", str(open_folder / "home"))
    for name in OUTER:
        monkeypatch.delenv(name, raising=False)
    return open_folder / "home"


@pytest.fixture
def launcher(home):
    """`./auberge up`, not started."""
    launcher = Launcher(home)
    yield launcher
    if launcher.process and launcher.process.poll() is None:
        launcher.signal(signal.SIGTERM)
