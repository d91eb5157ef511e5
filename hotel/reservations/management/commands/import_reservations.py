"""Import reservations of another system from a CSV or XLSX file."""

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hotel.core.exceptions import PmsError
from hotel.core.exports import csv_write
from hotel.properties.models import Property
from hotel.reservations.choices import ImportStatus
from hotel.reservations.domain.imported import RowError
from hotel.reservations.models import ImportRun
from hotel.reservations.services.import_runs import (
    FileImport,
    import_begin,
    import_dry_run,
    import_resume,
    import_undo,
    mapping_save,
)
from hotel.reservations.services.imports import ImportRefused

SHOWN = 50


class Command(BaseCommand):
    """``manage.py import_reservations FILE --mapping NAME``; docs/guide/import.md tells the whole story."""

    help = "Import reservations from CSV or XLSX: all rows or, when one is wrong, none."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The file, how it is read, and what to do with it."""
        parser.add_argument("file", type=Path, nargs="?", help=".csv, .csv.gz or .xlsx")
        parser.add_argument("--mapping", default="standard", help="name of a saved or built-in mapping")
        parser.add_argument(
            "--save-mapping", type=Path, metavar="JSON", help="save this mapping as --mapping first"
        )
        parser.add_argument(
            "--property", default="", help="code; may be left out where there is one property only"
        )
        parser.add_argument("--rate-plan", default="", help="code of the plan of rows that name none")
        parser.add_argument("--errors", type=Path, metavar="CSV", help="write every error to this file, too")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--dry-run", action="store_true", help="read and check everything, write nothing")
        what.add_argument("--resume", action="store_true", help="go on with the import that stopped half way")
        what.add_argument(
            "--undo", action="store_true", help="take the last import of the property out again"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do one of: dry run, import, resume, undo."""
        try:
            place = _place(options["property"])
            if options["undo"]:
                self._undo(place)
                return
            if options["file"] is None:
                raise CommandError("Give a file.")
            if options["save_mapping"] is not None:
                contents = json.loads(options["save_mapping"].read_text())
                mapping_save(place=place, name=options["mapping"], contents=contents)
            self._import(place, options)
        except ImportRefused as refused:
            self._refused(refused.errors, options["errors"])
        except PmsError as error:
            raise CommandError(error.message) from error
        except (OSError, json.JSONDecodeError) as error:
            raise CommandError(str(error)) from error

    def _import(self, place: Property, options: dict[str, Any]) -> None:
        wanted = FileImport(
            place=place, path=options["file"], mapping=options["mapping"], rate_plan=options["rate_plan"]
        )
        if options["dry_run"]:
            found = import_dry_run(wanted=wanted)
            if found.errors:
                self._refused(found.errors, options["errors"])
            self.stdout.write(f"All is well: {found.rows} would be imported, {found.known} are here already.")
            return
        service = import_resume if options["resume"] else import_begin
        run = service(wanted=wanted, progress=self._progress())
        self.stdout.write(f"Done: {run.imported} reservations imported, {run.known} were here already.")

    def _undo(self, place: Property) -> None:
        runs = ImportRun.objects.at(place.pk).exclude(status=ImportStatus.UNDONE)
        run = runs.order_by("-pk").first()
        if run is None:
            raise CommandError("There is no import to undo.")
        self.stdout.write(f"Taking out {run.file_name} of {run.created_at:%Y-%m-%d %H:%M} UTC …")
        import_undo(run=run)
        self.stdout.write(f"Done: {run.imported} reservations taken out.")

    def _progress(self) -> Any:
        started = time.monotonic()

        def tell(done: int, total: int) -> None:
            rate = done / max(time.monotonic() - started, 0.001)
            self.stdout.write(f"{done} of {total} rows, {rate:.0f} a second")
            self.stdout.flush()

        return tell

    def _refused(self, errors: Sequence[RowError], path: Path | None) -> None:
        for error in errors[:SHOWN]:
            self.stdout.write(f"line {error.line}, {error.field}: {error.text}")
        if len(errors) > SHOWN:
            self.stdout.write(f"… and {len(errors) - SHOWN} more; --errors writes all of them to a file.")
        if path is not None:
            with path.open("w", newline="", encoding="utf-8") as file:
                rows = ((error.line, error.field, error.text) for error in errors)
                csv_write(file, [("line", "field", "error"), *rows])
        lines = len({error.line for error in errors})
        raise CommandError(f"{lines} rows are wrong ({len(errors)} errors). Nothing was imported.")


def _place(code: str) -> Property:
    places = list(Property.objects.filter(code=code) if code else Property.objects.order_by("code")[:2])
    if len(places) == 1:
        return places[0]
    raise CommandError(f"There is no property {code!r}." if code else "Say which --property.")
