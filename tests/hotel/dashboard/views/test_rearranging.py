"""A stay is put elsewhere by a form, or by a bar that is dropped: the same rights, the same refusals."""

from dataclasses import replace
from datetime import timedelta

import pytest
from moneyed import Money

from hotel.core.exceptions import NotPermitted
from hotel.core.models import OutboxMessage
from hotel.dashboard.views.rearranging import require_rights
from hotel.reservations.models import Reservation, ReservationChange, RoomAssignment
from hotel.reservations.services.assignment import room_assign
from hotel.stays.services.rearranging import Rearrangement
from tests.cast import TODAY
from tests.factories.reservations import house_make

DAY = timedelta(days=1)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=3)


@pytest.fixture
def stay(house):
    row = house.reserve(1, 2)
    room_assign(reservation=row, room=house.rooms[0], actor=None)
    return Reservation.objects.get(pk=row.pk)


def fields(stay, room, first=1, last=3, **more):
    values = {
        "version": stay.version,
        "room": room and room.pk,
        "arrival": TODAY + first * DAY,
        "departure": TODAY + last * DAY,
        **more,
    }
    return {"do": "rearrange"} | {f"rearrange-{name}": value or "" for name, value in values.items()}


def drop(client, stay, room, first=1, last=3, *, foresee=False, **more):
    sent = fields(stay, room, first, last, **more) | ({"foresee": "1"} if foresee else {})
    path = f"/dashboard/reservations/{stay.pk}/rearrange"
    return client.post(path, sent, headers={"accept": "application/json"})


def stands(stay):
    stay.refresh_from_db()
    rows = RoomAssignment.objects.filter(reservation=stay, released_at=None).order_by("arrival")
    return [row.room.number for row in rows], stay.arrival, stay.departure, stay.total_amount


def trace():
    return ReservationChange.objects.count(), OutboxMessage.objects.count()


def test_a_bar_dropped_into_another_room_is_moved_and_can_be_undone(house, desk, stay):
    answer = drop(desk, stay, house.rooms[1]).json()
    assert answer["message"] == f"{stay.number}: 102 · 15 Mar – 17 Mar · 2 nights"
    assert stands(stay)[0] == ["102"]
    assert answer["version"] == stay.version
    undo = answer["undo"]
    assert (undo["room"], undo["rate"], undo["version"]) == (str(house.rooms[0].pk), "keep", stay.version)
    sent = {"do": "rearrange"} | {f"rearrange-{name}": value for name, value in undo.items()}
    back = desk.post(
        f"/dashboard/reservations/{stay.pk}/rearrange", sent, headers={"accept": "application/json"}
    )
    assert back.status_code == 200
    assert stands(stay)[0] == ["101"]


def test_other_dates_tell_their_price_first_and_cannot_be_undone_by_a_click(house, desk, stay):
    before, written = stands(stay), trace()
    told = drop(desk, stay, house.rooms[0], 1, 4, foresee=True).json()
    assert told == {
        "words": "101 · 15 Mar – 18 Mar · 3 nights",
        "offers": [{"rate": "keep", "label": "", "price": "EUR 300.00 instead of EUR 200.00"}],
    }
    assert (stands(stay), trace()) == (before, written)
    answer = drop(desk, stay, house.rooms[0], 1, 4).json()
    assert answer["undo"] is None
    assert stands(stay) == (["101"], TODAY + DAY, TODAY + 4 * DAY, Money(300, "EUR"))


def test_a_room_of_another_type_is_offered_at_both_prices(house, desk, stay):
    told = drop(desk, stay, house.rooms[3], foresee=True).json()["offers"]
    assert [(one["rate"], one["label"], one["price"]) for one in told] == [
        ("keep", "Keep the price", "EUR 200.00, as before"),
        ("new", "Price of the new type", "EUR 500.00 instead of EUR 200.00"),
    ]
    assert drop(desk, stay, house.rooms[3], rate="new").status_code == 200
    assert stands(stay)[3] == Money(500, "EUR")


@pytest.mark.parametrize("foresee", [True, False])
def test_a_taken_room_is_told_and_nothing_changes(house, desk, stay, foresee):
    room_assign(reservation=house.reserve(2, 1), room=house.rooms[1], actor=None)
    before, written = stands(stay), trace()
    answer = drop(desk, stay, house.rooms[1], foresee=foresee)
    assert (answer.status_code, answer.json()["code"]) == (409, "room_taken")
    assert "102" in answer.json()["message"]
    assert (stands(stay), trace()) == (before, written)


def test_who_saw_it_before_a_colleague_moved_it_is_told_who(house, desk, stay, cast):
    old = Reservation.objects.get(pk=stay.pk)
    room_assign(reservation=stay, room=house.rooms[1], actor=cast.ada)
    before = stands(stay)
    answer = drop(desk, old, house.rooms[2])
    assert (answer.status_code, answer.json()["code"]) == (412, "version_conflict")
    assert str(cast.ada) in answer.json()["message"]
    assert stands(stay) == before


def test_who_may_not_assign_moves_nothing(house, cast, signed_in, stay):
    assert drop(signed_in(cast.cy), stay, house.rooms[1]).status_code == 403
    assert stands(stay)[0] == ["101"]


def test_each_command_that_it_takes_asks_for_its_own_right(house, stay):
    asked = []

    class Shell:
        def may(self, verb, area):
            asked.append((verb, area))
            return verb != "manage"

    wanted = Rearrangement(room=house.rooms[1], arrival=stay.arrival, departure=stay.departure)
    assert require_rights(Shell(), stay, wanted) == ["assign"]
    with pytest.raises(NotPermitted, match="the right manage on reservations is missing"):
        require_rights(Shell(), stay, replace(wanted, departure=stay.departure + DAY))
    assert asked == [("assign", "reservations"), ("manage", "reservations")]


def test_another_propertys_stay_is_not_found(house, cast, signed_in, stay):
    assert drop(signed_in(cast.eve), stay, house.rooms[1]).status_code == 404
    assert stands(stay)[0] == ["101"]


def test_nonsense_is_told_with_400(house, desk, stay):
    answer = drop(desk, stay, None, arrival="tomorrow")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert stands(stay)[0] == ["101"]


def test_the_form_does_the_same_without_scripts(house, desk, stay):
    path = f"/dashboard/reservations/{stay.pk}/rearrange"
    page = desk.get(path).content.decode()
    assert f'<option value="{house.rooms[0].pk}" selected>101 · DBL</option>' in page
    foreseen = desk.post(path, fields(stay, house.rooms[0], 1, 4) | {"foresee": "1"}).content.decode()
    assert "EUR 300.00 instead of EUR 200.00" in foreseen
    assert stands(stay)[2] == TODAY + 3 * DAY
    done = desk.post(path, fields(stay, house.rooms[1], 1, 4), follow=True)
    assert "102 · 15 Mar – 18 Mar · 3 nights · EUR 300.00 instead of EUR 200.00" in done.content.decode()
    assert stands(stay) == (["102"], TODAY + DAY, TODAY + 4 * DAY, Money(300, "EUR"))


def test_a_refusal_stands_in_the_form(house, desk, stay):
    room_assign(reservation=house.reserve(2, 1), room=house.rooms[1], actor=None)
    path = f"/dashboard/reservations/{stay.pk}/rearrange"
    page = desk.post(path, fields(stay, house.rooms[1])).content.decode()
    assert 'role="alert"' in page
    assert stands(stay)[0] == ["101"]
