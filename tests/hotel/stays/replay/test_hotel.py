from dataclasses import replace
from datetime import date

import pytest

from hotel.core.exceptions import InvalidInput
from hotel.core.invariants import invariants_verify
from hotel.properties.models import Property
from hotel.rooms.models import Room
from hotel.rooms.selectors.inventory import opened_nights
from hotel.stays.replay.hotel import hotel_furnish
from tests.hotel.stays.replay.test_schedule import STAY

STAYS = [
    STAY,
    STAY,
    replace(STAY, room_type="B", adults=4, children=1),
    replace(STAY, departure=STAY.arrival),
]


def test_a_hotel_has_just_what_its_history_needs(db):
    hotel = hotel_furnish(STAYS)

    place, big = hotel.place, hotel.types["B"]
    assert (place.code, place.currency, place.business_date) == ("REPLAY-1", "EUR", date(2027, 3, 1))
    numbers = Room.objects.filter(property=place).order_by("number").values_list("number", flat=True)
    assert list(numbers) == ["A001", "A002", "A003", "B001"]
    assert (big.max_adults, big.max_children, big.max_occupancy) == (5, 1, 6)
    assert (hotel.types["A"].day_use_limit, big.day_use_limit) == (1, 0)
    assert opened_nights(place.pk) == (date(2027, 3, 11), date(2027, 3, 13))
    assert [finding.invariant.name for finding in invariants_verify() if finding.violations] == []


def test_each_run_has_a_property_of_its_own(db):
    codes = [hotel_furnish(STAYS).place.code, hotel_furnish(STAYS, code="MINE").place.code]

    assert [*codes, hotel_furnish(STAYS).place.code] == ["REPLAY-1", "MINE", "REPLAY-2"]


def test_a_taken_code_or_an_empty_history_makes_nothing(db):
    hotel_furnish(STAYS, code="MINE")

    with pytest.raises(InvalidInput, match="There is a property MINE already"):
        hotel_furnish(STAYS, code="MINE")
    with pytest.raises(InvalidInput, match="no stay to replay"):
        hotel_furnish([])

    assert Property.objects.count() == 1
