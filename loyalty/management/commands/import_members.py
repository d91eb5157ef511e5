"""Import members of another system from a CSV or XLSX file."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hotel.core.exceptions import PmsError
from hotel.core.exports import csv_write
from hotel.properties.models import Property
from loyalty.models import MemberImport
from loyalty.selectors.imports import report_rows
from loyalty.services.imports import import_read, import_start, import_step


class Command(BaseCommand):
    """``manage.py import_members FILE --property CODE``; docs/guide/loyalty.md says what a file holds."""

    help = "Import members from CSV or XLSX: each line is checked, then enrolled; what was begun goes on."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The file, the hotel, and whether anybody is enrolled."""
        parser.add_argument("file", type=Path, help=".csv or .xlsx")
        parser.add_argument("--property", required=True, help="code of the hotel")
        parser.add_argument("--dry-run", action="store_true", help="check each line, enrol nobody")
        parser.add_argument("--report", type=Path, metavar="CSV", help="write what becomes of each line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, and then enrol unless it is a dry run."""
        path = options["file"]
        try:
            place = Property.objects.get(code=options["property"])
            with path.open("rb") as file:
                run = import_read(
                    place=place, file=file, name=path.name, is_xlsx=path.suffix.lower() == ".xlsx", actor=None
                )
            self._done(run)
            if not options["dry_run"]:
                self._done(import_start(run=run))
        except Property.DoesNotExist as error:
            raise CommandError(f"No hotel is called {options['property']}.") from error
        except (OSError, PmsError) as error:
            raise CommandError(str(error)) from error
        if options["report"] is not None:
            with options["report"].open("w", newline="", encoding="utf-8-sig") as file:
                csv_write(file, report_rows(run))
        run.refresh_from_db()
        said = ", ".join(
            f"{run.rows.filter(outcome=name).count()} {name}" for name in ("new", "matched", "refused")
        )
        self.stdout.write(f"{run}. {run.total} lines: {said}.")

    def _done(self, run: MemberImport) -> None:
        while import_step(run_id=run.pk):
            run.refresh_from_db()
            self.stdout.write(f"line {run.position} of {run.total + 1}")
