import re
from datetime import timedelta
from uuid import uuid4

import pytest

from hotel.dashboard.views.commands import DO
from hotel.reservations.models import Reservation, ReservationNote
from hotel.rooms.models import RoomFeature
from tests.cast import TODAY
from tests.factories.rates import restriction_make
from tests.factories.rooms import room_feature_make

TRACE = {"kind": "trace", "text": "Cot", "department": "hsk", "due_on": "2027-03-15"}


def act(client, stay, command, **data):
    version = Reservation.objects.get(pk=stay.pk).version
    return client.post(f"/dashboard/reservations/{stay.pk}/{command}", {"version": version, **data})


def said(client) -> str:
    return client.get("/dashboard/reservations").content.decode()


@pytest.mark.parametrize(
    ("case", "back", "lands"),
    [
        ("a page of ours", "/dashboard/rack?from=2027-03-14", "/dashboard/rack?from=2027-03-14"),
        ("another host", "https://evil.example/", None),
        ("no scheme", "//evil.example", None),
        ("nothing", "", None),
        ("no path", "nowhere", None),
    ],
)
def test_a_command_leads_back_only_to_pages_of_this_house(house, desk, case, back, lands):
    stay = house.reserve(1, 2)

    answer = act(desk, stay, "assign", room=house.rooms[0].pk, back=back)

    assert answer["Location"] == (lands or f"/dashboard/reservations/{stay.pk}")


def test_a_room_that_is_gone_meanwhile_is_told(house, desk):
    first, second = house.reserve(1, 2), house.reserve(1, 2)
    act(desk, first, "assign", room=house.rooms[0].pk)

    act(desk, second, "assign", room=house.rooms[0].pk)

    assert "Somebody else has this room in that time." in said(desk)
    assert not second.assignments.exists()


def test_a_stay_is_split_once_though_clicked_twice(house, desk):
    stay = house.reserve(1, 3)
    data = {"version": stay.version, "at": TODAY + timedelta(days=2)}

    for _ in range(2):
        desk.post(f"/dashboard/reservations/{stay.pk}/split", data)

    assert list(Reservation.objects.order_by("arrival").values_list("arrival", "departure")) == [
        (TODAY + timedelta(days=1), TODAY + timedelta(days=2)),
        (TODAY + timedelta(days=2), TODAY + timedelta(days=4)),
    ]
    assert "already; the second time did nothing" in said(desk)


def test_what_the_database_keeps_from_being_contradicted_is_told_and_changes_nothing(
    house, desk, monkeypatch
):
    stay = house.reserve(1, 2)
    feature = room_feature_make(stay.property)

    def overtaken(reservation, posted, actor, version):
        Reservation.objects.filter(pk=reservation.pk).update(version=99)
        room_feature_make(stay.property, code=feature.code)

    monkeypatch.setitem(DO, "assign", overtaken)

    answer = act(desk, stay, "assign", room=house.rooms[0].pk)

    assert (answer.status_code, answer["Content-Type"]) == (409, "text/html; charset=utf-8")
    page = answer.content.decode()
    assert "This would contradict what is stored already. Nothing was changed." in page
    assert "Most often somebody else did the same a moment ago." in page
    assert "room_feature" not in page, "what constraints are called is not for people"
    stay.refresh_from_db()
    assert stay.version != 99
    assert RoomFeature.objects.count() == 1


def test_a_stale_command_hears_who_was_faster(house, desk, cast, signed_in):
    stay = house.reserve(1, 3)
    act(signed_in(cast.ada), stay, "assign", room=house.rooms[0].pk)

    desk.post(f"/dashboard/reservations/{stay.pk}/cancel", {"version": 1})

    assert "ada changed this reservation at" in said(desk)
    stay.refresh_from_db()
    assert stay.status == "confirmed"


