"""Simulate hotels with crashes on a scratch database and check everything each night."""

import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from hotel.stays.simulation.run import SimulationFailed, simulate

SEEDS, DAYS, TOGETHER = 300, 365, 10
REPORT_SECONDS = 30.0


class Command(BaseCommand):
    """``manage.py hotelsim``: one seed is one hotel; a seed that fails is told with the command that shows it again."""

    help = (
        "Simulate hotels by seed through the real services, with crashes; exit 1 when anything does not hold."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which seeds, and how long."""
        parser.add_argument("--seeds", type=int, default=SEEDS, help=f"how many hotels ({SEEDS})")
        parser.add_argument("--days", type=int, default=DAYS, help=f"days of each ({DAYS})")
        parser.add_argument("--first", type=int, default=1, help="the first seed (1)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Play groups of hotels, emptying the scratch database between them."""
        first, past = options["first"], options["first"] + options["seeds"]
        self.began, self.told, counts = time.monotonic(), time.monotonic(), Counter[str]()
        with scratch_database():
            for start in range(first, past, TOGETHER):
                seeds = range(start, min(start + TOGETHER, past))
                try:
                    counts += simulate(
                        seeds, options["days"], lambda day, seeds=seeds: self._watch(seeds, day)
                    )
                except SimulationFailed as failed:
                    raise CommandError(failed.message) from failed
                call_command("flush", interactive=False, verbosity=0)
        seconds = timedelta(seconds=round(time.monotonic() - self.began))
        for name, count in sorted(counts.items()):
            self.stdout.write(f"{count:>9} {name}")
        nights = options["seeds"] * options["days"]
        self.stdout.write(
            f"{options['seeds']} seeds × {options['days']} days: every invariant held on each of {nights} nights; "
            f"{seconds}"
        )

    def _watch(self, seeds: range, day: int) -> None:
        if time.monotonic() - self.told >= REPORT_SECONDS:
            self.told = time.monotonic()
            self.stdout.write(f"seeds {seeds[0]} to {seeds[-1]}: {day} days hold")
            self.stdout.flush()


@contextmanager
def scratch_database() -> Iterator[None]:
    """A migrated database of its own for the time of the block; that of the installation is not touched."""
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
