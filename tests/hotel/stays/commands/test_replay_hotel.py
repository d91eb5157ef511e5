import signal
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from hotel.folios.models import LedgerEntry
from hotel.properties.models import Property
from hotel.reservations.models import Booking
from hotel.stays.management.commands import replay_hotel
from hotel.stays.replay import play
from hotel.stays.replay.figures import DayFigures
from tests.factories.imports import OWN_BOOKINGS


def run(*options):
    out = StringIO()
    call_command("replay_hotel", str(OWN_BOOKINGS), *options, stdout=out)
    return out.getvalue().splitlines()


WEEK = ("--since", "2026-03-07", "--until", "2026-03-08")
DAY = ("--since", "2026-03-04", "--until", "2026-03-04")


def test_a_replay_tells_what_it_did_and_that_all_is_equal(db):
    lines = run(*WEEK)

    assert lines[0] == "REPLAY-1: 3 types, 8 rooms, 12 bookings"
    assert "room_revenue" in " ".join(lines)
    proved = [line for line in lines if " asked " in line]
    assert [line.partition(" asked ")[0].strip() for line in proved] == [
        "audited",
        "trial balance zero",
        "statistics = revenue = ledger",
        "document numbers without a gap",
    ]
    assert all(line.endswith("wrong 0") for line in proved)
    assert lines[-1] == "Every figure of every day is equal, all invariants are green."
    assert any(
        line.split() == ["booked", "file", "12", "house", "12", "days", "that", "differ", "0"]
        for line in lines
    )


def test_a_stopped_replay_ends_its_day_and_is_taken_up_again(db, monkeypatch):
    audit, days = play.night_audit_run, []
    before = signal.getsignal(signal.SIGTERM)

    def stop_asked(**given):
        days.append(audit(**given))
        if len(days) in (
            1,
            3,
        ):  # a fee is owed after the first night, an extra of somebody in house comes after the third
            signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(play, "night_audit_run", stop_asked)

    with pytest.raises(CommandError, match="Stopped after 2026-03-04: go on with --resume REPLAY-1"):
        run(*DAY)
    with pytest.raises(CommandError, match="Stopped after 2026-03-06: go on with --resume REPLAY-1"):
        run(*DAY, "--resume", "REPLAY-1")
    lines = run(*DAY, "--resume", "REPLAY-1")

    assert lines[-1] == "Every figure of every day is equal, all invariants are green."
    assert Property.objects.count() == 1
    stopped = money_of("REPLAY-1")
    monkeypatch.undo()
    run(*DAY)
    assert stopped == money_of("REPLAY-2")
    assert signal.getsignal(signal.SIGTERM) is before


def money_of(code):
    """Each posting of the ledgers by day, ledger and amount."""
    rows = LedgerEntry.objects.filter(property__code=code).order_by("business_date", "ledger", "amount")
    return list(rows.values_list("business_date", "ledger", "amount"))


def test_a_replay_is_not_taken_up_within_a_day_nor_with_another_history(db):
    with pytest.raises(CommandError, match="No replay made a property REPLAY-1"):
        run(*WEEK, "--resume", "REPLAY-1")
    run(*WEEK)

    with pytest.raises(
        CommandError, match="This is not the history that was played until 2026-03-13: see line 35"
    ):
        run("--since", "2026-03-07", "--until", "2026-03-07", "--resume", "REPLAY-1")
    Property.objects.update(business_date=date(2026, 3, 8))
    with pytest.raises(
        CommandError, match="REPLAY-1 was killed in the middle of 2026-03-08: start a new replay"
    ):
        run(*WEEK, "--resume", "REPLAY-1")

    assert Booking.objects.count() == 12


def test_a_difference_is_told_by_day_and_fails(db, monkeypatch):
    figures = replay_hotel.figures_of_property

    def doubled(place):
        found = figures(place)
        day = max(found)
        return {
            **found,
            day: DayFigures(**{**found[day]._asdict(), "nights_sold": found[day].nights_sold + 1}),
        }

    monkeypatch.setattr(replay_hotel, "figures_of_property", doubled)

    with pytest.raises(CommandError, match="1 figures differ, 0 invariants are broken"):
        run(*WEEK, "--bookings-only")


def test_an_empty_hotel_to_try_an_import_on(db):
    assert len(run("--empty", "--property", "TRY")) == 1

    place = Property.objects.get(code="TRY")
    assert str(place.business_date) == "2026-03-19"
    assert not Booking.objects.exists()
    call_command(
        "import_reservations", str(OWN_BOOKINGS), "--mapping", "hotel_booking_demand", "--property", "TRY",
        "--rate-plan", "REC", stdout=StringIO(),
    )  # fmt: skip
    assert Booking.objects.count() == 100
