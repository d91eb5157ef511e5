"""A guest who comes without a booking: one form books, gives the room and checks in, or nothing has happened."""

import uuid
from datetime import timedelta

import pytest

from hotel.guests.models import Guest, GuestDocument
from hotel.properties.services.settings import setting_set
from hotel.reservations.models import Booking, Reservation, Turnaway
from hotel.rooms.services.status import room_status_set
from hotel.stays.selectors.actions import room_tonight
from hotel.stays.services.check_in import check_in
from tests.cast import TODAY
from tests.contracts.queries import queries_of
from tests.factories.guests import guest_make
from tests.factories.rates import restriction_make
from tests.factories.reservations import house_make

PAGE = "/dashboard/walk-in"
DAY = timedelta(days=1)


def text_of(response) -> str:
    return response.content.decode()


def search(nights=1, **over) -> str:
    asked = {"departure": TODAY + nights * DAY, "adults": 2, **over}
    return f"{PAGE}?" + "&".join(f"{name}={value}" for name, value in asked.items())


@pytest.fixture
def walks_in(house, send):
    """Send the form with the first double of the house for a new guest."""

    def sent(client, page=PAGE, key=None, **over):
        values = {
            "offer": f"{house.double.pk}-{house.plan.pk}-100",
            "room": house.rooms[0].pk,
            "first_name": "Ann",
            "last_name": "Berger",
            "guarantee": "none",
            **over,
        }
        return send(client, page, "walk_in", key, **values)

    return sent


def nothing_happened() -> bool:
    return not (Booking.objects.exists() or Guest.objects.exists() or GuestDocument.objects.exists())


def test_tonight_is_offered_at_once_with_the_rooms_that_are_ready_first(house, desk):
    room_status_set(room=house.rooms[0], status="dirty")

    answer = desk.get(PAGE)

    form = answer.context["forms"]["walk_in"]
    assert [words for _, words in form.fields["offer"].choices] == [
        "Dbl · Bar · EUR 100.00 · 2 rooms left", "Sui · Bar · EUR 250.00 · 1 room left",
    ]  # fmt: skip
    _empty, (_, ready), (_, others) = form.fields["room"].choices
    assert [[words for _, words in rooms] for rooms in (ready, others)] == [
        ["102 · Dbl · Clean", "901 · Sui · Clean"], ["101 · Dbl · Dirty"],
    ]  # fmt: skip
    assert f'href="{PAGE}"' in text_of(desk.get("/dashboard"))


def test_one_form_books_and_checks_in_once_though_clicked_twice(house, desk, walks_in, cast):
    key = uuid.uuid4()

    answers = [walks_in(desk, key=key, note="Late") for _ in "12"]

    stay = Reservation.objects.get()
    for answer in answers:
        assert answer.redirect_chain[-1][0] == f"/dashboard/reservations/{stay.pk}"
    assert f"{stay.number}: the guest is in house." in text_of(answers[0])
    assert "the second time did nothing" in text_of(answers[1])
    assert (stay.status, stay.is_walk_in, stay.arrival, stay.departure) == (
        "in_house", True, TODAY, TODAY + DAY,
    )  # fmt: skip
    assert (str(stay.primary_guest), stay.adults, room_tonight(stay)) == ("Ann Berger", 2, house.rooms[0])
    assert stay.changes.latest("pk").actor == cast.bo
    assert house.counted("sold", days=3) == [1, 0, 0]


def test_more_nights_for_a_guest_known_here(house, desk, walks_in):
    moser = guest_make(house.place, first_name="Anna", last_name="Moser")
    page = search(3, adults=1, who="moser")
    assert f'value="{moser.pk}"' in text_of(desk.get(page))

    offer = f"{house.double.pk}-{house.plan.pk}-300"
    walks_in(desk, page, offer=offer, guest=moser.pk, first_name="", last_name="")

    stay = Reservation.objects.get()
    assert (stay.primary_guest, stay.adults, stay.departure) == (moser, 1, TODAY + 3 * DAY)


def test_the_arrival_is_the_business_date_whatever_is_sent(house, desk, walks_in):
    walks_in(desk, search(1, arrival="2027-04-01"))

    assert Reservation.objects.get().arrival == TODAY


