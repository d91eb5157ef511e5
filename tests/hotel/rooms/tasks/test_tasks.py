"""What is due at each property by its own business date."""

from datetime import date, timedelta

import pytest

from hotel.properties.choices import SettingKey
from hotel.properties.models import Property, PropertySetting
from hotel.rooms import tasks
from hotel.rooms.models import InventoryNight, RoomBlock
from hotel.rooms.services.blocks import BlockData, block_create
from tests.cast import TODAY
from tests.factories.rooms import room_type_make, rooms_make


@pytest.fixture
def selling_days(cast):
    for place, days in ((cast.alpha, 3), (cast.beta, 5)):
        PropertySetting.objects.create(
            property=place, key=SettingKey.SELLING_DAYS, value=days, valid_from=date(2027, 1, 1)
        )
        rooms_make(place, room_type_make(place), 1)


def opened(place) -> list[date]:
    rows = InventoryNight.objects.filter(property=place, room_type=None).order_by("night")
    return list(rows.values_list("night", flat=True))


def test_nights_are_opened_as_far_as_each_property_sells(cast, selling_days):
    assert tasks.inventory_open_due() == 2 * (3 + 5)
    assert opened(cast.alpha) == [TODAY + timedelta(days=step) for step in range(3)]
    assert len(opened(cast.beta)) == 5
    assert tasks.inventory_open_due() == 0
    Property.objects.filter(pk=cast.alpha.pk).update(business_date=TODAY + timedelta(days=1))
    assert tasks.inventory_open_due() == 2
    assert opened(cast.alpha)[-1] == TODAY + timedelta(days=3)


def test_a_property_that_fails_does_not_keep_the_others_from_theirs(cast, selling_days, monkeypatch):
    work = tasks._open

    def failing(place):
        if place == cast.alpha:
            raise RuntimeError("broken")
        return work(place)

    monkeypatch.setattr(tasks, "_open", failing)
    with pytest.raises(RuntimeError, match="broken"):
        tasks.inventory_open_due()
    assert opened(cast.alpha) == []
    assert len(opened(cast.beta)) == 5


def test_inactive_properties_open_nothing(cast, selling_days):
    Property.objects.filter(pk=cast.alpha.pk).update(is_active=False)
    tasks.inventory_open_due()
    assert opened(cast.alpha) == []


def test_rooms_come_back_when_their_hold_ends(cast):
    (room,) = rooms_make(cast.alpha, room_type_make(cast.alpha), 1)
    block_create(room=room, data=BlockData("out_of_order", TODAY, TODAY + timedelta(days=1), "paint"))
    assert tasks.blocks_return() == 0
    Property.objects.filter(pk=cast.alpha.pk).update(business_date=TODAY + timedelta(days=1))
    assert tasks.blocks_return() == 1
    assert RoomBlock.objects.get().released_at is not None
