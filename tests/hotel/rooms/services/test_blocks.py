"""Maintenance holds: three effects, refused over stays and over what is sold."""

from datetime import date, timedelta

import pytest

from hotel.contracts.rooms import AvailabilityChanged
from hotel.core.models import OutboxMessage
from hotel.properties.models import Property
from hotel.rooms.models import InventoryNight, Room, RoomBlock, RoomOccupancy
from hotel.rooms.selectors.inventory import sellable
from hotel.rooms.services.blocks import (
    BlockData,
    BlockRefused,
    BlockReleased,
    block_create,
    block_instants,
    block_release,
    block_reschedule,
    blocks_return_due,
)
from hotel.rooms.services.inventory import Bucket, CapacityInUse, Move, inventory_move, overbooking_set
from hotel.rooms.services.occupancy import RoomTaken, room_claim
from hotel.rooms.services.rooms import room_close
from tests.cast import TODAY
from tests.factories.rooms import inventory_ready, room_type_make, rooms_make


def day(step: int) -> date:
    return TODAY + timedelta(days=step)


END = day(10)


@pytest.fixture
def double(cast):
    double = room_type_make(cast.alpha)
    rooms_make(cast.alpha, double, 3)
    inventory_ready(cast.alpha, TODAY, END)
    return double


@pytest.fixture
def room(double):
    return Room.objects.get(number="101")


def counts(room_type, column) -> dict[int, int]:
    """Days after today to a counter of the type, zeros left out."""
    rows = InventoryNight.objects.filter(room_type=room_type).values_list("night", column)
    return {(night - TODAY).days: value for night, value in rows if value}


def free(double) -> list[int]:
    return list(sellable(double.property_id, TODAY, day(5))[double.pk].values())


@pytest.mark.parametrize(
    ("kind", "expected_free", "expected_capacity", "expected_claims"),
    [
        ("out_of_service", [3, 3, 3, 3, 3], 3, 0),
        ("out_of_order", [3, 2, 2, 3, 3], 3, 1),
        ("out_of_inventory", [3, 2, 2, 3, 3], 2, 1),
    ],
)
def test_three_kinds_three_effects(double, room, kind, expected_free, expected_capacity, expected_claims):
    OutboxMessage.objects.all().delete()
    block_create(room=room, data=BlockData(kind, day(1), day(3), "paint"))
    assert free(double) == expected_free
    house = InventoryNight.objects.get(room_type=None, night=day(1))
    assert house.capacity == expected_capacity
    assert house.out_of_order == (1 if kind == "out_of_order" else 0)
    assert RoomOccupancy.objects.count() == expected_claims
    facts = OutboxMessage.objects.filter(topic=AvailabilityChanged.__name__).values_list("payload", flat=True)
    expected = {
        "property_id": double.property_id,
        "room_type_id": double.pk,
        "first_night": "2027-03-15",
        "last_night": "2027-03-16",
    }
    assert list(facts) == [expected] * expected_claims


def test_a_hold_lets_the_morning_guest_leave_and_the_evening_guest_come(room):
    def stay(first: int, past: int):
        start, end = block_instants(room.property, day(first), day(past))
        return room_claim(room=room, start=start, end=end, kind="stay")

    stay(0, 1)
    stay(3, 4)
    block_create(room=room, data=BlockData("out_of_order", day(1), day(3), "paint"))
    with pytest.raises(RoomTaken):
        stay(2, 3)


def test_a_hold_over_a_stay_is_refused_with_the_stay(double, room):
    start, end = block_instants(room.property, day(2), day(4))
    claim = room_claim(room=room, start=start, end=end, kind="stay")
    with pytest.raises(RoomTaken) as refusal:
        block_create(room=room, data=BlockData("out_of_inventory", TODAY, day(3), "paint"))
    assert [row["occupancy"] for row in refusal.value.extra["taken"]] == [claim.pk]
    assert not RoomBlock.objects.exists()
    assert free(double) == [3, 3, 3, 3, 3]


def test_a_hold_over_sold_out_nights_is_refused_until_overbooking_is_allowed(double, room):
    move = Move(double.pk, day(1), day(3), Bucket.SOLD, 3)
    inventory_move(property_id=double.property_id, moves=[move])
    data = BlockData("out_of_order", TODAY, day(3), "burst pipe")
    with pytest.raises(CapacityInUse) as refusal:
        block_create(room=room, data=data)
    assert [(row["night"], row["short"]) for row in refusal.value.extra["nights"]] == [
        ("2027-03-15", 1),
        ("2027-03-15", 1),
        ("2027-03-16", 1),
        ("2027-03-16", 1),
    ]
    assert not RoomBlock.objects.exists()
    assert not RoomOccupancy.objects.exists()
    for room_type in (double, None):
        overbooking_set(place=double.property, room_type=room_type, start=day(1), end=day(3), quantity=1)
    block_create(room=room, data=data)
    assert counts(double, "out_of_order") == {0: 1, 1: 1, 2: 1}


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 2)])
def test_impossible_nights_are_refused(room, start, end):
    with pytest.raises(BlockRefused):
        block_create(room=room, data=BlockData("out_of_order", day(start), day(end), "x"))


