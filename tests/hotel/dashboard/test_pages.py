import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hotel.dashboard.views import today
from hotel.properties.business_date import local_instant
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation, RoomAssignment
from hotel.reservations.services.details import note_add
from tests.cast import TODAY
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make

PAGES = (
    "/dashboard",
    "/dashboard/availability",
    "/dashboard/rack",
    "/dashboard/reservations",
    "/dashboard/blocks",
    "/dashboard/rates",
    "/dashboard/revenue",
    "/dashboard/waitlist",
    "/dashboard/hk/rooms",
    "/dashboard/tasks",
    "/dashboard/lost",
    "/dashboard/tasks/orders/new",
    "/dashboard/bookings/new",
)
LATER = datetime(2099, 1, 1, tzinfo=UTC)


OFFERS = "/dashboard/bookings/new?arrival=2027-03-20&departure=2027-03-21&adults=1"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def act(client, stay, command, **data):
    version = Reservation.objects.get(pk=stay.pk).version
    return client.post(
        f"/dashboard/reservations/{stay.pk}/{command}", {"version": version, **data}, follow=True
    )


def text_of(response) -> str:
    return response.content.decode()


def test_visitors_are_sent_to_the_log_in():
    response = Client().get("/dashboard")

    assert (response.status_code, response["Location"]) == (302, "/login?next=/dashboard")


def test_signing_in_and_out(cast):
    cast.bo.set_password("a long enough password")
    cast.bo.save()
    client = Client()

    wrong = client.post("/login", {"username": "bo", "password": "no"})
    right = client.post("/login", {"username": "bo", "password": "a long enough password"})

    assert (wrong.status_code, "do not match" in text_of(wrong)) == (200, True)
    assert (right.status_code, right["Location"]) == (302, "/")
    client.post("/logout")
    assert client.get("/dashboard").status_code == 302


@pytest.mark.parametrize("path", PAGES)
def test_pages_open_for_the_desk_and_keep_the_script_policy(house, desk, path):
    house.reserve(0, 2)

    response = desk.get(path)

    assert response.status_code == 200
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert re.findall(r'<script(?![^>]* src="/static/)', text_of(response)) == []
    assert " style=" not in text_of(response)
    assert text_of(response).count("<h1") == 1


@pytest.mark.parametrize("path", PAGES)
def test_people_without_a_right_are_refused(house, cast, path):
    assert signed_in(cast.ida).get(path).status_code == 403
    assert signed_in(cast.cy).get("/dashboard/bookings/new").status_code == 403


def test_a_property_without_rooms_teaches_what_to_do(cast, desk):
    assert "Nobody arrives today" in text_of(desk.get("/dashboard"))
    assert "There are no rooms yet" in text_of(desk.get("/dashboard/rack"))
    assert "Nothing is open for sale" in text_of(desk.get("/dashboard/availability"))


def test_today_lists_arrivals_with_their_room(house, desk):
    stay = house.reserve(0, 2, primary_guest=guest_make(house.place, last_name="Moser"))
    house.reserve(1, 1)

    page = text_of(desk.get("/dashboard"))

    assert (stay.number in page, "Moser" in page, "no room" in page) == (True, True, True)
    assert Reservation.objects.get(arrival=TODAY + timedelta(days=1)).number not in page


def queries_of(client, page):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


@pytest.mark.parametrize(("path", "budget"), [*((path, 23) for path in PAGES), (OFFERS, 25)])
def test_the_number_of_queries_does_not_grow(cast, desk, path, budget):
    house = house_make(cast.alpha, doubles=5)

    def more():
        guest = guest_make(house.place, last_name="More")
        for status in ("confirmed", "option", "waitlisted"):
            stay = house.reserve(0, 1, status=status, primary_guest=guest, hold_until=LATER)
        note_add(reservation=stay, text="Cot", actor=None, kind="trace", department="hsk", due_on=TODAY)

    more()
    desk.get(path)
    few = queries_of(desk, path)
    more()

    assert queries_of(desk, path) == few
    assert few <= budget


def test_the_rack_shows_stays_in_rooms_and_without(house, desk):
    stay = house.reserve(0, 2)
    page = text_of(desk.get("/dashboard/rack"))
    assert "Without a room" in page

    act(desk, stay, "assign", room=house.rooms[0].pk)

    page = text_of(desk.get("/dashboard/rack"))
    assert 'class="bar bar-confirmed"' in page
    assert 'colspan="2"' in page
    assert "Without a room" not in page


def test_availability_counts_what_is_left(house, desk):
    house.reserve(0, 1)
    house.reserve(0, 1)

    page = text_of(desk.get("/dashboard/availability"))

    assert 'class="cell shut"' in page
    assert '2<span class="mut">/3</span>' in page


@pytest.mark.parametrize("start", ["", "nonsense", "2027-02-30", "9999-12-31", "0001-01-01"])
def test_any_start_day_is_survived(house, desk, start):
    assert desk.get(f"/dashboard/rack?from={start}").status_code == 200
    assert desk.get(f"/dashboard/availability?from={start}").status_code == 200


