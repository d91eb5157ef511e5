"""Check-in, move and check-out by their pages: what stands in the way is named, a refusal changes nothing."""

from datetime import timedelta

import pytest
from moneyed import Money

from hotel.folios.models import Folio
from hotel.folios.services.codes import standard_code
from hotel.folios.services.postings import charge_post
from hotel.guests.models import GuestDocument
from hotel.properties.services.business_days import business_day_close
from hotel.properties.services.settings import setting_set
from hotel.reservations.models import Reservation, ReservationNote
from hotel.reservations.services.assignment import room_assign
from hotel.reservations.services.details import note_add
from hotel.rooms.services.status import room_status_set
from hotel.stays.selectors.actions import room_tonight
from hotel.stays.services.check_in import check_in
from tests.cast import TODAY
from tests.contracts.queries import queries_of
from tests.factories.guests import guest_make
from tests.factories.stays import bill_pay
from tests.hotel.stays.conftest import noon  # noqa: F401

DAY = timedelta(days=1)


@pytest.fixture
def arrival(house):
    """Two nights from today in room 101, guest known."""
    row = house.reserve(0, 2, primary_guest=guest_make(house.place, last_name="Moser"))
    room_assign(reservation=row, room=house.rooms[0], actor=None)
    return row


@pytest.fixture
def inside(arrival):
    """The same, in house."""
    check_in(reservation=arrival, actor=None)
    return arrival


@pytest.fixture
def leaving(inside, house):
    """The same on the day of departure."""
    Reservation.objects.filter(pk=inside.pk).update(departure=TODAY + DAY)
    inside.nights.filter(night__gt=TODAY).delete()
    business_day_close(place=house.place)
    return inside


def fresh(stay):
    return Reservation.objects.with_parts().get(pk=stay.pk)


def url(stay, page):
    return f"/dashboard/reservations/{stay.pk}/{page}"


def send(client, stay, page, act, **values):
    data = {"do": act, f"{act}-version": fresh(stay).version}
    return client.post(url(stay, page), {**data, **{f"{act}-{k}": v for k, v in values.items()}}, follow=True)


def text_of(response) -> str:
    return response.content.decode()


def test_the_guest_is_checked_in_with_the_room_he_has(desk, arrival, cast):
    page = text_of(desk.get(url(arrival, "check-in")))
    assert "Keep room 101" in page
    assert "What stands against it" not in page

    answer = send(desk, arrival, "check-in", "check_in")

    assert answer.redirect_chain[-1][0] == f"/dashboard/reservations/{arrival.pk}"
    assert "the guest is in house." in text_of(answer)
    assert fresh(arrival).status == "in_house"
    assert Folio.objects.get().reservation == arrival
    assert fresh(arrival).changes.latest("pk").actor == cast.bo


def test_an_alert_is_shown_where_it_belongs_until_it_is_noted(desk, arrival, cast):
    alert = note_add(
        reservation=arrival, text="Ask for the passport", actor=cast.ada, kind="alert", screen="check_in"
    )
    note_add(reservation=arrival, text="Split the bill", actor=cast.ada, kind="alert", screen="billing")
    page = text_of(desk.get(url(arrival, "check-in")))
    assert "Ask for the passport" in page
    assert "Split the bill" not in page

    sent = {"back": url(arrival, "check-in")}
    answer = desk.post(f"/dashboard/reservations/{arrival.pk}/notes/{alert.pk}/done", sent, follow=True)

    assert answer.redirect_chain == [(url(arrival, "check-in"), 302)]
    assert "Ask for the passport" not in text_of(answer)
    assert ReservationNote.objects.get(pk=alert.pk).done_by == cast.bo

    check_in(reservation=arrival, actor=None)
    assert "Split the bill" in text_of(desk.get(url(arrival, "check-out")))
    assert "Split the bill" in text_of(desk.get(f"/dashboard/folios/{Folio.objects.get().pk}"))


def test_an_alert_written_at_the_desk_says_on_which_page(desk, arrival):
    path, key = f"/dashboard/reservations/{arrival.pk}/notes", "2b1a4c1e-0000-4000-8000-000000000001"
    answer = desk.post(path, {"kind": "alert", "text": "Bell hop", "screen": "", "key": key}, follow=True)
    assert "An alert needs the screen it shows on." in text_of(answer)
    assert not ReservationNote.objects.exists()

    desk.post(path, {"kind": "alert", "text": "Bell hop", "screen": "check_out", "key": key})
    assert list(ReservationNote.objects.values_list("kind", "screen", "text")) == [
        ("alert", "check_out", "Bell hop")
    ]


def test_a_guest_who_comes_again_is_greeted_as_one(desk, house, arrival):
    assert "Stayed here" not in text_of(desk.get(url(arrival, "check-in")))
    past = house.reserve(0, 1, primary_guest=arrival.primary_guest)
    Reservation.objects.filter(pk=past.pk).update(status="checked_out")
    assert "Stayed here once before, in Mar 2027." in text_of(desk.get(url(arrival, "check-in")))


