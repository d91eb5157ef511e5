"""A real backup is restored on trial and proven; a damaged one, or one that tells of other contents, is not."""

import json
import re
import tarfile

import pytest

from config.stack.backup import CONTENTS, DUMP
from config.stack.contents import Contents, differences
from config.stack.drill import drill
from config.stack.servers import Servers
from tests.config.stack.observing import Launcher, database, processes_of
from tests.config.stack.test_backup import OPENED

ASKED = ["restored", "contents", "sequences", "invariants", "trail"]


def changed_copy(file, target, name, change):
    """The same archive with one member changed."""
    with tarfile.open(file) as old, tarfile.open(target, "w") as new:
        for member in old:
            content = old.extractfile(member) if member.isfile() else None
            body = content.read() if content else b""
            if member.name == name:
                body = change(body)
                member.size = len(body)
            (folder := target.with_suffix(".part")).write_bytes(body)
            with open(folder, "rb") as part:
                new.addfile(member, part if member.isfile() else None)
    return target


def one_row_more(body):
    told = json.loads(body)
    rows, hashed = told["tables"]["public.properties_property"]
    told["tables"]["public.properties_property"] = [rows + 1, hashed]
    return json.dumps(told).encode()


@pytest.mark.stack
def test_a_backup_is_restored_on_trial_and_a_damaged_one_is_not_proven(
    migrated, open_folder, record_property
):
    home, launcher = migrated, Launcher(migrated)
    assert launcher.command("manage", "shell", "-c", OPENED).returncode == 0
    assert launcher.command("backup").returncode == 0
    (file,) = (home / "backups").glob("*.tar")

    done = launcher.command("manage", "restore_drill")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.findall(r"^ok +(\w+)", done.stdout, re.M) == ASKED
    servers = Servers(home, {})
    servers.start()
    with database(home) as connection:
        asked = "SELECT is_proven, backup_name, row_count > 100, restore_seconds, verify_seconds FROM monitoring_restoredrill"
        proven, name, has_rows, restored, verified = connection.execute(asked).fetchone()
    servers.stop()
    assert (proven, name, has_rows) == (True, file.name, True)
    record_property("drill_restore_seconds", float(restored))
    record_property("drill_verify_seconds", float(verified))
    assert [path.name for path in open_folder.glob("auberge-drill-*")] == []
    assert processes_of(home) == set()

    damaged = changed_copy(file, open_folder / "damaged.tar", DUMP, lambda body: body[: len(body) // 2])
    found = drill(damaged, home / "no-heads").checks
    assert [(check["name"], check["is_ok"]) for check in found] == [("restored", False)]
    assert "pg_restore failed" in found[0]["text"]

    lying = changed_copy(file, open_folder / "lying.tar", CONTENTS, one_row_more)
    found = {check["name"]: check for check in drill(lying, home / "no-heads").checks}
    assert [name for name, check in found.items() if not check["is_ok"]] == ["contents"]
    assert found["contents"]["text"] == "public.properties_property has 1 rows instead of 2."


def test_differences_are_told_table_by_table():
    kept = Contents(
        tables={"a": (1, "x"), "b": (2, "y"), "c": (3, "z"), "d": (4, "w")}, business_date="2027-03-14"
    )
    found = Contents(
        tables={"a": (1, "x"), "b": (1, "y"), "c": (3, "q"), "e": (0, "0")}, business_date="2027-03-13"
    )
    assert differences(kept, kept) == []
    assert differences(kept, found) == [
        "b has 1 rows instead of 2.",
        "c has other contents.",
        "d is missing.",
        "e is new.",
        "The newest business day is 2027-03-13, not 2027-03-14.",
    ]


def test_what_is_no_backup_proves_nothing(tmp_path):
    (tmp_path / "text.tar").write_text("no archive")
    report = drill(tmp_path / "text.tar", tmp_path / "no-heads")
    assert [(check["name"], check["is_ok"]) for check in report.checks] == [("restored", False)]
    assert report.bytes == 10
