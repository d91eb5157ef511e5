"""Different commands at once want the last room; the storms of equal ones are in test_storms."""

from collections import Counter

import pytest

from hotel.core.exceptions import PmsError
from hotel.reservations.models import PriceHold
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.holds import hold_create
from hotel.reservations.services.lifecycle import reservation_confirm
from tests.cast import make_cast
from tests.factories.reservations import house_make
from tests.hotel.reservations.test_invariants import violated
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house():
    return house_make(make_cast().alpha, doubles=1)


def told(results) -> Counter:
    """How often each code was answered; unexpected errors come through."""
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, PmsError):
            raise result
    return Counter(result.code if isinstance(result, PmsError) else "done" for result in results)


def test_holding_booking_confirming_and_amending_compete_for_one_room(house):
    waiting = house.reserve(status="waitlisted")
    elsewhere = house.reserve(5, 1)
    stay = house.stay()
    moved = Amendment(arrival=stay.arrival, departure=stay.departure)

    results = together(
        lambda: hold_create(place=house.place, stay=stay, actor=None),
        house.reserve,
        lambda: reservation_confirm(reservation=waiting, actor=None),
        lambda: reservation_amend(reservation=elsewhere, amendment=moved, actor=None),
    )

    assert told(results) == {"done": 1, "room_type_sold_out": 3}
    taken = [
        sum(pair) for pair in zip(house.counted("sold", days=4), house.counted("held", days=4), strict=True)
    ]
    assert taken == [0, 1, 1, 0]
    assert PriceHold.objects.count() <= 1
    assert violated() == []
