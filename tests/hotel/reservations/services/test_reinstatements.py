"""Standing again leaves nothing behind of how the stay ended."""

from datetime import timedelta

import pytest

from hotel.core.clock import now
from hotel.core.exceptions import Conflict
from hotel.reservations.models import Reservation
from hotel.reservations.services.lifecycle import options_expire
from hotel.reservations.services.reinstatements import booking_reinstate, reservation_reinstate
from tests.factories.reservations import house_make
from tests.hotel.reservations.test_invariants import violated


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


def test_an_option_that_ran_out_stands_again_as_confirmed_and_is_held_no_more(house, cast):
    row = house.reserve(status="option")
    Reservation.objects.update(hold_expires_at=now() - timedelta(seconds=1))
    options_expire(property_id=house.place.pk)

    result = reservation_reinstate(reservation=row, actor=cast.bo)

    stored = Reservation.objects.get()
    assert (stored.status, stored.hold_expires_at, stored.cancelled_at) == ("confirmed", None, None)
    assert stored.confirmed_at is not None
    assert result.fees == ()
    assert house.counted("sold", days=4) == [0, 1, 1, 0]
    assert violated() == []


def test_a_booking_that_stands_has_nothing_to_reinstate(house):
    with pytest.raises(Conflict) as refused:
        booking_reinstate(booking=house.book().booking, actor=None)
    assert refused.value.code == "nothing_to_reinstate"
