"""Whole hotels by seed: all that must hold holds each night, and a service that is broken on purpose is found."""

import pytest
from django.db import transaction

from hotel.folios.services import payments
from hotel.stays.services import audit_steps
from hotel.stays.services.night_audit import night_audit_run
from hotel.stays.simulation import hotel
from hotel.stays.simulation.run import SimulationFailed, simulate
from tests.structure import tables_count

SEEDS, DAYS = 10, 30  # of each test; ``hotelsim`` plays more of both
COUNTED = {1, 3, 9}  # after these days the tables are counted, each time some three times as long
HAPPENED = {
    "book",
    "cancel",
    "check in",
    "consume",
    "settle",
    "invoice",
    "check out",
    "audit",
    "crashes",
}


@pytest.mark.long
@pytest.mark.parametrize("first", [1, 11], ids=["seeds 1 to 10", "seeds 11 to 20"])
def test_ten_hotels_hold_each_night(db, first):
    days = []

    def watch(day):
        days.append(day)
        if day in COUNTED:
            tables_count()

    counts = simulate(range(first, first + SEEDS), DAYS, watch)

    assert days == list(range(1, DAYS + 1))
    assert counts["day closed"] == SEEDS * DAYS
    assert HAPPENED - set(counts) == set()


def played_and_undone(seed, days):
    with transaction.atomic():
        counts = simulate([seed], days)
        transaction.set_rollback(True)
    return counts


def test_the_same_seed_gives_the_same_days_and_another_one_others(db):
    first = played_and_undone(3, 3)

    assert played_and_undone(3, 3) == first
    assert played_and_undone(4, 3) != first


def test_an_audit_that_is_broken_off_after_the_date_was_rolled_has_closed_the_day(db, monkeypatch):
    def asked_twice(*, place):
        night_audit_run(place=place)
        return night_audit_run(place=place)  # of a day that has not begun: refused

    monkeypatch.setattr(hotel, "night_audit_run", asked_twice)
    counts = simulate([2], 2)
    assert (counts["day closed"], counts["audit refused"]) == (2, 2)


def nights_forgotten(monkeypatch):
    """The audit posts nothing."""
    monkeypatch.setattr(audit_steps, "nights_charge", lambda **given: [])


def cash_uncounted(monkeypatch):
    """Cash is taken, but not put into the till."""
    monkeypatch.setattr(payments, "cash_move", lambda *given, **more: None)


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (nights_forgotten, "the day was not closed: day_unproved"),
        (cash_uncounted, "inv_till"),
    ],
)
def test_a_broken_service_is_found_and_told_with_the_command_that_shows_it_again(
    db, monkeypatch, broken, told
):
    broken(monkeypatch)

    with pytest.raises(SimulationFailed, match=told) as failed:
        simulate([2], 15)

    days = failed.value.extra["days"]
    assert f"manage.py hotelsim --first 2 --seeds 1 --days {days}" in failed.value.message
