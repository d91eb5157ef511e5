"""Physical occupancy: a room is never taken twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from psycopg.types.range import TimestamptzRange

from hotel.properties.models import Chain
from hotel.rooms.models import RoomOccupancy
from hotel.rooms.services.occupancy import RoomTaken, claim_move, room_claim, room_release, rooms_lock
from tests.cast import make_property
from tests.contracts.queries import PEEKED, rows_read
from tests.factories.rooms import room_make, room_type_make, rooms_make
from tests.hotel.rooms.storm import storm


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2027, 3, day, hour, tzinfo=UTC)


def taken() -> list[tuple[str, int, int]]:
    rows = RoomOccupancy.objects.order_by("room__number", "during").select_related("room")
    return [(row.room.number, row.during.lower.day, row.during.upper.day) for row in rows]


@pytest.fixture
def rooms(cast):
    return rooms_make(cast.alpha, room_type_make(cast.alpha), 3)


@pytest.fixture
def suite(cast, rooms):
    kind = room_type_make(cast.alpha, "STE", kind="component", parts={rooms[0].room_type: 2})
    return room_make(cast.alpha, kind, "S1", parts=(rooms[0], rooms[1]))


def test_a_claim_takes_the_room_half_open(rooms):
    room_claim(room=rooms[0], start=at(14, 14), end=at(16, 10), kind="stay")
    room_claim(room=rooms[0], start=at(16, 10), end=at(17), kind="day_use")
    room_claim(room=rooms[1], start=at(14, 14), end=at(16, 10), kind="stay")
    assert taken() == [("101", 14, 16), ("101", 16, 17), ("102", 14, 16)]


def test_a_taken_room_is_refused_with_what_is_there(rooms):
    first = room_claim(room=rooms[0], start=at(14), end=at(16), kind="stay")
    second = room_claim(room=rooms[0], start=at(18), end=at(19), kind="block")
    with pytest.raises(RoomTaken) as refusal:
        room_claim(room=rooms[0], start=at(15), end=at(20), kind="stay")
    assert (refusal.value.code, refusal.value.status) == ("room_taken", 409)
    extra = refusal.value.extra
    assert (extra["room"], extra["from"]) == ("101", "2027-03-14T12:00:00+00:00")
    assert [(row["occupancy"], row["kind"]) for row in extra["taken"]] == [
        (first.pk, "stay"),
        (second.pk, "block"),
    ]
    assert taken() == [("101", 14, 16), ("101", 18, 19)]


def test_a_suite_takes_its_parts_and_a_taken_part_closes_the_suite(rooms, suite):
    claim = room_claim(room=suite, start=at(14), end=at(16), kind="stay")
    assert taken() == [("101", 14, 16), ("102", 14, 16), ("S1", 14, 16)]
    with pytest.raises(RoomTaken) as refusal:
        room_claim(room=rooms[1], start=at(15), end=at(17), kind="stay")
    assert refusal.value.extra["taken"][0]["occupancy"] == claim.pk
    room_claim(room=rooms[1], start=at(16), end=at(17), kind="stay")
    with pytest.raises(RoomTaken):
        room_claim(room=suite, start=at(16), end=at(17), kind="stay")


def test_moving_a_claim_in_time_does_not_collide_with_itself(suite):
    claim = room_claim(room=suite, start=at(14), end=at(16), kind="stay")
    moved = claim_move(occupancy=claim, start=at(15), end=at(18))
    assert moved.pk == claim.pk
    assert taken() == [("101", 15, 18), ("102", 15, 18), ("S1", 15, 18)]


def test_moving_a_claim_to_another_room_frees_the_parts(rooms, suite):
    claim = room_claim(room=suite, start=at(14), end=at(16), kind="stay")
    claim_move(occupancy=claim, room=rooms[0])
    assert taken() == [("101", 14, 16)]
    claim_move(occupancy=claim, room=suite)
    assert taken() == [("101", 14, 16), ("102", 14, 16), ("S1", 14, 16)]


def test_a_refused_move_changes_nothing(rooms):
    claim = room_claim(room=rooms[0], start=at(14), end=at(16), kind="stay")
    room_claim(room=rooms[1], start=at(15), end=at(17), kind="stay")
    for change in ({"room": rooms[1]}, {"room": rooms[1], "end": at(18)}):
        with pytest.raises(RoomTaken):
            claim_move(occupancy=claim, **change)
    assert taken() == [("101", 14, 16), ("102", 15, 17)]


def test_release_frees_the_room_and_its_parts(suite):
    room_release(occupancy=room_claim(room=suite, start=at(14), end=at(16), kind="stay"))
    assert taken() == []


def test_the_constraint_stands_behind_writers_without_a_lock(rooms, cast, monkeypatch):
    room_claim(room=rooms[0], start=at(14), end=at(16), kind="stay")
    during = TimestamptzRange(at(15), at(17))
    with pytest.raises(IntegrityError, match="room_taken_once"), transaction.atomic():
        RoomOccupancy.objects.create(property=cast.alpha, room=rooms[0], during=during, kind="stay")
    monkeypatch.setattr("hotel.rooms.services.occupancy._refuse_overlaps", lambda *args, **kwargs: None)
    with pytest.raises(RoomTaken):
        room_claim(room=rooms[0], start=at(15), end=at(17), kind="stay")
    with pytest.raises(IntegrityError, match="room_occupancy_bounded"), transaction.atomic():
        RoomOccupancy.objects.create(
            property=cast.alpha, room=rooms[1], during=TimestamptzRange(at(15), None), kind="stay"
        )


def test_locking_gives_only_the_rooms_asked_for(rooms, suite):
    assert [room.number for room in rooms_lock(room_ids=[suite.pk, rooms[2].pk])] == ["103", "S1"]


def test_locking_reads_no_other_rooms(cast, rooms):
    rooms_make(cast.beta, room_type_make(cast.beta), 9)
    read = rows_read("rooms_room", lambda: rooms_lock(room_ids=[rooms[0].pk]))
    assert 2 <= read <= 2 + PEEKED  # found among those asked for, and locked


@pytest.mark.django_db(transaction=True)
def test_of_many_who_want_one_room_one_gets_it_and_nobody_is_stuck():
    chain = Chain.objects.create(code="CAST", name="Cast Hotels")
    place = make_property(chain, "A", name="A", time_zone="Europe/Vienna", currency="EUR", country="AT")
    rooms = rooms_make(place, room_type_make(place), 4)
    kind = room_type_make(place, "STE", kind="component", parts={rooms[0].room_type: 2})
    suites = [
        room_make(place, kind, "S1", parts=(rooms[0], rooms[1])),
        room_make(place, kind, "S2", parts=(rooms[1], rooms[2])),
    ]

    def act(actor, random):
        room = random.choice([*rooms, *suites])
        start = at(14) + timedelta(days=random.randrange(4))
        return room_claim(room=room, start=start, end=start + timedelta(days=2), kind="stay")

    told = storm(act, actors=16, rounds=4)
    assert told.broken == []
    assert told.deadlocks == 0
    assert told.refused["room_taken"] > 20
    claims = [claim for kept in told.kept for claim in kept]
    assert RoomOccupancy.objects.filter(part_of=None).count() == len(claims)
    suite_claims = [claim for claim in claims if claim.room_id in {suite.pk for suite in suites}]
    assert RoomOccupancy.objects.exclude(part_of=None).count() == 2 * len(suite_claims)