def test_a_closed_room_is_not_held(room):
    room_close(room=room, on=day(2))
    with pytest.raises(BlockRefused, match="not open"):
        block_create(room=room, data=BlockData("out_of_order", day(1), day(3), "x"))


def test_extending_and_shortening_recounts_both(double, room):
    block = block_create(room=room, data=BlockData("out_of_order", day(1), day(3), "paint"))
    block = block_reschedule(block=block, end_on=day(5))
    assert counts(double, "out_of_order") == {1: 1, 2: 1, 3: 1, 4: 1}
    block = block_reschedule(block=block, start_on=day(2), end_on=day(3))
    assert counts(double, "out_of_order") == {2: 1}
    claim = RoomOccupancy.objects.get()
    assert (claim.during.lower, claim.during.upper) == block_instants(room.property, day(2), day(3))


def test_extending_into_a_stay_is_refused(double, room):
    block = block_create(room=room, data=BlockData("out_of_order", day(1), day(3), "paint"))
    start, end = block_instants(room.property, day(3), day(4))
    room_claim(room=room, start=start, end=end, kind="stay")
    with pytest.raises(RoomTaken):
        block_reschedule(block=block, end_on=day(4))
    assert counts(double, "out_of_order") == {1: 1, 2: 1}
    assert RoomBlock.objects.get().end_on == day(3)


def test_a_begun_hold_keeps_its_first_night(cast, room):
    block = block_create(room=room, data=BlockData("out_of_service", TODAY, day(3), "paint"))
    Property.objects.filter(pk=cast.alpha.pk).update(business_date=day(1))
    with pytest.raises(BlockRefused, match="first night stays"):
        block_reschedule(block=block, start_on=day(2))
    with pytest.raises(BlockRefused, match="release it"):
        block_reschedule(block=block, end_on=day(1))


def test_release_frees_tonight_and_keeps_the_past(cast, double, room):
    block = block_create(room=room, data=BlockData("out_of_order", TODAY, day(5), "paint", "inspected"))
    Property.objects.filter(pk=cast.alpha.pk).update(business_date=day(2))
    released = block_release(block=block, user=cast.di)
    assert (released.end_on, released.released_at is None) == (day(2), False)
    assert counts(double, "out_of_order") == {0: 1, 1: 1}
    claim = RoomOccupancy.objects.get()
    assert claim.during.upper == block_instants(room.property, TODAY, day(2))[1]
    room.refresh_from_db()
    assert room.housekeeping_status == "inspected"
    change = room.status_changes.get()
    assert (change.source, change.changed_by, change.note) == ("hold", cast.di, "End of hold: paint")
    with pytest.raises(BlockReleased):
        block_release(block=block)
    with pytest.raises(BlockReleased):
        block_reschedule(block=block, end_on=day(6))


def test_release_before_the_first_night_leaves_nothing(double, room):
    block = block_create(room=room, data=BlockData("out_of_inventory", day(1), day(5), "paint"))
    released = block_release(block=block, return_status="clean")
    assert (released.start_on, released.end_on, released.occupancy) == (day(1), day(1), None)
    assert not RoomOccupancy.objects.exists()
    assert counts(double, "capacity") == dict.fromkeys(range(10), 3)


def test_a_hold_that_never_began_leaves_the_status_of_the_room(room):
    block = block_create(room=room, data=BlockData("out_of_order", day(1), day(5), "paint"))
    block_release(block=block)
    room.refresh_from_db()
    assert room.housekeeping_status == "clean"
    assert not room.status_changes.exists()


def test_due_holds_give_their_rooms_back(cast, double, room):
    block = block_create(room=room, data=BlockData("out_of_order", TODAY, day(2), "paint"))
    other = Room.objects.get(number="102")
    block_create(room=other, data=BlockData("out_of_service", TODAY, day(3), "lamp"))
    assert blocks_return_due(place=cast.alpha) == 0
    Property.objects.filter(pk=cast.alpha.pk).update(business_date=day(2))
    assert blocks_return_due(place=cast.alpha) == 1
    assert blocks_return_due(place=cast.alpha) == 0
    block.refresh_from_db()
    room.refresh_from_db()
    assert block.released_at is not None
    assert block.end_on == day(2)
    assert room.housekeeping_status == "dirty"
    assert counts(double, "out_of_order") == {0: 1, 1: 1}


def test_a_hold_of_a_suite_holds_its_parts(cast, double):
    from tests.factories.rooms import room_make

    parts = tuple(Room.objects.order_by("number")[:2])
    kind = room_type_make(cast.alpha, "STE", kind="component", parts={double: 2})
    suite = room_make(cast.alpha, kind, "S1", parts=parts)
    inventory_ready(cast.alpha, TODAY, END)
    block = block_create(room=suite, data=BlockData("out_of_order", TODAY, day(1), "paint"))
    assert counts(double, "out_of_order") == {0: 2}
    assert counts(kind, "out_of_order") == {0: 1}
    assert RoomOccupancy.objects.count() == 3
    block_release(block=block)
    assert counts(double, "out_of_order") == {}
