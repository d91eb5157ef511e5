"""The worked table of docs/algorithms/availability.md, walked through the real functions of the database."""

import re
from datetime import date, timedelta

import pytest
from django.db import transaction

from hotel.core.exceptions import NotAvailable
from hotel.rooms.models import Room
from hotel.rooms.selectors.inventory import day_sellable, night_counts, sellable
from hotel.rooms.services.blocks import BlockData, block_create
from hotel.rooms.services.inventory import Bucket, Move, inventory_move, overbooking_set
from tests.cast import TODAY
from tests.factories.rooms import inventory_ready, room_make, room_type_make, rooms_make
from tests.pages import worked_table

NIGHT = TODAY + timedelta(30)
BUCKETS = {"sell": Bucket.SOLD, "block": Bucket.BLOCKED, "hold": Bucket.HELD, "day use": Bucket.DAY_SOLD}
REFUSALS = {"sold out": "room_type_sold_out", "in use": "capacity_in_use"}


@pytest.fixture
def house(cast):
    """Five doubles, a suite of the first two, twin beds on request."""
    double = room_type_make(cast.alpha, "DBL", day_use_limit=2)
    rooms = rooms_make(cast.alpha, double, 5)
    suite = room_type_make(cast.alpha, "SUI", kind="component", parts={double: 2})
    room_make(cast.alpha, suite, "S1", parts=(rooms[0], rooms[1]))
    twin = room_type_make(cast.alpha, "TWN", kind="virtual", base_type=double)
    return {"place": cast.alpha, "DBL": double, "SUI": suite, "TWN": twin, "rooms": iter(rooms[::-1])}


def do(house, said: str) -> None:
    """What a row of the table says."""
    place, past = house["place"], NIGHT + timedelta(1)
    if said == "open":
        inventory_ready(place, NIGHT, past)
    elif found := re.fullmatch(r"put 1 room (out of \w+)", said):
        room: Room = next(house["rooms"])
        data = BlockData(kind=found[1].replace(" ", "_"), start_on=NIGHT, end_on=past, reason="Paint")
        block_create(room=room, data=data)
    elif found := re.fullmatch(r"overbook (\w+) by (\d)", said):
        room_type = None if found[1] == "house" else house[found[1]]
        overbooking_set(place=place, start=NIGHT, end=past, quantity=int(found[2]), room_type=room_type)
    else:
        verb, count, code = re.fullmatch(r"(.+) (\d) (\w+)", said).groups()
        inventory_move(property_id=place.pk, moves=moves(verb, int(count), house[code].pk, past))


def moves(verb: str, count: int, type_id: int, past: date) -> list[Move]:
    if verb == "pick up":
        parts = [(Bucket.BLOCKED, -count), (Bucket.SOLD, count)]
    elif verb == "release":
        parts = [(Bucket.HELD, -count)]
    else:
        parts = [(BUCKETS[verb], count)]
    return [Move(type_id, NIGHT, past, bucket, quantity) for bucket, quantity in parts]


def shown(house) -> dict[str, str]:
    """The columns of the table, from the database."""
    place, past = house["place"], NIGHT + timedelta(1)
    codes = {None: "House", **{house[code].pk: code for code in ("DBL", "SUI", "TWN")}}
    free = {f"{codes[c.room_type_id]} free": c.free for c in night_counts(place.pk, NIGHT, past)}
    can = {
        f"{codes[pk]} sellable": by_night[NIGHT] for pk, by_night in sellable(place.pk, NIGHT, past).items()
    }
    day = {"Day use left": day_sellable(place.pk, NIGHT)[house["DBL"].pk]}
    return {title: str(value) for title, value in {**free, **can, **day}.items()}


def test_the_night_of_the_page(house):
    for line in worked_table("availability", "One night"):
        said, _, refusal = line.pop("Do").partition(": ")
        if refusal:
            with pytest.raises(NotAvailable) as refused, transaction.atomic():
                do(house, said)
            assert refused.value.code == REFUSALS[refusal], said
        else:
            do(house, said)
        found = shown(house)
        assert {title: found[title] for title in line} == line, said
