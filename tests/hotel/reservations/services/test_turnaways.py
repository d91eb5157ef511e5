"""Business that was turned away."""

from datetime import timedelta

import pytest

from hotel.core.exceptions import InvalidInput
from hotel.reservations.choices import TurnawayReason
from hotel.reservations.models import Turnaway
from hotel.reservations.services.turnaways import TurnawayData, turnaway_record
from tests.cast import TODAY
from tests.factories.reservations import house_make

WANTED = {"arrival": TODAY, "departure": TODAY + timedelta(days=2), "reason": TurnawayReason.PRICE}


def test_a_regret_is_kept_with_what_was_wanted_on_the_business_date(cast):
    house = house_make(cast.alpha)

    turnaway_record(
        place=cast.alpha, data=TurnawayData(**WANTED, room_type=house.double, rooms=3, notes="Dear.")
    )

    row = Turnaway.objects.get()
    assert (row.business_date, row.arrival, row.rooms, row.reason) == (TODAY, TODAY, 3, "price")
    assert (row.room_type, row.notes) == (house.double, "Dear.")


def test_dates_that_run_backwards_and_foreign_types_are_refused(cast):
    other = house_make(cast.beta)
    backwards = {**WANTED, "departure": TODAY - timedelta(days=1)}
    for values, code in (
        (backwards, "dates_invalid"),
        ({**WANTED, "room_type": other.double}, "other_property"),
    ):
        with pytest.raises(InvalidInput) as refused:
            turnaway_record(place=cast.alpha, data=TurnawayData(**values))
        assert refused.value.code == code
    assert not Turnaway.objects.exists()
