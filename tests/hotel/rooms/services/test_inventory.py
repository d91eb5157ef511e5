"""Counters: taken, given back, refused, opened, recounted."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from hotel.contracts.rooms import AvailabilityChanged
from hotel.core.models import OutboxMessage
from hotel.properties.choices import SettingKey
from hotel.properties.models import PropertySetting
from hotel.rooms.domain.moves import deltas
from hotel.rooms.models import InventoryNight, Room, RoomBlock, RoomType
from hotel.rooms.selectors.inventory import night_counts, sellable, vectors
from hotel.rooms.services.inventory import (
    Bucket,
    CapacityInUse,
    InventoryOutOfStep,
    Move,
    NightsNotOpen,
    RoomTypeSoldOut,
    inventory_forget,
    inventory_move,
    inventory_open,
    inventory_recount,
    overbooking_set,
)
from tests.factories.rooms import inventory_ready, room_make, room_type_make, rooms_make

D14, D15, D16, D17 = (date(2027, 3, day) for day in (14, 15, 16, 17))


def counters(place, column: str = "sold") -> dict:
    """(type code or None, day) to a counter, zeros left out."""
    rows = InventoryNight.objects.at(place.pk).values_list("room_type__code", "night__day", column)
    return {(code, day): value for code, day, value in rows if value}


def take(place, *moves: Move) -> None:
    with transaction.atomic():
        inventory_move(property_id=place.pk, moves=moves)


@pytest.fixture
def house(cast):
    """Alpha with 3 doubles, 2 singles, a virtual type over the doubles, one suite of two doubles, a posting master."""
    place = cast.alpha
    double, single = room_type_make(place, "DBL"), room_type_make(place, "SGL")
    doubles = rooms_make(place, double, 3)
    rooms_make(place, single, 2, first=201)
    room_type_make(place, "DBV", kind="virtual", base_type=double)
    suite = room_type_make(place, "STE", kind="component", parts={double: 2})
    room_make(place, suite, "101+102", parts=(doubles[0], doubles[1]))
    room_type_make(place, "PM", kind="pseudo")
    inventory_ready(place, D14, D17)
    return place


def types(place) -> dict:
    return {room_type.code: room_type for room_type in RoomType.objects.at(place.pk)}


def left(place, night=D14) -> dict:
    codes = {room_type.pk: code for code, room_type in types(place).items()}
    return {codes[pk]: nights[night] for pk, nights in sellable(place.pk, D14, D17).items()}


def test_opening_counts_rooms_by_type_and_the_house_by_physical_rooms(house):
    on_14 = {key[0]: value for key, value in counters(house, "capacity").items() if key[1] == 14}
    assert on_14 == {None: 5, "DBL": 3, "SGL": 2, "DBV": 3, "STE": 1}
    assert left(house) == {"DBL": 3, "SGL": 2, "DBV": 3, "STE": 1}


@pytest.mark.parametrize(
    ("code", "expected_sold", "expected_left"),
    [
        ("DBL", {"DBL": 1, None: 1}, {"DBL": 2, "SGL": 2, "DBV": 2, "STE": 1}),
        ("SGL", {"SGL": 1, None: 1}, {"DBL": 3, "SGL": 1, "DBV": 3, "STE": 1}),
        ("DBV", {"DBV": 1, "DBL": 1, None: 1}, {"DBL": 2, "SGL": 2, "DBV": 2, "STE": 1}),
        ("STE", {"STE": 1, "DBL": 2, None: 2}, {"DBL": 1, "SGL": 2, "DBV": 1, "STE": 0}),
        ("PM", {}, {"DBL": 3, "SGL": 2, "DBV": 3, "STE": 1}),
    ],
)
def test_a_sale_takes_its_vector(house, code, expected_sold, expected_left):
    take(house, Move(types(house)[code].pk, D14, D15, Bucket.SOLD, 1))
    assert counters(house) == {(code, 14): value for code, value in expected_sold.items()}
    assert left(house) == expected_left


def test_a_stay_takes_each_night_but_not_the_departure(house):
    take(house, Move(types(house)["DBL"].pk, D14, D16, Bucket.SOLD, 2))
    assert counters(house) == {("DBL", 14): 2, (None, 14): 2, ("DBL", 15): 2, (None, 15): 2}


@pytest.mark.parametrize("bucket", [Bucket.SOLD, Bucket.BLOCKED, Bucket.HELD])
def test_every_bucket_takes_from_the_same_rooms(house, bucket):
    double = types(house)["DBL"].pk
    take(house, Move(double, D14, D15, bucket, 3))
    with pytest.raises(RoomTypeSoldOut):
        take(house, Move(double, D14, D15, Bucket.SOLD, 1))
    assert counters(house, bucket.value) == {("DBL", 14): 3, (None, 14): 3}


def test_sold_out_names_every_night_and_changes_nothing(house):
    double, single = types(house)["DBL"], types(house)["SGL"]
    take(house, Move(double.pk, D15, D17, Bucket.SOLD, 2))
    before = night_counts(house.pk, D14, D17)
    with pytest.raises(RoomTypeSoldOut) as refusal:
        take(house, Move(double.pk, D14, D17, Bucket.SOLD, 2), Move(single.pk, D14, D17, Bucket.SOLD, 1))
    assert refusal.value.code == "room_type_sold_out"
    assert refusal.value.status == 409
    assert refusal.value.extra["night"] == "2027-03-15"
    assert refusal.value.extra["room_type"] == double.pk
    assert refusal.value.extra["free"] == 1
    assert {(row["night"], row["room_type"]) for row in refusal.value.extra["nights"]} == {
        ("2027-03-15", double.pk),
        ("2027-03-16", double.pk),
    }
    assert "DBL has 1 left on Mon 15 Mar 2027" in refusal.value.message
    assert night_counts(house.pk, D14, D17) == before


def test_the_house_limits_when_types_may_be_overbooked(house):
    double = types(house)["DBL"]
    overbooking_set(place=house, room_type=double, start=D14, end=D15, quantity=3)
    take(house, Move(double.pk, D14, D15, Bucket.SOLD, 5))
    with pytest.raises(RoomTypeSoldOut) as refusal:
        take(house, Move(double.pk, D14, D15, Bucket.SOLD, 1))
    assert refusal.value.extra["room_type"] is None
    assert refusal.value.message.startswith("The house has 0 left")
    overbooking_set(place=house, start=D14, end=D15, quantity=1)
    take(house, Move(double.pk, D14, D15, Bucket.SOLD, 1))
    assert counters(house)["DBL", 14] == 6


def test_changing_a_stay_excludes_itself_from_the_check(house):
    double = types(house)["DBL"].pk
    take(house, Move(double, D14, D16, Bucket.SOLD, 3))
    take(house, Move(double, D14, D16, Bucket.SOLD, -3), Move(double, D15, D17, Bucket.SOLD, 3))
    assert counters(house) == {("DBL", 15): 3, (None, 15): 3, ("DBL", 16): 3, (None, 16): 3}


def test_a_pick_up_of_a_full_block_is_no_rise(house):
    double = types(house)["DBL"].pk
    take(house, Move(double, D14, D15, Bucket.BLOCKED, 3))
    take(house, Move(double, D14, D15, Bucket.BLOCKED, -1), Move(double, D14, D15, Bucket.SOLD, 1))
    assert counters(house) == {("DBL", 14): 1, (None, 14): 1}
    assert counters(house, "blocked") == {("DBL", 14): 2, (None, 14): 2}


def test_giving_back_more_than_taken_is_a_mistake_of_the_caller(house):
    with pytest.raises(InventoryOutOfStep, match="2027-03-14"):
        take(house, Move(types(house)["DBL"].pk, D14, D15, Bucket.SOLD, -1))
    assert counters(house) == {}


def test_no_row_never_means_free(house, cast):
    double = types(house)["DBL"].pk
    with pytest.raises(NightsNotOpen) as refusal:
        take(house, Move(double, D16, D17 + timedelta(days=1), Bucket.SOLD, 1))
    assert refusal.value.extra == {"nights": ["2027-03-17"]}
    with pytest.raises(NightsNotOpen):
        take(cast.beta, Move(double, D14, D15, Bucket.SOLD, 1))
    with pytest.raises(NightsNotOpen, match="Unknown room type"):
        take(house, Move(10**12, D14, D15, Bucket.SOLD, 1))
    assert counters(house) == {}


def test_moving_nothing_asks_nothing(house, django_assert_num_queries):
    with django_assert_num_queries(0):
        inventory_move(property_id=house.pk, moves=[])


def test_a_move_is_one_round_trip(house, django_assert_num_queries):
    moves = [Move(types(house)[code].pk, D14, D17, Bucket.SOLD, 1) for code in ("DBL", "SGL")]
    with django_assert_num_queries(1):
        inventory_move(property_id=house.pk, moves=moves)


def test_day_use_has_a_pool_of_its_own(cast):
    place = cast.alpha
    double = room_type_make(place, day_use_limit=2)
    rooms_make(place, double, 3)
    inventory_ready(place, D14, D15)
    take(place, Move(double.pk, D14, D15, Bucket.SOLD, 3), Move(double.pk, D14, D15, Bucket.DAY_SOLD, 2))
    with pytest.raises(RoomTypeSoldOut) as refusal:
        take(place, Move(double.pk, D14, D15, Bucket.DAY_SOLD, 1))
    assert refusal.value.extra["free"] == 0
    take(place, Move(double.pk, D14, D15, Bucket.DAY_SOLD, -2))
    assert counters(place, "day_sold") == {}


@pytest.mark.parametrize(
    "write",
    [
        lambda rows: rows.update(sold=1),
        lambda rows: rows.delete(),
        lambda rows: InventoryNight.objects.create(property=rows[0].property, night=D17),
        lambda rows: rows[0].save(),
    ],
)
def test_nobody_else_writes_counters(house, write):
    before = night_counts(house.pk, D14, D17)
    with pytest.raises(DatabaseError, match="rooms_inventory_"), transaction.atomic():
        write(InventoryNight.objects.at(house.pk))
    take(house, Move(types(house)["DBL"].pk, D14, D15, Bucket.SOLD, 1))
    with pytest.raises(DatabaseError, match="rooms_inventory_"), transaction.atomic():
        write(InventoryNight.objects.at(house.pk))
    assert len(night_counts(house.pk, D14, D17)) == len(before)


def test_the_constraints_stand_behind_the_functions(house):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('auberge.inventory_writer', 'on', true)")
    for change in ({"sold": 6}, {"day_sold": 1}, {"held": -1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            InventoryNight.objects.at(house.pk).filter(room_type=None).update(**change)


def test_opening_is_repeatable_and_keeps_what_is_sold(house):
    double = types(house)["DBL"].pk
    take(house, Move(double, D14, D15, Bucket.SOLD, 1))
    assert inventory_open(place=house, until=D17) == 0
    assert inventory_open(place=house, until=D17 + timedelta(days=2)) == 2 * 5
    assert counters(house) == {("DBL", 14): 1, (None, 14): 1}
    assert inventory_open(place=house, until=D14) == 0


def test_opening_tells_and_takes_the_house_overbooking_of_the_setting(house):
    PropertySetting.objects.create(
        property=house, key=SettingKey.OVERBOOKING_HOUSE, value=2, valid_from=date(2027, 1, 1)
    )
    OutboxMessage.objects.all().delete()
    inventory_open(place=house, until=D17 + timedelta(days=1))
    assert counters(house, "overbooking") == {(None, 17): 2}
    (message,) = OutboxMessage.objects.filter(topic=AvailabilityChanged.__name__)
    assert message.payload["first_night"] == "2027-03-14"
    assert message.payload["last_night"] == "2027-03-17"


def test_opening_a_wing_raises_capacity_from_its_day(house):
    double = types(house)["DBL"]
    for number in ("301", "302"):
        room_make(house, double, number, opened_on=D16)
    assert inventory_recount(place=house) == 3  # DBL, DBV and the house on the 16th
    assert counters(house, "capacity")["DBL", 15] == 3
    assert counters(house, "capacity")["DBL", 16] == 5
    assert counters(house, "capacity")["DBV", 16] == 5
    assert counters(house, "capacity")[None, 16] == 7


def test_recounting_below_what_is_sold_is_refused_with_the_nights(house):
    double = types(house)["DBL"]
    take(house, Move(double.pk, D15, D17, Bucket.SOLD, 3))
    Room.objects.filter(number="103").update(closed_on=D16)
    with pytest.raises(CapacityInUse) as refusal, transaction.atomic():
        inventory_recount(place=house, room_type_ids=[double.pk])
    assert refusal.value.extra["nights"] == [{"night": "2027-03-16", "room_type": double.pk, "short": 1}]
    assert counters(house, "capacity")["DBL", 16] == 3


def test_a_hold_of_a_part_closes_the_suite_and_the_other_way_round(house):
    def hold(number, day):
        room = Room.objects.get(property=house, number=number)
        RoomBlock.objects.create(
            property=house,
            room=room,
            kind="out_of_order",
            start_on=day,
            end_on=day + timedelta(days=1),
            reason="x",
        )

    hold("102", D14)
    hold("101+102", D15)
    inventory_recount(place=house)
    assert counters(house, "out_of_order") == {
        ("DBL", 14): 1, ("DBV", 14): 1, ("STE", 14): 1, (None, 14): 1,
        ("DBL", 15): 2, ("DBV", 15): 2, ("STE", 15): 1, (None, 15): 2,
    }  # fmt: skip


def test_overbooking_below_what_is_sold_is_refused(house):
    single = types(house)["SGL"]
    overbooking_set(place=house, room_type=single, start=D14, end=D16, quantity=1)
    take(house, Move(single.pk, D14, D15, Bucket.SOLD, 3))
    with pytest.raises(CapacityInUse) as refusal, transaction.atomic():
        overbooking_set(place=house, room_type=single, start=D14, end=D16, quantity=0)
    assert refusal.value.extra["nights"] == [{"night": "2027-03-14", "room_type": single.pk, "short": 1}]
    with pytest.raises(NightsNotOpen), transaction.atomic():
        overbooking_set(place=house, start=D16, end=D17 + timedelta(days=1), quantity=1)
    assert counters(house, "overbooking") == {("SGL", 14): 1, ("SGL", 15): 1}


def test_counters_of_a_type_that_sold_are_not_forgotten(house):
    single = types(house)["SGL"]
    take(house, Move(single.pk, D14, D15, Bucket.HELD, 1))
    with pytest.raises(CapacityInUse), transaction.atomic():
        inventory_forget(room_type=single)
    take(house, Move(single.pk, D14, D15, Bucket.HELD, -1))
    inventory_forget(room_type=single)
    assert not InventoryNight.objects.filter(room_type=single).exists()


def test_the_function_sums_as_the_specification_does(house):
    pks = {code: room_type.pk for code, room_type in types(house).items()}
    moves = [
        Move(pks["STE"], D14, D16, Bucket.SOLD, 1),
        Move(pks["DBV"], D15, D17, Bucket.HELD, 1),
        Move(pks["SGL"], D14, D17, Bucket.BLOCKED, 2),
        Move(pks["SGL"], D16, D17, Bucket.BLOCKED, -1),
    ]
    take(house, *moves)
    found = {
        (row.room_type_id, row.night, bucket): getattr(row, bucket.value)
        for row in InventoryNight.objects.at(house.pk)
        for bucket in Bucket
        if getattr(row, bucket.value)
    }
    assert found == deltas(moves, vectors(house.pk))