def test_another_room_is_chosen_at_the_desk_ready_ones_first(desk, house, arrival):
    room_status_set(room=house.rooms[0], status="dirty")
    other = house.reserve(0, 1)
    page = text_of(desk.get(url(other, "check-in")))
    assert "No room is assigned." in page
    assert (
        f'<optgroup label="Ready">\n  <option value="{house.rooms[1].pk}">102 · Dbl · Clean</option>' in page
    )

    send(desk, other, "check-in", "check_in", room=house.rooms[1].pk)

    assert (fresh(other).status, room_tonight(fresh(other))) == ("in_house", house.rooms[1])


def test_everything_that_stands_in_the_way_is_named_with_what_to_do(desk, house, arrival):
    setting_set(place=house.place, key="stays.registration", value="document", valid_from=TODAY)
    room_status_set(room=house.rooms[0], status="dirty")

    page = text_of(desk.get(url(arrival, "check-in")))

    assert "The registration of the guest is not complete." in page
    assert "Record what is missing below." in page
    assert "The room is not ready." in page
    assert "Choose a ready room, or wait for housekeeping." in page


def test_a_refusal_is_told_on_the_form_and_changes_nothing(desk, house, arrival):
    room_status_set(room=house.rooms[0], status="dirty")

    before = fresh(arrival).version

    answer = send(desk, arrival, "check-in", "check_in")

    assert 'role="alert"' in text_of(answer)
    assert "The room is not ready." in text_of(answer)
    assert (fresh(arrival).status, fresh(arrival).version) == ("confirmed", before)
    assert not Folio.objects.exists()


def test_who_may_override_gives_a_reason(house, arrival, cast, signed_in, desk):
    room_status_set(room=house.rooms[0], status="dirty")
    assert "Do it all the same" not in text_of(desk.get(url(arrival, "check-in")))

    send(signed_in(cast.ada), arrival, "check-in", "check_in", override_reason="He waits outside")

    assert fresh(arrival).status == "in_house"
    assert fresh(arrival).changes.latest("pk").reason == "He waits outside"


def test_the_document_is_recorded_on_the_same_page(desk, house, arrival):
    setting_set(place=house.place, key="stays.registration", value="document", valid_from=TODAY)
    shown = {"kind": "passport", "number": "P 123-456", "issuing_country": "at"}

    answer = send(desk, arrival, "check-in", "register", **shown)

    assert answer.redirect_chain[-1][0] == url(arrival, "check-in")
    document = GuestDocument.objects.get()
    assert (document.guest, document.number, document.issuing_country) == (
        arrival.primary_guest,
        "P123456",
        "AT",
    )
    assert "Record the guest" not in text_of(answer)


def test_a_guest_nobody_knows_is_named_at_the_desk(desk, house):
    setting_set(place=house.place, key="stays.registration", value="guest", valid_from=TODAY)
    stay = house.reserve(0, 1)

    send(desk, stay, "check-in", "register", first_name="Ann", last_name="Berger")

    assert str(fresh(stay).primary_guest) == "Ann Berger"


def test_a_double_click_checks_in_once(desk, arrival):
    data = {"do": "check_in", "check_in-version": fresh(arrival).version}

    for _ in range(2):
        answer = desk.post(url(arrival, "check-in"), data, follow=True)

    assert "already; the second time did nothing" in text_of(answer)
    assert fresh(arrival).changes.filter(kind="checked_in").count() == 1


def test_check_in_and_check_out_are_undone_by_buttons(desk, house, inside):
    desk.post(url(inside, "revert-check-in"), {"version": fresh(inside).version})
    assert fresh(inside).status == "confirmed"

    room_status_set(room=house.rooms[0], status="clean")
    check_in(reservation=fresh(inside), actor=None)
    business_day_close(place=house.place)
    send(desk, inside, "check-out", "early_departure")
    bill_pay(inside)
    send(desk, inside, "check-out", "check_out")
    assert fresh(inside).status == "checked_out"
    desk.post(url(inside, "reinstate-check-out"), {"version": fresh(inside).version})
    assert fresh(inside).status == "in_house"


def test_a_guest_moves_to_another_room_at_his_price(desk, house, inside):
    answer = send(desk, inside, "move-room", "move_room", room=house.rooms[1].pk, rate="keep", reason="Noise")

    assert "the guest has another room." in text_of(answer)
    assert room_tonight(fresh(inside)) == house.rooms[1]
    assert fresh(inside).total_amount == Money(200, "EUR")
    assert fresh(inside).changes.latest("pk").reason == "Noise"


def test_a_room_that_is_taken_is_told_on_the_form(desk, house, inside):
    other = house.reserve(0, 2)
    check_in(reservation=other, actor=None, room=house.rooms[1])

    answer = send(desk, inside, "move-room", "move_room", room=house.rooms[1].pk, rate="keep")

    assert "Somebody else has this room in that time. Choose another." in text_of(answer)
    assert room_tonight(fresh(inside)) == house.rooms[0]


