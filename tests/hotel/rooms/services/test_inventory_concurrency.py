"""Thirty-two people sell the last rooms at once: never too many, never stuck, and every counter exact.

The naive control at the end sells in the usual wrong way in the same harness and must be caught overselling:
a check that cannot fail would prove nothing.
"""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from hotel.core.exceptions import NotAvailable
from hotel.core.invariants import Invariant
from hotel.core.locks import LockRefused
from hotel.properties.models import Chain
from hotel.rooms.domain.moves import deltas
from hotel.rooms.invariants import invariants
from hotel.rooms.models import InventoryNight, Room, RoomBlock, RoomType, RoomTypePart
from hotel.rooms.selectors.inventory import night_counts, vectors
from hotel.rooms.services.blocks import BlockData, block_create, block_release
from hotel.rooms.services.inventory import (
    Bucket,
    Move,
    inventory_move,
    inventory_open,
    overbooking_set,
    structure_lock,
)
from hotel.rooms.services.room_types import (
    RoomTypeContents,
    RoomTypeInUse,
    room_type_change,
    structure_refresh,
)
from tests.cast import make_property
from tests.factories.rooms import inventory_ready, room_make, room_type_make, rooms_make
from tests.hotel.rooms.storm import meanwhile, storm
from tests.structure import by_owner

pytestmark = pytest.mark.django_db(transaction=True)

FIRST, NIGHTS, ACTORS = date(2027, 3, 14), 14, 32
END = FIRST + timedelta(days=NIGHTS)


@pytest.fixture
def place():
    chain = Chain.objects.create(code="CAST", name="Cast Hotels")
    return make_property(
        chain, "ALPHA", name="Alpha", time_zone="Europe/Vienna", currency="EUR", country="AT"
    )


def violations() -> dict[str, list]:
    """Name of each broken invariant of rooms to its violations."""

    def rows(invariant: Invariant) -> list:
        with connection.cursor() as cursor:
            cursor.execute(invariant.sql)
            return cursor.fetchall()

    return {invariant.name: found for invariant in invariants() if (found := rows(invariant))}


def expect(place, told, bucket: Bucket = Bucket.SOLD) -> None:
    """Nothing broke, nobody was stuck, the counters are the sum of what was acknowledged, nothing is oversold."""
    assert told.broken == []
    assert told.deadlocks == 0
    moves = [move for kept in told.kept for done in kept for move in done]
    found = {
        (row.room_type_id, row.night, each): getattr(row, each.value)
        for row in InventoryNight.objects.at(place.pk)
        for each in Bucket
        if getattr(row, each.value)
    }
    assert found == deltas(moves, vectors(place.pk))
    assert min(count.free for count in night_counts(place.pk, FIRST, END)) >= 0
    assert violations() == {}


def stay(random, type_ids: list[int]) -> tuple[int, date, date]:
    start = random.randrange(NIGHTS - 1)
    end = min(NIGHTS, start + random.randint(1, 7))
    return random.choice(type_ids), FIRST + timedelta(days=start), FIRST + timedelta(days=end)


def clerk(place, type_ids: list[int]):
    """Books, changes and cancels its own stays; returns the moves it was told were done."""
    own: dict[int, list[Move]] = {}

    def act(actor, random):
        mine, dice = own.setdefault(actor, []), random.random()
        new = [Move(*stay(random, type_ids), Bucket.SOLD, 1)]
        if mine and dice < 0.3:
            old, new = mine[-1], []
        elif mine and dice < 0.5:
            old = mine[-1]
        else:
            old = None
            new += [Move(*stay(random, type_ids), Bucket.SOLD, 1)] if dice > 0.9 else []
        back = [Move(old.room_type_id, old.start, old.end, old.bucket, -1)] if old else []
        with transaction.atomic():
            inventory_move(property_id=place.pk, moves=[*new, *back])
        if old:
            mine.pop()
        mine.extend(new)
        return [*new, *back]

    return act


def test_a_hot_type_at_the_edge_of_sold_out(place):
    double = room_type_make(place)
    rooms_make(place, double, 10)
    inventory_ready(place, FIRST, END)
    told = storm(clerk(place, [double.pk]), actors=ACTORS, rounds=16)
    expect(place, told)
    assert told.refused["room_type_sold_out"] > 20, "the storm never reached the edge"


def test_suites_virtual_types_and_the_house_at_once(place):
    double, single = room_type_make(place, "DBL"), room_type_make(place, "SGL")
    doubles = rooms_make(place, double, 6)
    rooms_make(place, single, 4, first=201)
    virtual = room_type_make(place, "DBV", kind="virtual", base_type=double)
    suite = room_type_make(place, "STE", kind="component", parts={double: 2, single: 1})
    part = Room.objects.get(number="201")
    room_make(place, suite, "S1", parts=(doubles[0], doubles[1], part))
    inventory_ready(place, FIRST, END)
    ids = [double.pk, single.pk, virtual.pk, suite.pk]
    told = storm(clerk(place, ids), actors=ACTORS, rounds=12)
    expect(place, told)
    assert told.refused["room_type_sold_out"] > 20, "the storm never reached the edge"


def test_holds_come_and_go_while_rooms_are_sold(place):
    double = room_type_make(place)
    rooms = rooms_make(place, double, 8)
    inventory_ready(place, FIRST, END)
    sell = clerk(place, [double.pk])

    def act(actor, random):
        if actor >= 8:
            return sell(actor, random)
        room = rooms[actor]
        active = RoomBlock.objects.filter(room=room, released_at=None).first()
        if active:
            block_release(block=active)
        else:
            start = FIRST + timedelta(days=random.randrange(NIGHTS - 3))
            kind = random.choice(["out_of_order", "out_of_inventory"])
            block_create(room=room, data=BlockData(kind, start, start + timedelta(days=3), "paint"))
        return []

    told = storm(act, actors=24, rounds=8)
    expect(place, told)
    assert RoomBlock.objects.exists()


