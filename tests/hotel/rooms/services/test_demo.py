"""The demo's rooms: built once, counted, some of them being repaired."""

from datetime import timedelta

import pytest

from hotel.core.invariants import invariants_verify
from hotel.properties.services.demo import demo_places
from hotel.properties.services.demo import demo_seed as properties_seed
from hotel.rooms.models import InventoryNight, Room, RoomBlock, RoomStatusChange, RoomType
from hotel.rooms.selectors.inventory import opened_nights
from hotel.rooms.services.demo import demo_seed


@pytest.mark.long
@pytest.mark.django_db
def test_two_houses_are_built_once_and_their_counters_hold():
    properties_seed(say=lambda text: None)
    said: list[str] = []
    demo_seed(say=said.append, days_back=3)
    counts = [m.objects.count() for m in (Room, RoomType, RoomBlock, RoomStatusChange, InventoryNight)]
    demo_seed(say=said.append, days_back=3)
    assert [
        m.objects.count() for m in (Room, RoomType, RoomBlock, RoomStatusChange, InventoryNight)
    ] == counts
    assert said == ["VIENNA: 49 rooms of 7 types", "IZU: 37 rooms of 7 types"]
    city, _ = demo_places()
    today = city.business_date
    assert opened_nights(city.pk) == (today - timedelta(days=3), today + timedelta(days=540))
    house = InventoryNight.objects.at(city.pk).get(night=today, room_type=None)
    # One room out of order today, the junior suite out of inventory only from the tenth day on.
    assert (house.capacity, house.out_of_order, house.overbooking) == (44, 1, 2)
    later = InventoryNight.objects.at(city.pk).get(night=today + timedelta(days=10), room_type=None)
    assert (later.capacity, later.out_of_order) == (43, 0)
    assert set(Room.objects.at(city.pk).values_list("housekeeping_status", flat=True)) == {
        "clean", "dirty", "inspected", "pickup",
    }  # fmt: skip
    assert [found.invariant.name for found in invariants_verify() if found.violations] == []
