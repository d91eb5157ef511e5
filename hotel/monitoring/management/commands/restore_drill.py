"""Restore a backup on trial."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hotel.core.exceptions import PmsError
from hotel.monitoring.services.restore_drills import restore_drill


class Command(BaseCommand):
    """``manage.py restore_drill``: monthly by the schedule, and whenever somebody doubts."""

    help = (
        "Restore the newest backup into a database of its own and examine it; exit 1 when it is not proven."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """See Django."""
        parser.add_argument("--file", default="", help="another backup than the newest of BACKUP_DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each question with its answer, then the figures."""
        try:
            drill = restore_drill(file=Path(options["file"]) if options["file"] else None)
        except PmsError as error:
            raise CommandError(str(error)) from error
        for check in drill.checks:
            self.stdout.write(f"{'ok' if check['is_ok'] else 'WRONG':<6}{check['name']:<12}{check['text']}")
        self.stdout.write(
            f"{drill.backup_name}, SHA-256 {drill.backup_sha256}\n"
            f"restored in {drill.restore_seconds} s, examined in {drill.verify_seconds} s; "
            f"would have lost {int(drill.lost.total_seconds())} s of work; proof {drill.proof}"
        )
        if not drill.is_proven:
            raise CommandError(f"{drill.backup_name} is not proven.")
