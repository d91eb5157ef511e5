"""A list that was looked at is picked up as it was seen, by one of those who try."""

from datetime import date, timedelta

import pytest

from hotel.core.exceptions import InvalidInput
from hotel.guests.models import Guest
from hotel.reservations.domain.rooming import RoomingPerson
from hotel.reservations.models import BlockNight, Reservation
from hotel.reservations.selectors.rooming import rooming_plan
from hotel.reservations.services.blocks import block_cut_off
from hotel.reservations.services.pick_up import RoomingListRefused
from hotel.reservations.services.rooming import (
    RoomingChoices,
    RoomingListStale,
    beaten_words,
    rooming_look,
    rooming_take,
)
from tests.factories.guests import guest_make
from tests.factories.reservations import group_block_make, house_make

NONE = RoomingChoices()


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=4)


def person(block, line=2, name="Berg", **over):
    values = {"arrival": block.arrival, "departure": block.departure, "room_type": "DBL", **over}
    return RoomingPerson(line=line, last_name=name, **values)


def looked(block, people, choices=NONE):
    return rooming_look(block=block, people=people, choices=choices, actor=None)


def taken(block, people, seen, choices=NONE):
    return rooming_take(
        block=block, people=people, choices=choices, seen=[room.seen for room in seen], actor=None
    )


def picked(block):
    return list(BlockNight.objects.filter(block=block).order_by("night").values_list("picked_up", flat=True))


def test_looking_says_what_picking_up_does_and_keeps_nothing(house):
    block = group_block_make(house.place, rooms=1, control="elastic", shoulder_days=1)
    day = timedelta(days=1)
    people = [
        person(block),
        person(block, 3, "Moser", departure=block.departure + day),
        person(block, 4, "Roth", departure=block.departure + 2 * day),
    ]
    plan = looked(block, people)
    assert [(room.from_block, room.from_house) for room in plan] == [(2, 0), (0, 3), (0, 0)]
    assert plan[2].reasons == ["The block has no DBL on Thu 18 Mar."]
    assert (Reservation.objects.count(), Guest.objects.count(), picked(block)) == (0, 0, [0, 0])
    assert house.counted("sold", days=4) == [0, 0, 0, 0]


def test_it_does_what_was_seen(house):
    block = group_block_make(house.place, rooms=1, control="elastic", shoulder_days=1)
    people = [person(block), person(block, 3, "Moser", departure=block.departure + timedelta(days=1))]
    made = taken(block, people, looked(block, people))
    assert [str(stay.primary_guest) for stay in made] == ["Berg", "Moser"]
    assert (picked(block), house.counted("sold", days=4), house.counted("blocked", days=4)) == (
        [2, 2], [0, 2, 2, 1], [0, 0, 0, 0],
    )  # fmt: skip


def test_a_full_house_refuses_beyond_the_block_and_says_so_when_looked_at(house):
    block = group_block_make(house.place, rooms=1, control="elastic")
    house.book(*[house.stay() for _ in range(3)])
    people = [person(block), person(block, 3, "Moser")]
    plan = looked(block, people)
    assert ([room.line for room in plan if room.reasons], len(plan[1].reasons)) == ([3], 1)
    with pytest.raises(RoomingListRefused) as refused:
        taken(block, people, rooming_plan(block, people))
    assert "Line 3:" in beaten_words(refused.value)
    assert (picked(block), Guest.objects.count()) == ([0, 0], 0)


def test_a_cut_off_meanwhile_makes_them_rooms_of_the_house_which_nobody_saw(house):
    block = group_block_make(house.place)
    people = [person(block)]
    seen = looked(block, people)
    block_cut_off(block=block)
    with pytest.raises(RoomingListStale) as stale:
        taken(block, people, seen)
    assert stale.value.extra == {"lines": [2]}
    assert stale.value.message == (
        "Somebody was faster, and nothing was picked up: line 2, Berg: 2 nights are now from the house."
    )
    assert (picked(block), Reservation.objects.count()) == ([0, 0], 0)


def test_who_was_picked_up_meanwhile_is_named_with_his_number(house):
    block = group_block_make(house.place)
    people = [person(block)]
    seen = looked(block, people)
    (made,) = taken(block, people, seen)
    with pytest.raises(RoomingListStale) as stale:
        taken(block, people, seen)
    assert f"line 2, Berg: picked up meanwhile as {made.number}." in stale.value.message
    assert picked(block) == [1, 1]


def test_a_list_with_nothing_to_pick_up_is_refused(house):
    block = group_block_make(house.place)
    people = [person(block)]
    taken(block, people, looked(block, people))
    with pytest.raises(InvalidInput) as refused:
        taken(block, people, looked(block, people))
    assert (refused.value.code, picked(block)) == ("rooming_list_empty", [1, 1])


def test_one_profile_is_not_two_guests_of_a_room(house):
    block = group_block_make(house.place)
    anna = guest_make(house.place)
    people = [person(block, sharer="1"), person(block, 3, sharer="1")]
    plan = looked(block, people, RoomingChoices(profiles={2: anna, 3: anna}))
    assert plan[0].reasons == ["One profile cannot be two guests of a room."]
    assert Reservation.objects.count() == 0


def test_notes_of_everybody_in_a_room_are_the_note_of_the_stay(house):
    block = group_block_make(house.place)
    people = [
        person(block, sharer="1", notes="Quiet", birth_date=date(1980, 1, 31)),
        person(block, 3, "Moser", sharer="1", notes="Vegan"),
    ]
    (made,) = taken(block, people, looked(block, people))
    assert [note.text for note in made.notes.all()] == ["Quiet\nMoser: Vegan"]
    assert made.primary_guest.birth_date == date(1980, 1, 31)
