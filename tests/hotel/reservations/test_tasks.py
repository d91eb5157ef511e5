"""The sweeps find what is due, house by house, and may repeat."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from hotel.core.clock import now
from hotel.reservations import tasks
from hotel.reservations.models import GroupBlock, PriceHold, Reservation, WaitlistOffer
from tests.cast import TODAY
from tests.factories.reservations import group_block_make, house_make, price_hold_make

PAST = timedelta(seconds=1)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=4)


def handed_over(monkeypatch, task) -> list[int]:
    """The properties a sweep starts a task for."""
    found: list[int] = []
    monkeypatch.setattr(task, "delay", found.append)
    return found


def test_only_houses_where_something_is_due_are_swept(house, cast, monkeypatch):
    other = house_make(cast.beta)
    found = handed_over(monkeypatch, tasks.property_expiries)
    price_hold_make(cast.alpha)
    other.reserve(status="option")
    assert tasks.expiries_sweep() == 0

    PriceHold.objects.update(expires_at=now() - PAST)
    Reservation.objects.update(hold_expires_at=now() - PAST)

    assert tasks.expiries_sweep() == 2
    assert found == sorted([cast.alpha.pk, cast.beta.pk])


def test_holds_and_options_of_one_house_end_once(house, cast):
    price_hold_make(cast.alpha)
    house.reserve(status="option")
    PriceHold.objects.update(expires_at=now() - PAST)
    Reservation.objects.update(hold_expires_at=now() - PAST)

    assert [tasks.property_expiries(cast.alpha.pk) for _ in range(2)] == [2, 0]
    assert (house.counted("held", days=3), house.counted("sold", days=3)) == ([0, 0, 0], [0, 0, 0])


def test_arrivals_held_until_the_evening_are_let_go_where_it_is_evening(cast, monkeypatch):
    """At 10:00 UTC it is 19:00 in Tokyo and 11:00 in Vienna."""
    found = handed_over(monkeypatch, tasks.property_expiries)
    with time_machine.travel(datetime(2027, 3, 14, 8, tzinfo=UTC), tick=False) as clock:
        for place in (cast.alpha, cast.beta):
            days = (TODAY - place.business_date).days
            house_make(place).reserve(days, 1, guarantee="hold_6pm")

        assert tasks.expiries_sweep() == 0
        clock.shift(timedelta(hours=2))
        assert (tasks.expiries_sweep(), found) == (1, [cast.beta.pk])
        assert [tasks.property_expiries(cast.beta.pk) for _ in range(2)] == [1, 0]
        assert tasks.expiries_sweep() == 0
    assert set(Reservation.objects.values_list("property", "status")) == {
        (cast.alpha.pk, "confirmed"),
        (cast.beta.pk, "cancelled"),
    }


def test_every_active_house_is_asked_for_blocks_and_waiting_guests(cast, monkeypatch):
    found = handed_over(monkeypatch, tasks.property_groups)
    type(cast.beta).objects.filter(pk=cast.beta.pk).update(is_active=False)

    assert tasks.groups_sweep() == 1
    assert found == [cast.alpha.pk]


def test_what_a_cut_off_gives_back_is_offered_in_the_same_sweep(house, cast):
    group_block_make(cast.alpha, rooms=4, cutoff_on=cast.alpha.business_date)
    house.reserve(status="waitlisted")

    assert [tasks.property_groups(cast.alpha.pk) for _ in range(2)] == [2, 0]
    assert GroupBlock.objects.get().cut_off_at is not None
    assert WaitlistOffer.objects.get().status == "open"
