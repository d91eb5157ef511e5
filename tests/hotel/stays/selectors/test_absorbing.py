"""A stay with fixed charges does not become part of another."""

from hotel.stays.selectors.absorbing import charges_left_behind
from tests.factories.reservations import reservation_make
from tests.factories.stays import fixed_charge_make


def test_fixed_charges_are_named(cast):
    charge = fixed_charge_make(cast.alpha)

    assert charges_left_behind(charge.reservation) == "It has fixed charges."
    assert charges_left_behind(reservation_make(cast.alpha)) == ""
