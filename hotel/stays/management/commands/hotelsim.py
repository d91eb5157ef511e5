"""Simulate hotels with crashes on scratch databases and check everything each night."""

import os
import time
from argparse import ArgumentParser
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hotel.stays.simulation.groups import Group, groups_of, groups_play, note_write, notes_read
from hotel.stays.simulation.run import SimulationFailed
from hotel.stays.simulation.scratch import template_database

SEEDS, DAYS, TOGETHER = 300, 365, 10


class Command(BaseCommand):
    """``manage.py hotelsim``: one seed is one hotel; a seed that fails is told with the command that shows it again."""

    help = (
        "Simulate hotels by seed through the real services, with crashes; exit 1 when anything does not hold."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which seeds, how long, by how many processes, and where to note what held."""
        parser.add_argument("--seeds", type=int, default=SEEDS, help=f"how many hotels ({SEEDS})")
        parser.add_argument("--days", type=int, default=DAYS, help=f"days of each ({DAYS})")
        parser.add_argument("--first", type=int, default=1, help="the first seed (1)")
        parser.add_argument(
            "--together", type=int, default=TOGETHER, help=f"hotels in one database ({TOGETHER})"
        )
        parser.add_argument(
            "--processes", type=int, default=os.cpu_count() or 1, help="how many at a time (one a core)"
        )
        parser.add_argument(
            "--notes",
            type=Path,
            help="a file for groups that held; those it has already are not played again",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Play what the notes do not have, and tell of all of it."""
        asked = groups_of(options["first"], options["seeds"], options["days"], options["together"])
        known = notes_read(options["notes"]) if options["notes"] else {}
        done = {group: known[group] for group in asked if group in known}
        left = [group for group in asked if group not in done]
        self.began, self.nights = time.monotonic(), 0
        if done:
            self.stdout.write(f"{len(done)} of {len(asked)} groups held before and are not played again")
        if left:
            self._play(left, done, options)
        for name, count in sorted(sum(done.values(), Counter()).items()):
            self.stdout.write(f"{count:>9} {name}")
        self.stdout.write(
            f"{options['seeds']} seeds × {options['days']} days: every invariant held on each of "
            f"{options['seeds'] * options['days']} nights; {self._rate()}"
        )

    def _play(self, left: list[Group], done: dict[Group, Counter[str]], options: dict[str, Any]) -> None:
        with template_database() as template:
            self.began = time.monotonic()
            try:
                for group, counts in groups_play(left, template, min(options["processes"], len(left))):
                    done[group] = counts
                    self.nights += group.seeds * group.days
                    if options["notes"]:
                        note_write(options["notes"], group, counts)
                    self.stdout.write(f"{group}: all {group.days} days hold; {self._rate()}")
                    self.stdout.flush()
            except SimulationFailed as failed:
                raise CommandError(failed.message) from failed

    def _rate(self) -> str:
        seconds = time.monotonic() - self.began
        speed = self.nights / seconds if seconds else 0
        return f"{self.nights} nights in {timedelta(seconds=round(seconds))}, {speed:.1f} a second"
