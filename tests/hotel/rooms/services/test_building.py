"""Rooms made by the dozen: all or none, with their floors, and once though two make them."""

from datetime import timedelta

import pytest

from hotel.properties.models import Floor
from hotel.rooms.domain.numbers import numbers_of
from hotel.rooms.models import InventoryNight, Room
from hotel.rooms.selectors.inventory import sellable_min
from hotel.rooms.services.building import rooms_build
from hotel.rooms.services.rooms import RoomNumberTaken
from tests.cast import TODAY, make_cast
from tests.contracts.queries import queries_of
from tests.factories.properties import building_make
from tests.factories.rooms import room_make, room_type_make
from tests.together import together


@pytest.fixture
def double(cast):
    return room_type_make(cast.alpha)


def test_rooms_stand_on_the_floors_that_their_numbers_tell_and_are_sold_tonight(cast, double):
    made = rooms_build(place=cast.alpha, room_type=double, numbers=numbers_of("101-103, 201-202"))

    assert [(room.number, room.floor.level, room.building.code) for room in made] == [
        ("101", 1, "MAIN"),
        ("102", 1, "MAIN"),
        ("103", 1, "MAIN"),
        ("201", 2, "MAIN"),
        ("202", 2, "MAIN"),
    ]
    assert {room.opened_on for room in made} == {TODAY}
    assert sellable_min(cast.alpha.pk, TODAY, TODAY + timedelta(days=1), [double.pk]) == {double.pk: 5}
    nights = InventoryNight.objects.filter(property=cast.alpha, room_type=double)
    assert nights.count() == 730


def test_further_rooms_use_the_building_and_the_floors_that_are_there(cast, double):
    wing = building_make(cast.alpha, code="WING", name="Wing")
    rooms_build(place=cast.alpha, room_type=double, numbers=["101"])
    rooms_build(place=cast.alpha, room_type=double, numbers=["102", "301"])

    assert list(Floor.objects.at(cast.alpha.pk).values_list("building", "level")) == [
        (wing.pk, 1),
        (wing.pk, 3),
    ]


def test_the_nights_are_counted_once_however_many_rooms_are_made(cast, double):
    rooms_build(place=cast.alpha, room_type=double, numbers=["101"])

    def counts(*numbers) -> int:
        sent = queries_of(lambda: rooms_build(place=cast.alpha, room_type=double, numbers=numbers))
        return sum("rooms_inventory_recount(" in sql for sql in sent)

    assert (counts("102"), counts("103", "104", "105")) == (1, 1)
    assert sellable_min(cast.alpha.pk, TODAY, TODAY + timedelta(days=1), [double.pk]) == {double.pk: 5}


def test_one_number_that_is_taken_keeps_all_from_being_made(cast, double):
    room_make(cast.alpha, double, "102")
    with pytest.raises(RoomNumberTaken, match="102") as refused:
        rooms_build(place=cast.alpha, room_type=double, numbers=numbers_of("101-103"))

    assert refused.value.extra == {"numbers": ["102"]}
    assert list(Room.objects.at(cast.alpha.pk).values_list("number", flat=True)) == ["102"]
    assert not Floor.objects.at(cast.alpha.pk).exists()


def test_the_number_of_a_room_that_is_closed_is_free(cast, double):
    room_make(cast.alpha, double, "101", closed_on=TODAY)
    rooms_build(place=cast.alpha, room_type=double, numbers=["101"])
    assert Room.objects.at(cast.alpha.pk).filter(closed_on=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_make_the_same_rooms_at_once_make_them_once():
    cast = make_cast()
    double = room_type_make(cast.alpha)
    numbers = numbers_of("101-112")

    answers = together(*[lambda: rooms_build(place=cast.alpha, room_type=double, numbers=numbers)] * 2)

    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert [type(error) for error in refused] == [RoomNumberTaken]
    assert list(Room.objects.at(cast.alpha.pk).order_by("number").values_list("number", flat=True)) == list(
        numbers
    )
    assert sellable_min(cast.alpha.pk, TODAY, TODAY + timedelta(days=1), [double.pk]) == {double.pk: 12}
