"""Takes new keys into use: wraps all data keys anew, or with ``--index`` changes the key of the search index."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hotel.core.exceptions import PmsError
from security.services.keys import index_activate, index_prepare, keys_left, keys_rewrap
from security.services.reindexing import rows_reindex


class Command(BaseCommand):
    """Run it after a new first entry of FIELD_KEYS is known to all processes."""

    help = "Wraps all data keys under the first of FIELD_KEYS; --index prepares, then activates, a new index key."

    def add_arguments(self, parser: Any) -> None:
        """One option."""
        parser.add_argument(
            "--index", choices=["prepare", "activate"], help="Change the search index instead."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say how far it is."""
        try:
            if options["index"] == "prepare":
                self.stdout.write(
                    f"Index key {index_prepare()} is looked for from now on. Activate it in a minute."
                )
            elif options["index"] == "activate":
                version = index_activate()
                self.stdout.write(f"Index key {version} is in force; {rows_reindex()} hashes written anew.")
            else:
                self._rewrap()
        except PmsError as error:
            raise CommandError(error.message) from error

    def _rewrap(self) -> None:
        total, done = keys_left(), 0
        while found := keys_rewrap():
            done += found
            self.stdout.write(f"{done} of {total} data keys wrapped anew.")
        self.stdout.write("All data keys are wrapped under the key in force.")
