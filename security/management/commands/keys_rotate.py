"""Takes new keys into use: wraps all data keys anew, or with ``--index`` changes the key of the search index."""

from time import sleep
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hotel.core.exceptions import PmsError
from security.key_choices import RotationKind, RotationStatus
from security.models import KeyRotation
from security.services.key_rotations import rotation_start, rotation_step

PAUSE = 5


class Command(BaseCommand):
    """Run it after a new first entry of FIELD_KEYS is known to all processes; one that was stopped goes on."""

    help = "Wraps all data keys under the first of FIELD_KEYS; --index makes and takes a new index key."

    def add_arguments(self, parser: Any) -> None:
        """One option."""
        parser.add_argument("--index", action="store_true", help="Change the search index instead.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it to the end, and say how far it is."""
        kind = RotationKind.INDEX if options["index"] else RotationKind.WRAPPING
        try:
            row = KeyRotation.objects.filter(kind=kind, status=RotationStatus.RUNNING).first()
            row = row or rotation_start(kind=kind, by=None)
        except PmsError as error:
            raise CommandError(error.message) from error
        while row.status == RotationStatus.RUNNING:
            if not rotation_step(rotation=row):
                row.refresh_from_db()
                if row.status == RotationStatus.RUNNING:
                    self.stdout.write("Every process must know the new key first; waiting.")
                    sleep(PAUSE)
            row.refresh_from_db()
            self.stdout.write(f"{row}: {row.done} of {row.total}.")
        if row.status == RotationStatus.FAILED:
            raise CommandError(row.failure)
        self.stdout.write(f"{row}: done.")
