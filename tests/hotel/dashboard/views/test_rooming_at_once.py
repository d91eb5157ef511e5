"""Two people at one block, at the same instant: its last room, and one list confirmed twice."""

import pytest
from django.test import Client

from hotel.reservations.models import BlockNight, Reservation
from tests.cast import make_cast
from tests.factories.reservations import group_block_make, house_make
from tests.hotel.reservations.test_invariants import violated
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast():
    return make_cast()


def desk_of(person):
    client = Client()
    client.force_login(person)
    return client


def looked(client, block, name):
    page = client.post(f"/dashboard/blocks/{block.pk}/rooming-list", {"text": f"Name\n{name}"})
    assert page.status_code == 200
    return page.context["list"]


def taken(client, block, told):
    answer = client.post(
        f"/dashboard/blocks/{block.pk}/rooming-list", {"list": told, "take": ""}, follow=True
    )
    assert answer.status_code == 200
    return answer.content.decode()


def answers_of(*calls):
    answers = together(*calls)
    for answer in answers:
        if isinstance(answer, Exception):
            raise answer
    return answers


def picked():
    return list(BlockNight.objects.order_by("night").values_list("picked_up", flat=True))


def test_two_people_pick_the_last_room_and_the_slower_reads_which_line_was_beaten(cast):
    block = group_block_make(house_make(cast.alpha, doubles=4).place, rooms=1)
    desks = [desk_of(cast.bo), desk_of(cast.rae)]
    lists = [looked(desk, block, name) for desk, name in zip(desks, ("Berg", "Moser"), strict=True)]

    answers = answers_of(lambda: taken(desks[0], block, lists[0]), lambda: taken(desks[1], block, lists[1]))

    (done,) = [n for n, answer in enumerate(answers) if "1 room was picked up." in answer]
    assert (
        f"Somebody was faster, and nothing was picked up: line 2, {('Berg', 'Moser')[1 - done]}"
        in answers[1 - done]
    )
    assert str(Reservation.objects.get().primary_guest) == ("Berg", "Moser")[done]
    assert (picked(), violated()) == ([1, 1], [])


def test_one_list_confirmed_twice_at_once_is_booked_once(cast):
    block = group_block_make(house_make(cast.alpha, doubles=4).place, rooms=2)
    first, second = desk_of(cast.bo), desk_of(cast.bo)
    told = looked(first, block, "Berg")

    answers = answers_of(lambda: taken(first, block, told), lambda: taken(second, block, told))

    assert sum("1 room was picked up." in answer for answer in answers) == 1
    assert sum("This was done already; the second time did nothing." in answer for answer in answers) == 1
    assert Reservation.objects.count() == 1
    assert (picked(), violated()) == ([1, 1], [])
