"""Counters: taken, given back, refused."""

from datetime import date

import pytest

from hotel.rooms.selectors.inventory import sellable
from hotel.rooms.services.inventory import Bucket, Move, RoomTypeSoldOut, inventory_move
from tests.factories.rooms import inventory_ready, room_type_make, rooms_make

FIRST, END = date(2027, 3, 14), date(2027, 3, 17)


def test_takes_rooms_of_each_night(cast):
    double = room_type_make(cast.alpha)
    rooms_make(cast.alpha, double, 2)
    inventory_ready(cast.alpha, FIRST, END)
    inventory_move(
        property_id=cast.alpha.pk, moves=[Move(double.pk, FIRST, date(2027, 3, 16), Bucket.SOLD, 1)]
    )
    assert sellable(cast.alpha.pk, FIRST, END) == {
        double.pk: {FIRST: 1, date(2027, 3, 15): 1, date(2027, 3, 16): 2}
    }
    with pytest.raises(RoomTypeSoldOut) as refusal:
        inventory_move(property_id=cast.alpha.pk, moves=[Move(double.pk, FIRST, END, Bucket.SOLD, 2)])
    assert refusal.value.extra["night"] == "2027-03-14"
