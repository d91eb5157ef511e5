"""Replay a hotel's recorded history through the real services and compare every day with the file."""

import argparse
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hotel.core.exceptions import PmsError
from hotel.core.invariants import invariants_verify
from hotel.reservations.domain.imported import ImportedStay
from hotel.reservations.domain.mappings import HOTEL_BOOKING_DEMAND, mapping_load
from hotel.reservations.services.import_files import stays_read
from hotel.rooms.models import Room
from hotel.stays.replay.books import Proof, proofs
from hotel.stays.replay.comparison import F, audited_figures, differences, figures_of_property
from hotel.stays.replay.figures import audited_figures_of_file, figures_of_file
from hotel.stays.replay.hotel import hotel_furnish
from hotel.stays.replay.play import Player
from hotel.stays.replay.played import Played
from hotel.stays.replay.resume import hotel_reopen

SHOWN = 40
REPORT_SECONDS = 5.0
STOPS = (signal.SIGINT, signal.SIGTERM)


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
            "--resume",
            metavar="PROPERTY",
            help="go on with a replay that was stopped by Ctrl-C, with the same other options",
        )
        parser.add_argument(
            "--bookings-only",
            action="store_true",
            help="no guests, money and audits: bookings, changes, cancellations and no-shows alone",
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
        given = options["file"], options["since"], options["until"]
        stays, has_money = history_read(*given), not (options["bookings_only"] or options["empty"])
        opens = max(stay.departure for stay in stays) if options["empty"] and stays else None
        hotel = (
            hotel_reopen(options["resume"])
            if options["resume"]
            else hotel_furnish(stays, code=options["property"], business_date=opens, has_money=has_money)
        )
        place = hotel.place
        rooms = Room.objects.filter(property=place).count()
        self.stdout.write(f"{place.code}: {len(hotel.types)} types, {rooms} rooms, {len(stays)} bookings")
        if options["empty"]:
            return
        player = Player(hotel, stays, has_money=has_money)
        report = Report(self, len(stays), len(player.made))
        with _stop_asked() as asked:

            def day_over(today: date, played: Played) -> None:
                report.day(today, played)
                if asked:
                    report.end(played)
                    raise CommandError(f"Stopped after {today}: go on with --resume {place.code}.")

            report.end(player.play(day_over))
        faults = self._compared(figures_of_file(*given), figures_of_property(place))
        if has_money:
            faults += self._compared(audited_figures_of_file(*given), audited_figures(place))
            faults += sum(self._proved(proof) for proof in proofs(place))
        broken = [finding for finding in invariants_verify() if finding.violations]
        for finding in broken:
            self.stdout.write(f"BROKEN {finding.invariant.name}: {finding.violations[:3]}")
        if faults or broken:
            raise CommandError(f"{faults} figures differ, {len(broken)} invariants are broken.")
        self.stdout.write("Every figure of every day is equal, all invariants are green.")

    def _compared(self, in_file: Mapping[date, F], in_house: Mapping[date, F]) -> int:
        """Tell the sums of each figure and the days that differ; returns how many figures do."""
        found = differences(in_file, in_house)
        for name in next(iter(in_file.values()))._fields if in_file else ():
            sums = [sum(getattr(day, name) for day in days.values()) for days in (in_file, in_house)]
            differing = sum(difference.figure == name for difference in found)
            self.stdout.write(
                f"{name:<18} file {sums[0]:>14}  house {sums[1]:>14}  days that differ {differing}"
            )
        for one in found[:SHOWN]:
            self.stdout.write(f"DIFFERS {one.day} {one.figure}: file {one.in_file}, house {one.in_house}")
        return len(found)

    def _proved(self, proof: Proof) -> int:
        """Tell one statement about the books; returns how often it does not hold."""
        self.stdout.write(f"{proof.name:<30} asked {proof.asked:>6}, wrong {len(proof.wrong)}")
        for text in proof.wrong[:SHOWN]:
            self.stdout.write(f"WRONG {proof.name}: {text}")
        return len(proof.wrong)


class Report:
    """Progress while playing, and the totals after it."""

    def __init__(self, command: BaseCommand, bookings: int, before: int) -> None:
        self.command, self.bookings, self.before = command, bookings, before
        self.started, self.cpu = time.monotonic(), time.process_time()
        self.told = self.started

    def day(self, today: date, played: Played) -> None:
        """Told after each day; prints every few seconds."""
        if time.monotonic() - self.told >= REPORT_SECONDS:
            self.told = time.monotonic()
            done, seconds = played.commands.total(), self.told - self.started
            booked = self.before + played.commands["booked"]
            self.command.stdout.write(
                f"{today}  {booked} of {self.bookings} bookings, {done} commands, {done / seconds:.0f} a second"
            )
            self.command.stdout.flush()

    def end(self, played: Played) -> None:
        """The totals, and the time of each command."""
        seconds, cpu = time.monotonic() - self.started, time.process_time() - self.cpu
        for name, count in played.commands.items():
            spent = float(played.seconds[name])
            self.command.stdout.write(
                f"{count:>7} {name:<22} {spent:>8.1f} s, {spent / count * 1000:>7.1f} ms each"
            )
        total = played.commands.total()
        self.command.stdout.write(
            f"{total} commands in {timedelta(seconds=round(seconds))} ({total / seconds:.0f} a second; "
            f"{cpu:.0f} s of our own CPU, {cpu / total * 1000:.1f} ms a command)"
        )


@contextmanager
def _stop_asked() -> Iterator[list[int]]:
    """Collects the signals that ask to stop, so that the day of the replay can be ended first."""
    asked: list[int] = []
    before = {number: signal.signal(number, lambda number, _: asked.append(number)) for number in STOPS}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


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
