"""Bring the database to the state of the code; run as a process of its own, with Django's settings.

`python -m config.stack.prepare <data folder> [--demo]` migrates, writes the schedules, and loads the demo
into an empty database.
"""

import json
import sys
from io import StringIO
from pathlib import Path

from config.stack.paths import written_privately

LOGIN_MARK = "log-in"
OLDER_DRAFT = """The data was made by an older draft of Auberge, which this one cannot go on with ({}).
Nothing was changed. Begin with another data folder (AUBERGE_HOME), or delete this one if it holds nothing of worth."""


class DemoVoice(StringIO):
    """Takes what `seed_demo` says: shows its progress, and keeps the lines that tell a log-in."""

    def write(self, text: str) -> int:
        """Pass everything but log-ins on to the terminal."""
        if not text.strip().startswith(LOGIN_MARK):
            sys.stdout.write(text)
            sys.stdout.flush()
        return super().write(text)

    def logins(self) -> list[str]:
        """One line per log-in, without the mark."""
        lines = (line.strip() for line in self.getvalue().splitlines())
        return [line.removeprefix(LOGIN_MARK).strip() for line in lines if line.startswith(LOGIN_MARK)]


def logins_keep(file: Path, lines: list[str]) -> None:
    """Add log-ins to those kept by an earlier, interrupted load: a token is told only once."""
    kept = file.read_text().splitlines() if file.exists() else []
    written_privately(file, "".join(f"{line}\n" for line in dict.fromkeys([*kept, *lines])))


def main(argv: list[str]) -> int:
    """Prepare the database; the exit code is 0 when it is ready."""
    import django

    from hotel.core.actor import acting
    from hotel.properties.tenancy import EVERYTHING, tenant_scope

    django.setup()
    with tenant_scope(EVERYTHING), acting(door="command", actor="command:prepare"):
        return database_ready(Path(argv[0]), is_demo_wanted="--demo" in argv)


def database_ready(home: Path, *, is_demo_wanted: bool) -> int:
    """Migrate, write the schedules, load the demo into an empty database; the exit code."""
    from django.core.management import call_command

    from hotel.core.postgresql.owner import as_owner

    with as_owner():  # the others have no rights yet, on new data and on that of versions without roles
        if older := apps_of_older_drafts():
            print(OLDER_DRAFT.format(", ".join(older)), file=sys.stderr)
            return 1
        call_command("migrate", verbosity=0, interactive=False)
    call_command("sync_schedules", stdout=StringIO())
    (home / "queues.json").write_text(json.dumps(queue_names()))
    unfinished = home / "demo-unfinished"
    if is_demo_wanted and (unfinished.exists() or database_is_empty()):
        print("Loading the demonstration hotels. This happens once.", flush=True)
        unfinished.touch()
        voice = DemoVoice()
        try:
            call_command("seed_demo", stdout=voice)
        finally:
            logins_keep(home / "logins.txt", voice.logins())
        unfinished.unlink()
    return 0


def apps_of_older_drafts() -> list[str]:
    """Apps whose first migration stands for several older ones of which the database has only some."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    applied = loader.applied_migrations or {}
    return sorted(
        {
            app
            for (app, name), migration in loader.disk_migrations.items()
            if (app, name) not in applied
            and any(old in applied for old in migration.replaces)
            and not all(old in applied for old in migration.replaces)
        }
    )


def database_is_empty() -> bool:
    """Whether no hotel is in the database yet."""
    from django.apps import apps

    return not apps.get_model("properties", "Property").objects.exists()


def queue_names() -> list[str]:
    """Every queue a task can be sent to, sorted: the default, the routed and the scheduled ones."""
    from django.conf import settings

    from hotel.core.plugs import plugs

    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    scheduled = {schedule.queue for plug in plugs() for schedule in plug.schedules if schedule.queue}
    return sorted({settings.CELERY_TASK_DEFAULT_QUEUE} | routed | scheduled)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
