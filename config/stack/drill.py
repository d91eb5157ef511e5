"""Restores a backup into a cluster of its own that is gone afterwards, and has the result examined."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from config.stack.backup import CONTENTS, DUMP, MEDIA, SECRETS, database_restore, unpack
from config.stack.contents import TEXT_OPTIONS, contents, differences, sequences_behind
from config.stack.errors import StackError
from config.stack.keys import read_assignments
from config.stack.paths import ROOT
from config.stack.postgres import Cluster
from config.stack.throwaway import reachable_temporary_folder

MOST_SAID = 5
HEADS = "heads.jsonl"


@dataclass
class Report:
    """What a drill found.

    Attributes:
        sha256, bytes: of the backup's file.
        made_at: when the backup was begun, ISO; empty when it does not say.
        restore_seconds: from the file to a database that answers.
        verify_seconds: for the examination after that.
        tables, rows, business_date: of the restored database.
        checks: one for each question, in order: ``name``, ``is_ok`` and ``text``.
    """

    sha256: str = ""
    bytes: int = 0
    made_at: str = ""
    restore_seconds: float = 0
    verify_seconds: float = 0
    tables: int = 0
    rows: int = 0
    business_date: str = ""
    checks: list[dict[str, Any]] = field(default_factory=list)

    def check(self, name: str, wrong: list[str], right: str) -> None:
        """The answer to a question: what is wrong, or that nothing is."""
        text = " ".join(wrong[:MOST_SAID]) + (
            f" And {len(wrong) - MOST_SAID} more." * (len(wrong) > MOST_SAID)
        )
        self.checks.append({"name": name, "is_ok": not wrong, "text": (text or right)[:1000]})


def drill(file: Path, heads: Path) -> Report:
    """Restore one backup and examine it. Nothing of the installation is touched.

    Args:
        file: written by ``./auberge backup``.
        heads: the heads of the trail that were kept outside; those as old as the backup are compared.
    """
    report = Report(bytes=file.stat().st_size, sha256=_hash(file))
    with tempfile.TemporaryDirectory(prefix="auberge-drill-", dir=reachable_temporary_folder()) as name:
        folder = Path(name)
        folder.chmod(0o711)
        began = time.monotonic()
        try:
            with _restored(file, folder) as (cluster, parts):
                report.restore_seconds = round(time.monotonic() - began, 2)
                report.check("restored", [], f"{DUMP} was restored.")
                _examine(report, cluster, parts, heads)
                report.verify_seconds = round(time.monotonic() - began - report.restore_seconds, 2)
        except StackError as error:
            report.check("restored", [str(error)], "")
    return report


@contextmanager
def _restored(file: Path, folder: Path) -> Iterator[tuple[Cluster, Path]]:
    """A running cluster with the database of a backup, and the folder of its parts."""
    (folder / "parts").mkdir(mode=0o700)
    parts = unpack(file, folder / "parts")
    cluster = Cluster(folder / "postgres", folder / "postgres.log", throwaway=True)
    try:
        cluster.start()
        database_restore(cluster.superuser_url, parts / DUMP)
        yield cluster, parts
    finally:
        cluster.stop()


def _examine(report: Report, cluster: Cluster, parts: Path, heads: Path) -> None:
    """Ask every question; one that cannot be answered is answered by what went wrong."""
    kept = json.loads((parts / CONTENTS).read_text()) if (parts / CONTENTS).exists() else None
    report.made_at = kept["made_at"] if kept else ""
    _asked(report, "contents", lambda: _contents(report, cluster, kept))
    _asked(report, "sequences", lambda: _sequences(report, cluster))
    environment = _environment(cluster, parts)
    rules = _command(environment, "verify_invariants")
    report.check("invariants", *rules)
    kept_outside = _heads_until(heads, parts / HEADS, cluster)
    report.check("trail", *_command(environment, "audit_verify", "--heads", str(kept_outside)))


def _asked(report: Report, name: str, question: Callable[[], None]) -> None:
    import psycopg

    try:
        question()
    except psycopg.Error as error:
        report.check(name, [str(error)], "")


def _contents(report: Report, cluster: Cluster, kept: Any) -> None:
    import psycopg

    with psycopg.connect(cluster.url, options=TEXT_OPTIONS) as connection:
        found = contents(connection)
    report.tables, report.business_date = len(found["tables"]), found["business_date"]
    report.rows = sum(rows for rows, _ in found["tables"].values())
    wrong = (
        differences(kept, found)
        if kept
        else ["The backup does not say what it holds: it is of an older release."]
    )
    report.check("contents", wrong, f"All {report.tables} tables are as they were, {report.rows} rows.")


def _sequences(report: Report, cluster: Cluster) -> None:
    import psycopg

    with psycopg.connect(cluster.url, options=TEXT_OPTIONS) as connection:
        behind = [f"{name} would give out a number twice." for name in sequences_behind(connection)]
    report.check("sequences", behind, "No number would be given out twice.")


def _environment(cluster: Cluster, parts: Path) -> dict[str, str]:
    """Of a house that has this backup and nothing else: its keys too come from the backup."""
    kept = {
        name: value for name, value in os.environ.items() if name not in ("REDIS_URL", "CELERY_BROKER_URL")
    }
    made = {**kept, **read_assignments(parts / SECRETS), "DJANGO_SETTINGS_MODULE": "config.settings.local"}
    made |= {"DATABASE_URL": cluster.url, "DATABASE_OWNER_URL": ""}
    return made | {"MEDIA_ROOT": str(parts / MEDIA), "EMAIL_URL": "dummymail://"}


def _command(environment: dict[str, str], *words: str) -> tuple[list[str], str]:
    """Run a command of Django on the restored database; returns what is wrong and its last line."""
    argv = [sys.executable, "manage.py", *words]
    done = subprocess.run(argv, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    last = (done.stdout.strip().splitlines() or [""])[-1]
    wrong = (done.stderr.strip().splitlines() or [f"It ended with {done.returncode}."])[-1]
    return ([f"{wrong} {last}".strip()] if done.returncode else [], last)


def _heads_until(heads: Path, file: Path, cluster: Cluster) -> Path:
    """A file of only those heads that the restored trail must know: newer ones were made after the backup."""
    import psycopg

    with psycopg.connect(cluster.url, options=TEXT_OPTIONS) as connection:
        row = connection.execute("SELECT coalesce(max(number), 0) FROM security_auditseal").fetchone()
    newest = row[0] if row else 0
    lines = heads.read_text().splitlines(keepends=True) if heads.exists() else []
    file.write_text("".join(line for line in lines if json.loads(line)["number"] <= newest))
    return file


def _hash(file: Path) -> str:
    with open(file, "rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def moment_of(report: Report, file: Path) -> datetime:
    """When the backup was begun: as it says itself, else as the file system does."""
    if report.made_at:
        return datetime.fromisoformat(report.made_at)
    return datetime.fromtimestamp(file.stat().st_mtime).astimezone()