@pytest.mark.parametrize(
    ("case", "over", "told"),
    [
        ("no name", {"last_name": ""}, "Enter the last name"),
        ("no room", {"room": ""}, "This field is required."),
        ("another price", {"offer": "1-1-1"}, "This offer has changed meanwhile."),
        ("no guarantee", {"guarantee": "x"}, "Select a valid choice."),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_booked(house, desk, walks_in, case, over, told):
    answer = walks_in(desk, **over)

    assert told in text_of(answer)
    assert "Nothing is booked yet." in text_of(answer)
    assert nothing_happened()


def test_a_room_of_another_type_is_refused(house, desk, walks_in):
    answer = walks_in(desk, room=house.rooms[-1].pk)

    assert "This room is of another type than the offer." in text_of(answer)
    assert nothing_happened()


def test_a_room_that_somebody_else_got_is_told(house, desk, walks_in):
    check_in(reservation=house.reserve(0, 1), actor=None, room=house.rooms[0])

    answer = walks_in(desk)

    assert "Somebody else has this room in that time. Choose another." in text_of(answer)
    assert Reservation.objects.count() == 1


def test_a_dirty_room_needs_a_reason_of_somebody_who_may(house, desk, walks_in, cast, signed_in):
    room_status_set(room=house.rooms[0], status="dirty")

    answer = walks_in(desk)
    assert "The room is not ready." in text_of(answer)
    assert "Do it all the same" not in text_of(answer)
    assert nothing_happened()

    walks_in(signed_in(cast.ada), override_reason="He waits outside")
    assert Reservation.objects.get().status == "in_house"


def test_the_document_is_recorded_where_the_house_asks_for_it(house, desk, walks_in):
    setting_set(place=house.place, key="stays.registration", value="document", valid_from=TODAY)

    refused = walks_in(desk)
    assert "The registration of the guest is not complete." in text_of(refused)
    half = walks_in(desk, kind="passport", number="P 1")
    assert "Say which country issued the document." in text_of(half)
    assert nothing_happened()

    walks_in(desk, kind="passport", number="P 123-456", issuing_country="at")
    document = GuestDocument.objects.get()
    assert (document.number, document.issuing_country) == ("P123456", "AT")
    assert Reservation.objects.get().status == "in_house"


def test_a_full_house_says_so_and_where_the_reasons_are(house, desk):
    restriction_make(house.place, "closed", TODAY, TODAY + DAY)

    page = text_of(desk.get(search()))

    assert "No room can be sold for this stay tonight." in page
    assert "/dashboard/bookings/new?arrival=2027-03-14&amp;departure=2027-03-15" in page
    assert "The departure must be after the arrival." in text_of(desk.get(search(0)))


def test_a_walk_in_refused_for_want_of_rooms_is_a_turnaway(house, desk, walks_in, monkeypatch):
    seen = [row["offer"] for row in desk.get(PAGE).context["view"].found]
    for _ in "12":
        house.reserve(0, 1)
    monkeypatch.setattr("hotel.dashboard.views.walk_in.offers", lambda question: seen)

    answer = walks_in(desk)

    assert 'role="alert"' in text_of(answer)
    assert Reservation.objects.count() == 2
    assert Turnaway.objects.get().reason == "sold_out"


def test_walk_ins_need_their_right_and_stay_within_the_property(house, cast, signed_in, walks_in):
    other = house_make(cast.beta)

    assert signed_in(cast.rae).get(PAGE).status_code == 403
    assert walks_in(signed_in(cast.rae)).status_code == 403
    assert f'href="{PAGE}"' not in text_of(signed_in(cast.rae).get("/dashboard"))
    answer = walks_in(signed_in(cast.eve))
    assert "This offer has changed meanwhile." in text_of(answer)
    assert not Reservation.objects.exists()
    foreign = walks_in(signed_in(cast.bo), room=other.rooms[0].pk)
    assert "Somebody else has this room" in text_of(foreign)
    assert not Reservation.objects.exists()


def test_the_page_costs_the_same_in_a_big_house(cast, desk):
    house = house_make(cast.alpha, doubles=5)
    desk.get(PAGE)
    few = len(queries_of(lambda: desk.get(PAGE)))
    check_in(reservation=house.reserve(0, 1), actor=None, room=house.rooms[0])
    house.reserve(0, 1)

    assert len(queries_of(lambda: desk.get(PAGE))) == few
    assert few <= 28
