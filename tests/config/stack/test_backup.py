import shutil
import tarfile

import psycopg
import pytest

from config.stack.backup import room_required, unpack
from config.stack.errors import StackError
from config.stack.keys import read_assignments
from config.stack.servers import Servers
from tests.config.stack.observing import Launcher, processes_of

# A hotel, whose rows stand behind row-level security.
OPENED = """
from hotel.properties.services.properties import chain_create, property_create
place = {"code": "A", "name": "A", "time_zone": "Europe/Vienna", "currency": "EUR", "country": "AT"}
property_create(chain=chain_create(code="C", name="C"), values=place)
"""


@pytest.mark.stack
def test_a_backup_comes_back_complete_in_another_place(migrated, open_folder, monkeypatch):
    home, launcher, file = migrated, Launcher(migrated), open_folder / "monday.tar"
    servers = Servers(home, {})
    servers.start()
    with psycopg.connect(servers.postgres.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 100) AS id")
    servers.stop()
    assert launcher.command("manage", "shell", "-c", OPENED).returncode == 0
    (home / "media/cards").mkdir(parents=True)
    (home / "media/cards/a.txt").write_text("signed")
    assert launcher.command("backup", str(file)).returncode == 0
    assert file.stat().st_mode & 0o777 == 0o600

    refused = launcher.command("restore", str(file))
    assert refused.returncode == 1
    assert "Nothing was changed" in refused.stderr

    other = open_folder / "other"
    monkeypatch.setenv("AUBERGE_HOME", str(other))
    done = launcher.command("restore", str(file))
    assert done.returncode == 0, done.stderr
    assert read_assignments(other / "secrets.env") == read_assignments(home / "secrets.env")
    assert (other / "media/cards/a.txt").read_text() == "signed"
    assert "[X] 0001_initial" in launcher.command("manage", "showmigrations", "contenttypes").stdout
    restored = Servers(other, {})
    restored.start()
    with psycopg.connect(restored.postgres.url) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (100,)
        connection.execute("ALTER TABLE kept ADD COLUMN mine integer")
        asked = "SELECT count(*) FROM properties_ageband"
        assert connection.execute(asked).fetchone() == (0,)  # the wall came with it
        connection.execute("SET LOCAL app.properties = '*'")
        assert connection.execute(asked).fetchone() == (3,)
    restored.stop()
    assert processes_of(other) == set()


def archive(path, **members):
    with tarfile.open(path, "w") as tar:
        for name, target in members.items():
            info = tarfile.TarInfo(target)
            if name.startswith("link"):
                info.type, info.linkname = tarfile.SYMTYPE, "/etc"
            tar.addfile(info)
    return path


def test_a_backup_cannot_write_outside_its_folder(tmp_path):
    bad = archive(
        tmp_path / "bad.tar",
        a="database.dump",
        b="secrets.env",
        c="media/../../escaped",
        d="/absolute",
        link="media/link",
        e="media/link/through",
        f="media/good",
    )
    (tmp_path / "in").mkdir()
    unpack(bad, tmp_path / "in")
    found = sorted(
        str(path.relative_to(tmp_path / "in")) for path in (tmp_path / "in").rglob("*") if path.is_file()
    )
    assert found == ["database.dump", "media/good", "media/link/through", "secrets.env"]
    assert not (tmp_path / "escaped").exists()
    assert (tmp_path / "in/secrets.env").stat().st_mode & 0o777 == 0o600


def test_what_is_no_backup_is_refused(tmp_path):
    (tmp_path / "in").mkdir()
    with pytest.raises(StackError, match=r"database\.dump or secrets\.env is missing"):
        unpack(archive(tmp_path / "empty.tar", a="media/x"), tmp_path / "in")
    (tmp_path / "text.tar").write_text("no archive")
    (tmp_path / "in2").mkdir()
    with pytest.raises(StackError, match="is no backup"):
        unpack(tmp_path / "text.tar", tmp_path / "in2")


def test_restore_wants_a_file(home):
    assert "Say which backup" in Launcher(home).command("restore").stderr


def test_a_backup_does_not_fill_a_disk_that_is_nearly_full(tmp_path, monkeypatch):
    usage = shutil._ntuple_diskusage(1000, 905, 95)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage)
    monkeypatch.delenv("DISK_LOW_PERCENT", raising=False)
    with pytest.raises(StackError, match="Only 9 % of the disk"):
        room_required(tmp_path)
    monkeypatch.setenv("DISK_LOW_PERCENT", "9")
    room_required(tmp_path)