@pytest.mark.parametrize("version", ["", "x", "99"])
def test_a_command_without_the_right_version_changes_nothing(house, desk, version):
    stay = house.reserve(1, 3)

    desk.post(f"/dashboard/reservations/{stay.pk}/cancel", {"version": version})

    stay.refresh_from_db()
    assert (stay.status, stay.version) == ("confirmed", 1)


def test_a_form_that_is_not_filled_in_names_the_field(house, desk):
    stay = house.reserve(1, 3)

    act(desk, stay, "split", at="nonsense")

    assert "Second part arrives on: Enter a valid date." in said(desk)
    assert Reservation.objects.count() == 1


def test_notes_are_written_and_traces_ticked_off(house, desk, cast):
    stay = house.reserve(1, 3)
    url = f"/dashboard/reservations/{stay.pk}/notes"

    desk.post(url, {**TRACE, "key": uuid4()})
    note = ReservationNote.objects.get()
    assert (note.text, note.author, note.done_at) == ("Cot", cast.bo, None)

    desk.post(f"{url}/{note.pk}/done")
    note.refresh_from_db()
    assert note.done_by == cast.bo


def test_a_note_is_written_once_though_clicked_twice(house, desk):
    stay, key = house.reserve(1, 3), uuid4()
    url = f"/dashboard/reservations/{stay.pk}/notes"

    for text in ("Late.", "Late.", "Very late."):
        desk.post(url, {"kind": "internal", "text": text, "key": key})

    assert [note.text for note in ReservationNote.objects.order_by("pk")] == ["Late.", "Very late."]


def test_the_page_gives_each_note_a_key_of_its_own(house, desk):
    page = f"/dashboard/reservations/{house.reserve(1, 3).pk}"

    keys = {
        re.search(r'name="key" value="([0-9a-f-]{36})"', desk.get(page).content.decode())[1] for _ in "12"
    }

    assert len(keys) == 2


@pytest.mark.parametrize(
    ("case", "data"),
    [
        ("no text", {"kind": "internal", "key": uuid4()}),
        ("a trace without a day", {"kind": "trace", "text": "Cot", "key": uuid4()}),
        ("no key", {"kind": "internal", "text": "Late."}),
    ],
)
def test_a_note_that_says_too_little_is_not_kept(house, desk, case, data):
    stay = house.reserve(1, 3)

    desk.post(f"/dashboard/reservations/{stay.pk}/notes", data)

    assert not ReservationNote.objects.exists()


def test_notes_need_the_right_and_stay_within_the_property(house, cast, signed_in):
    stay = house.reserve(1, 3)
    url, data = f"/dashboard/reservations/{stay.pk}/notes", {"kind": "internal", "text": "x", "key": uuid4()}

    assert signed_in(cast.di).post(url, data).status_code == 403
    assert signed_in(cast.eve).post(url, data).status_code == 404
    assert not ReservationNote.objects.exists()


def test_who_may_only_look_is_told_why_nothing_can_be_done(house, cast, signed_in):
    stay = house.reserve(1, 3)
    client = signed_in(cast.cy)

    page = client.get(f"/dashboard/reservations/{stay.pk}").content.decode()

    assert "Your role here does not include it." in page
    assert "Assign room</button>" not in page
    assert act(client, stay, "cancel").status_code == 403
    stay.refresh_from_db()
    assert stay.status == "confirmed"


def test_a_stay_is_confirmed_with_what_must_stand_behind_it(house, desk):
    day = TODAY + timedelta(days=1)
    restriction_make(house.place, "min_guarantee", day, day + timedelta(days=1), guarantee="company")
    stay = house.reserve(1, 1, status="option")
    page = desk.get(f"/dashboard/reservations/{stay.pk}").content.decode()
    assert '<select id="guarantee" name="guarantee">' in page

    for guarantee in ("credit_card", "a promise"):
        act(desk, stay, "confirm", guarantee=guarantee)
        stay.refresh_from_db()
        assert stay.status == "option"
    act(desk, stay, "confirm", guarantee="prepayment")

    stay.refresh_from_db()
    assert (stay.status, stay.guarantee) == ("confirmed", "prepayment")