def test_reservations_are_found_by_name_number_status_and_day(house, desk):
    moser = house.reserve(1, 2, primary_guest=guest_make(house.place, last_name="Moser"))
    other = house.reserve(5, 1)

    def found(query):
        page = text_of(desk.get(f"/dashboard/reservations?{query}"))
        return [row.number in page for row in (moser, other)]

    assert found("text=mos") == [True, False]
    assert found(f"text={other.number}") == [False, True]
    assert found("status=confirmed") == [True, True]
    assert found("status=cancelled") == [False, False]
    assert found(f"day={TODAY + timedelta(days=2)}") == [True, False]
    assert found("day=nonsense") == [False, False]


def test_the_page_of_a_stay_offers_what_is_possible_and_explains_the_rest(house, desk):
    stay = house.reserve(1, 2)

    page = text_of(desk.get(f"/dashboard/reservations/{stay.pk}"))

    assert (stay.number in page, "EUR 200.00" in page, "Assign room" in page, "Cancel stay" in page) == (
        True,
    ) * 4
    assert "No room is assigned." in page
    assert "Dbl" in page
    assert "always" in page or "for 2 adults" in page


def test_others_stays_do_not_exist(house, cast):
    stay = house.reserve(1, 2)

    assert signed_in(cast.eve).get(f"/dashboard/reservations/{stay.pk}").status_code == 404
    assert act(signed_in(cast.eve), stay, "cancel").status_code == 404
    assert Reservation.objects.get(pk=stay.pk).status == ReservationStatus.CONFIRMED


def test_cancel_and_reinstate(house, desk):
    stay = house.reserve(1, 2)

    act(desk, stay, "cancel", reason="Ill")
    assert house.counted("sold", days=3) == [0, 0, 0]
    stay.refresh_from_db()
    assert (stay.status, stay.cancel_reason) == ("cancelled", "Ill")

    act(desk, stay, "reinstate")
    assert house.counted("sold", days=3) == [0, 1, 1]


def amended(arrival, departure, adults):
    return {"amend-arrival": arrival, "amend-departure": departure, "amend-adults": adults}


def test_change_the_dates(house, desk):
    stay = house.reserve(1, 2)

    act(desk, stay, "amend", **amended(TODAY + timedelta(days=2), TODAY + timedelta(days=5), 1))

    stay.refresh_from_db()
    assert (stay.arrival, stay.departure, stay.adults) == (
        TODAY + timedelta(days=2), TODAY + timedelta(days=5), 1,
    )  # fmt: skip
    assert house.counted("sold", days=6) == [0, 0, 1, 1, 1, 0]


def test_rooms_are_assigned_locked_and_taken_away(house, desk):
    stay = house.reserve(1, 2)

    act(desk, stay, "assign", room=house.rooms[0].pk)
    act(desk, stay, "lock")
    refused = act(desk, stay, "unassign")
    assert "The room is locked" in text_of(refused)
    assert RoomAssignment.objects.get().released_at is None

    act(desk, stay, "unlock")
    act(desk, stay, "unassign")
    assert RoomAssignment.objects.get().released_at is not None


def test_a_refusal_is_told_and_changes_nothing(house, desk):
    house.reserve(3, 2)
    house.reserve(3, 2)
    stay = house.reserve(1, 2)

    response = act(desk, stay, "amend", **amended(stay.arrival, TODAY + timedelta(days=5), 2))

    assert "0 left" in text_of(response)
    stay.refresh_from_db()
    assert (stay.departure, stay.version) == (TODAY + timedelta(days=3), 1)


def test_a_stale_page_changes_nothing(house, desk):
    stay = house.reserve(1, 2)

    response = desk.post(f"/dashboard/reservations/{stay.pk}/cancel", {"version": 7}, follow=True)

    assert "Somebody changed this reservation" in text_of(response)
    stay.refresh_from_db()
    assert stay.status == ReservationStatus.CONFIRMED


@pytest.mark.parametrize(("command", "status"), [("explode", 404), ("confirm", 200)])
def test_unknown_commands_do_not_exist(house, desk, command, status):
    stay = house.reserve(1, 2)

    assert act(desk, stay, command).status_code == status


def test_the_property_is_switched_only_to_ones_own(cast):
    client = signed_in(cast.ada)

    client.post("/dashboard/property", {"property": cast.beta.pk})
    assert "Beta" in text_of(client.get("/dashboard"))

    desk = signed_in(cast.bo)
    refused = desk.post("/dashboard/property", {"property": cast.beta.pk}, follow=True)
    assert "You hold no right at that property." in text_of(refused)


def test_today_calls_for_what_cannot_wait_and_shows_the_week(house, desk, monkeypatch):
    monkeypatch.setattr(today, "now", lambda: local_instant(house.place, TODAY, time(14, 30)))
    house.reserve(0, 1, eta=time(15, 0), primary_guest=guest_make(house.place, last_name="Moser"))

    page = text_of(desk.get("/dashboard"))

    assert "Moser is expected at 15:00 and has no room." in page
    assert len(re.findall(r"<b>\d+</b><small>to sell, \d+ sold</small>", page)) == 7
    assert "<b>2</b><small>to sell, 1 sold</small>" in page
