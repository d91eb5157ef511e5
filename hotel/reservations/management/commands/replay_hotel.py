"""Replay a hotel's recorded history through the real services and compare every day with the file."""

import argparse
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hotel.core.exceptions import PmsError
from hotel.core.invariants import invariants_verify
from hotel.reservations.domain.imported import ImportedStay
from hotel.reservations.domain.mappings import HOTEL_BOOKING_DEMAND, mapping_load
from hotel.reservations.replay.comparison import Difference, differences, figures_of_property
from hotel.reservations.replay.figures import DayFigures, figures_of_file
from hotel.reservations.replay.hotel import hotel_furnish
from hotel.reservations.replay.play import Player
from hotel.reservations.services.import_files import stays_read
from hotel.rooms.models import Room

SHOWN = 40
REPORT_SECONDS = 5.0


class Command(BaseCommand):
    """``manage.py replay_hotel FILE``: a property of its own for each run, so that it can be repeated at will."""

    help = "Replay a recorded booking history day by day through the real services; exit 1 when a figure differs."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """The file and which part of it."""
        parser.add_argument("file", type=Path, help="in the layout of hotel_booking_demand, .csv or .csv.gz")
        parser.add_argument("--since", type=date.fromisoformat, default=date.min, help="first arrival day")
        parser.add_argument("--until", type=date.fromisoformat, default=date.max, help="last arrival day")
        parser.add_argument(
            "--property", default="", help="code of the property to make; the next free REPLAY-n"
        )
        parser.add_argument(
            "--empty", action="store_true", help="only make the hotel, its business date after the last stay"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, furnish, play, compare, verify."""
        try:
            self._run(options)
        except PmsError as error:
            raise CommandError(error.message) from error

    def _run(self, options: dict[str, Any]) -> None:
        stays = history_read(options["file"], options["since"], options["until"])
        opens = max(stay.departure for stay in stays) if options["empty"] and stays else None
        hotel = hotel_furnish(stays, code=options["property"], business_date=opens)
        rooms = Room.objects.filter(property=hotel.place).count()
        self.stdout.write(
            f"{hotel.place.code}: {len(hotel.types)} types, {rooms} rooms, {len(stays)} bookings"
        )
        if options["empty"]:
            return
        report = Report(self, len(stays))
        Player(hotel).play(stays, report.day)
        report.end()
        in_file = figures_of_file(options["file"], options["since"], options["until"])
        in_house = figures_of_property(hotel.place)
        found = differences(in_file, in_house)
        self._compared(in_file, in_house, found)
        broken = [finding for finding in invariants_verify() if finding.violations]
        for finding in broken:
            self.stdout.write(f"BROKEN {finding.invariant.name}: {finding.violations[:3]}")
        if found or broken:
            raise CommandError(f"{len(found)} figures differ, {len(broken)} invariants are broken.")
        self.stdout.write("Every figure of every day is equal, all invariants are green.")

    def _compared(
        self, in_file: dict[date, DayFigures], in_house: dict[date, DayFigures], found: list[Difference]
    ) -> None:
        for name in DayFigures._fields:
            sums = [sum(getattr(day, name) for day in days.values()) for days in (in_file, in_house)]
            differing = sum(difference.figure == name for difference in found)
            self.stdout.write(
                f"{name:<12} file {sums[0]:>14}  house {sums[1]:>14}  days that differ {differing}"
            )
        for one in found[:SHOWN]:
            self.stdout.write(f"DIFFERS {one.day} {one.figure}: file {one.in_file}, house {one.in_house}")


class Report:
    """Progress while playing, and the totals after it."""

    def __init__(self, command: BaseCommand, bookings: int) -> None:
        self.command, self.bookings = command, bookings
        self.started, self.cpu = time.monotonic(), time.process_time()
        self.told = self.started
        self.commands: Counter[str] = Counter()

    def day(self, today: date, commands: Counter[str]) -> None:
        """Told after each day; prints every few seconds."""
        self.commands = commands
        if time.monotonic() - self.told >= REPORT_SECONDS:
            self.told = time.monotonic()
            done, seconds = commands["booked"], self.told - self.started
            self.command.stdout.write(
                f"{today}  {done} of {self.bookings} bookings, {done / seconds:.0f} a second"
            )
            self.command.stdout.flush()

    def end(self) -> None:
        """The totals."""
        seconds, cpu = time.monotonic() - self.started, time.process_time() - self.cpu
        given = ", ".join(f"{count} {name}" for name, count in self.commands.items())
        total = self.commands.total()
        self.command.stdout.write(
            f"{given}: {total} commands in {timedelta(seconds=round(seconds))} "
            f"({total / seconds:.0f} a second, {self.commands['booked'] / seconds:.0f} bookings a second; "
            f"{cpu:.0f} s of our own CPU, {cpu / total * 1000:.1f} ms a command)"
        )


def history_read(path: Path, since: date, until: date) -> list[ImportedStay]:
    """The stays that arrive in [since, until], both included.

    Raises:
        CommandError: a row cannot be read.
    """
    stays, errors = stays_read(path=path, mapping=mapping_load(HOTEL_BOOKING_DEMAND))
    if errors:
        raise CommandError(
            f"{len(errors)} rows cannot be read, such as line {errors[0].line}: {errors[0].text}"
        )
    return [stay for stay in stays if since <= stay.arrival <= until]
