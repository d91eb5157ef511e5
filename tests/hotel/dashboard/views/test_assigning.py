"""Rooms for many stays: shown, done as shown, taken back."""

import re
from datetime import timedelta

import pytest

from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.models import RoomAssignment
from hotel.reservations.services.assignment import room_assign
from hotel.reservations.services.sharing import room_share
from tests.cast import TODAY
from tests.factories.reservations import house_make

DAY = timedelta(days=1)
PATH = "/dashboard/chart/assign"


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=2)


def stands():
    rows = RoomAssignment.objects.filter(released_at=None).order_by("reservation_id")
    return [(row.reservation_id, row.room.number) for row in rows]


def sent(page, name):
    html = page.content.decode()
    found = dict(re.findall(rf'name="{name}-(\w+)" value="([^"]*)"', html))
    assert set(found) == {"key", "moves"}
    return {"do": name} | {f"{name}-{field}": value for field, value in found.items()}


def test_a_plan_is_shown_done_and_taken_back(house, desk):
    stays = [house.reserve(1, 2), house.reserve(1, 1)]
    page = desk.get(PATH)
    assert "Assign 2 rooms" in page.content.decode()
    assert stands() == []
    form = sent(page, "give")

    done = desk.post(PATH, form, follow=True)

    assert "2 stays have their rooms." in done.content.decode()
    assert stands() == [(stays[0].pk, "101"), (stays[1].pk, "102")]
    assert "Every stay that arrives until then has its room." in done.content.decode()
    again = desk.post(PATH, form, follow=True).content.decode()
    assert "the second time did nothing" in again
    back = desk.post(PATH, sent(done, "undo"), follow=True).content.decode()
    assert "2 stays are where they were before." in back
    assert stands() == []
    assert 'name="undo-key"' not in back


def test_a_plan_of_yesterday_is_refused_and_nobody_moves(house, desk):
    stay = house.reserve(1, 2)
    form = sent(desk.get(PATH), "give")
    room_assign(reservation=house.reserve(1, 1), room=house.rooms[0], actor=None)
    before = stands()
    page = desk.post(PATH, form).content.decode()
    assert "The house has changed since this plan was made" in page
    assert stands() == before
    assert stay.pk not in dict(before)


def test_only_stays_until_the_day_asked_for_are_given_rooms(house, desk):
    house.reserve(1, 1)
    house.reserve(9, 1)
    assert len(desk.get(PATH).context["plan"].moves) == 1
    assert len(desk.get(f"{PATH}?until={TODAY + 9 * DAY}").context["plan"].moves) == 2
    assert desk.get(f"{PATH}?until=2027-99-99").context["until"] == TODAY + 7 * DAY


def test_who_finds_no_room_may_have_others_moved(house, desk):
    for start, room in ((1, 0), (2, 1)):
        room_assign(reservation=house.reserve(start, 1), room=house.rooms[room], actor=None)
    long = house.reserve(1, 2)
    page = desk.get(PATH)
    assert [row.pk for row in page.context["plan"].unplaced] == [long.pk]
    shown = desk.get(f"{PATH}?stay={long.pk}")
    assert len(shown.context["plan"].moves) == 2
    desk.post(f"{PATH}?stay={long.pk}", sent(shown, "give"))
    assert long.pk in dict(stands())


def test_when_nothing_helps_it_says_why(house, desk):
    one = Occupancy(adults=1)
    stays = [house.reserve(1, 1, occupancy=one), house.reserve(1, 1, occupancy=one)]
    room_share(reservation=stays[0], others=[stays[1]], split="split", actor=None)
    page = desk.get(f"{PATH}?stay={stays[0].pk}").content.decode()
    assert "The room is shared: give the stays one by hand." in page
    assert 'name="give-key"' not in page


@pytest.mark.parametrize("moves", ["x", "1:2", "1::2:2027-03-14", "1::a:2027-03-14:2027-03-15"])
def test_nonsense_is_no_plan(house, desk, moves):
    house.reserve(1, 1)
    form = sent(desk.get(PATH), "give") | {"give-moves": moves}
    assert "This is no plan that was shown here." in desk.post(PATH, form).content.decode()
    assert stands() == []


def test_the_right_to_assign_is_needed(house, cast, signed_in):
    assert signed_in(cast.cy).get(PATH).status_code == 403