@pytest.fixture
def moving(house):
    """In house in room 101, on the day of a planned move to 102; one more night."""
    stay = house.reserve(0, 2, primary_guest=guest_make(house.place, last_name="Moser"))
    room_assign(reservation=stay, room=house.rooms[0], actor=None, last=TODAY + DAY)
    room_assign(reservation=stay, room=house.rooms[1], actor=None, first=TODAY + DAY)
    check_in(reservation=stay, actor=None)
    business_day_close(place=house.place)
    return stay


def test_a_planned_move_is_offered_first_and_done(desk, house, moving):
    assert f'href="{url(moving, "move-room")}"' in text_of(desk.get("/dashboard"))
    assert f'href="{url(moving, "move-room")}"' in text_of(desk.get("/dashboard/night-audit"))
    form = desk.get(url(moving, "move-room")).context["forms"]["move_room"]
    (_, ready), *_ = [choice for choice in form.fields["room"].choices if choice[0] == "Ready"]
    assert ready[0] == (house.rooms[1].pk, "102 · Dbl · Clean")

    send(desk, moving, "move-room", "move_room", room=house.rooms[1].pk, rate="keep")

    assert room_tonight(fresh(moving)) == house.rooms[1]
    assert "Room moves" not in text_of(desk.get("/dashboard"))


def test_nobody_leaves_owing_and_the_page_says_what_to_do(desk, house, leaving):
    folio = Folio.objects.get(reservation=leaving)
    charge_post(folio=folio, code=standard_code(house.place, "beverage"), amount=Money(9, "EUR"))
    page = text_of(desk.get(url(leaving, "check-out")))
    assert "A window is not settled." in page
    assert "<strong>9.00</strong>" in page

    refused = send(desk, leaving, "check-out", "check_out")
    assert 'role="alert"' in text_of(refused)
    assert fresh(leaving).status == "in_house"

    bill_pay(leaving)
    answer = send(desk, leaving, "check-out", "check_out")
    assert "the guest has left." in text_of(answer)
    assert (fresh(leaving).status, Folio.objects.get().status) == ("checked_out", "closed")


def test_leaving_early_shows_its_fee_first(desk, house, inside):
    page = text_of(desk.get(url(inside, "check-out")))
    assert "Nights are left." in page
    assert "Fee for leaving today:" in page

    send(desk, inside, "check-out", "early_departure", reason="Ill")

    assert fresh(inside).departure == TODAY + DAY
    assert fresh(inside).changes.get(kind="shortened").reason == "Ill"


def test_a_late_check_out_is_agreed_at_a_price(desk, house, leaving):
    early = send(desk, leaving, "check-out", "late_check_out", until="10:00")
    assert "name a later time" in text_of(early)
    assert fresh(leaving).etd is None

    send(desk, leaving, "check-out", "late_check_out", until="16:00", price="30.00")

    assert f"{fresh(leaving).etd:%H:%M}" == "16:00"
    assert Folio.objects.get().windows.get().postings.get().gross == Money(30, "EUR")


def test_a_stay_is_extended(desk, house, leaving):
    send(desk, leaving, "check-out", "extend", departure=TODAY + 3 * DAY)

    assert fresh(leaving).departure == TODAY + 3 * DAY


@pytest.mark.parametrize(
    ("page", "act"), [("check-in", "check_in"), ("move-room", "move_room"), ("check-out", "check_out")]
)
def test_the_desk_needs_its_right_and_stays_within_its_property(page, act, arrival, cast, signed_in):
    reader, stranger = signed_in(cast.rae), signed_in(cast.eve)

    assert reader.get(url(arrival, page)).status_code == 403
    assert send(reader, arrival, page, act).status_code == 403
    assert stranger.get(url(arrival, page)).status_code == 404
    assert send(stranger, arrival, page, act).status_code == 404
    assert fresh(arrival).status == "confirmed"


def test_an_act_that_no_page_has_does_not_exist(desk, arrival):
    assert send(desk, arrival, "check-in", "explode").status_code == 404


@pytest.mark.parametrize(("page", "budget"), [("check-in", 32), ("check-out", 34), ("move-room", 30)])
def test_the_pages_of_the_desk_cost_the_same_in_a_big_house(page, budget, desk, inside, house, arrival):
    desk.get(url(inside, page))
    few = len(queries_of(lambda: desk.get(url(inside, page))))
    check_in(reservation=house.reserve(0, 1), actor=None, room=house.rooms[1])
    house.reserve(0, 1, room_type=house.suite)

    assert len(queries_of(lambda: desk.get(url(inside, page)))) == few
    assert few <= budget


def test_today_and_the_page_of_a_stay_lead_to_the_desk(desk, arrival, cast, signed_in):
    assert f'href="{url(arrival, "check-in")}"' in text_of(desk.get("/dashboard"))
    assert f'href="{url(arrival, "check-in")}"' in text_of(desk.get(f"/dashboard/reservations/{arrival.pk}"))
    assert url(arrival, "check-in") not in text_of(signed_in(cast.rae).get("/dashboard"))

    check_in(reservation=arrival, actor=None)

    page = text_of(desk.get(f"/dashboard/reservations/{arrival.pk}"))
    assert f'href="{url(arrival, "check-out")}"' in page
    assert f'href="{url(arrival, "move-room")}"' in page