def test_a_vector_never_changes_under_a_sale(place):
    double = room_type_make(place)
    rooms_make(place, double, 40)
    suite = room_type_make(place, "STE", kind="component", parts={double: 1})
    inventory_ready(place, FIRST, END)
    # The suite has no room yet: let some be sold, so that the sale races the change of its parts.
    overbooking_set(place=place, room_type=suite, start=FIRST, end=END, quantity=8)

    def act(actor, random):
        if actor % 2:
            with transaction.atomic():
                move = Move(suite.pk, FIRST, END, Bucket.SOLD, 1)
                inventory_move(property_id=place.pk, moves=[move])
            return [move]
        try:
            room_type_change(room_type=suite, contents=RoomTypeContents(parts={double: random.randint(1, 3)}))
        except RoomTypeInUse:
            return []
        return []

    told = storm(act, actors=8, rounds=3)
    moves = [move for kept in told.kept for done in kept for move in done]
    assert told.broken == []
    assert told.deadlocks == 0
    found = {
        (row.room_type_id, row.night, Bucket.SOLD): row.sold
        for row in InventoryNight.objects.at(place.pk)
        if row.sold
    }
    assert found == deltas(moves, vectors(place.pk))
    assert violations() == {}


def test_a_sale_waits_for_a_change_of_vectors_and_uses_the_new_one(place):
    double = room_type_make(place)
    rooms_make(place, double, 9)
    suite = room_type_make(place, "STE", kind="component", parts={double: 1})
    inventory_ready(place, FIRST, END)
    overbooking_set(place=place, room_type=suite, start=FIRST, end=END, quantity=1)
    with transaction.atomic():
        structure_lock(property_id=place.pk)
        RoomTypePart.objects.filter(room_type=suite).update(quantity=3)
        structure_refresh(room_type=suite)
        move = Move(suite.pk, FIRST, END, Bucket.SOLD, 1)
        sale, outcome = meanwhile(lambda: inventory_move(property_id=place.pk, moves=[move]))
        assert sale.is_alive()
    sale.join(60)
    assert outcome == [None]
    assert InventoryNight.objects.get(room_type=double, night=FIRST).sold == 3
    assert violations() == {}


def test_a_hold_waits_for_nights_being_opened_and_counts_on_them(place):
    room = rooms_make(place, room_type_make(place), 2)[0]
    with transaction.atomic():
        inventory_open(place=place, until=END)
        data = BlockData("out_of_order", FIRST, END, "paint")
        hold, outcome = meanwhile(lambda: block_create(room=room, data=data))
        assert hold.is_alive()
    hold.join(60)
    assert isinstance(outcome[0], RoomBlock)
    assert InventoryNight.objects.get(room_type=None, night=FIRST).out_of_order == 1
    assert violations() == {}


def test_the_later_of_two_holds_counts_both(place):
    rooms = rooms_make(place, room_type_make(place), 3)
    inventory_ready(place, FIRST, END)
    data = BlockData("out_of_inventory", FIRST, END, "paint")
    with transaction.atomic():
        block_create(room=rooms[0], data=data)
        hold, outcome = meanwhile(lambda: block_create(room=rooms[1], data=data))
        assert hold.is_alive()
    hold.join(60)
    assert isinstance(outcome[0], RoomBlock)
    assert InventoryNight.objects.get(room_type=None, night=FIRST).capacity == 1
    assert violations() == {}


def test_a_lock_that_is_not_let_go_is_refused(place):
    double = room_type_make(place)
    rooms_make(place, double, 3)
    inventory_ready(place, FIRST, END)
    move = Move(double.pk, FIRST, END, Bucket.SOLD, 1)
    with transaction.atomic():
        inventory_move(property_id=place.pk, moves=[move])
        sale, outcome = meanwhile(lambda: inventory_move(property_id=place.pk, moves=[move]), patience=60)
        assert not sale.is_alive()
    assert [type(error) for error in outcome] == [LockRefused]
    assert InventoryNight.objects.get(room_type=None, night=FIRST).sold == 1


def test_two_openers_open_each_night_once(place):
    double = room_type_make(place)
    rooms_make(place, double, 3)
    told = storm(lambda actor, random: inventory_open(place=place, until=END), actors=6)
    assert told.broken == []
    assert sorted(made for kept in told.kept for made in kept) == [0, 0, 0, 0, 0, 2 * NIGHTS]
    assert RoomType.objects.count() == 1
    assert violations() == {}


def test_the_naive_way_oversells_in_the_same_storm(place):
    rooms = 2
    with by_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE naive_sale (id serial PRIMARY KEY, night date)")
        cursor.execute("GRANT ALL ON naive_sale, naive_sale_id_seq TO PUBLIC")
    try:

        def act(actor, random):
            night = FIRST + timedelta(days=random.randrange(NIGHTS))
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM naive_sale WHERE night = %s", [night])
                if cursor.fetchone()[0] >= rooms:
                    raise NotAvailable("sold out")
                cursor.execute("INSERT INTO naive_sale (night) VALUES (%s)", [night])
            return night

        told = storm(act, actors=ACTORS, rounds=10)
        assert told.broken == []
        sold = Counter(night for kept in told.kept for night in kept)
        assert max(sold.values()) > rooms, "the control must oversell, else the storm proves nothing"
    finally:
        with by_owner(), connection.cursor() as cursor:
            cursor.execute("DROP TABLE naive_sale")
