"""Guests: found, one with his journey, revealed, and put right."""

import re
from datetime import date, timedelta

import pytest
import time_machine

from hotel.core import access_notes
from hotel.core.clock import now
from hotel.guests.models import Guest
from hotel.guests.services.consents import consent_record
from hotel.guests.services.guests import guest_link
from hotel.guests.services.merges import guest_merge
from hotel.guests.services.restrictions import guest_restrict
from hotel.properties.scoping import codename
from hotel.reservations.models import Reservation, ReservationNote
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.rooms.models import RoomFeature
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.guests import guest_document_make, guest_make
from tests.factories.loyalty import loyalty_member_make, points_make
from tests.factories.messaging import message_make
from tests.factories.reservations import house_make

LIST = "/dashboard/guests"
BUDGET = 12


def words(answer):
    return answer.content.decode()


def plain(answer):
    """What a page says, its markup and line breaks taken out."""
    return " ".join(re.sub(r"<[^>]+>", " ", words(answer)).split())


def of(guest, more=""):
    return f"{LIST}/{guest.pk}{more}"


@pytest.fixture
def anna(house):
    return guest_make(
        house.place, first_name="Anna", last_name="Moser", email="anna@example.com", city="Graz", country="AT"
    )


@pytest.fixture
def boss(cast, signed_in):
    return signed_in(cast.ada)


def test_guests_are_found_by_name_and_by_a_whole_address(desk, anna):
    guest_make(anna.profiles.get().property, last_name="Berger")
    newest = plain(desk.get(LIST))
    assert newest.index("Berger") < newest.index("Anna Moser")
    found = plain(desk.get(f"{LIST}?who=mosr"))
    assert ("Anna Moser" in found, "Berger" in found) == (True, False)
    assert "Anna Moser" in plain(desk.get(f"{LIST}?who=anna@example.com"))
    assert "Nobody fits." in plain(desk.get(f"{LIST}?who=anna@exampl"))


def test_a_house_without_guests_says_what_will_be_here(desk):
    assert "Nobody is known here yet." in plain(desk.get(LIST))


def test_a_guest_without_history_is_taught(desk, anna):
    page = plain(desk.get(of(anna)))
    assert "Nothing has happened yet." in page
    assert "Nothing is known yet. Wishes for the room" in page
    assert "He was never asked." in page
    assert "Next stay –" in page
    assert "Nothing of this kind." in plain(desk.get(of(anna, "?kind=stays")))


def test_the_journey_is_told_newest_first_and_by_kind(desk, house, anna):
    with time_machine.travel(now() - timedelta(days=9), tick=False):
        stay = house.reserve(1, 2, primary_guest=anna)
    with time_machine.travel(now() - timedelta(days=8), tick=False):
        ReservationNote.objects.create(
            property=house.place, reservation=stay, kind="guest", text="A cot, please"
        )
        ReservationNote.objects.create(
            property=house.place, reservation=stay, kind="internal", text="Not for the line"
        )
    with time_machine.travel(now() - timedelta(days=7), tick=False):
        message_make(house.place, guest_id=anna.pk, template_code="pre_arrival")
    reservation_cancel(reservation=Reservation.objects.get(pk=stay.pk), actor=None)

    page = plain(desk.get(of(anna)))
    places = [page.index(text) for text in ("Cancelled", "Pre arrival", "A cot, please", "Created")]
    assert places == sorted(places)
    assert "Not for the line" not in page
    assert f'href="/dashboard/reservations/{stay.pk}">Cancelled</a>' in words(desk.get(of(anna)))
    only = plain(desk.get(of(anna, "?kind=requests")))
    assert ("A cot, please" in only, "Pre arrival" in only, "Cancelled" in only) == (True, False, False)


def test_a_confidential_stay_is_nowhere_on_the_page(desk, house, anna):
    hidden = house.reserve(1, 2, primary_guest=anna, flags=frozenset({"is_confidential"}))
    assert hidden.number not in words(desk.get(of(anna)))
    assert "Next stay –" in plain(desk.get(of(anna)))


def test_what_is_older_is_on_the_next_part_and_nothing_is_lost(desk, house, anna):
    for n in range(33):
        with time_machine.travel(now() - timedelta(hours=n // 2), tick=False):
            message_make(house.place, guest_id=anna.pk, template_code=f"letter_{n:02}")
    first = words(desk.get(of(anna, "?kind=messages")))
    older = re.search(r'href="\?(kind=messages&amp;before=[^"]+)"', first)[1].replace("&amp;", "&")
    second = words(desk.get(of(anna, f"?{older}")))
    numbers = [re.findall(r"Letter (\d\d)", page) for page in (first, second)]
    assert [len(part) for part in numbers] == [30, 3]
    assert sorted(numbers[0] + numbers[1]) == [f"{n:02}" for n in range(33)]
    assert "before=" not in second
    unread = words(desk.get(of(anna, "?before=9-messages-99999999999999999999")))
    assert len(re.findall(r"Letter \d\d", unread)) == 30


def test_next_stay_alerts_wishes_consents_and_tier_stand_where_the_desk_looks(desk, house, anna):
    later = house.reserve(3, 2, primary_guest=anna)
    stay = house.reserve(1, 1, primary_guest=anna)
    Reservation.objects.filter(pk=stay.pk).update(room_wishes={"BALC": 60})
    RoomFeature.objects.create(property=house.place, code="BALC", name="Balcony")
    ReservationNote.objects.create(property=house.place, reservation=stay, kind="alert", text="Call the chef")
    consent_record(guest=anna, channel="email", purpose="marketing", source="website")
    member = loyalty_member_make(house.place, anna)
    guest_restrict(guest=anna, reason="Smoked in the lift", by=None)

    page = plain(desk.get(of(anna)))
    assert f"Next stay 15 Mar 2027 {stay.number}" in page
    assert later.number in page
    assert "Alert: Call the chef" in page
    assert f"Balcony said at {stay.number} · not honoured yet" in page
    assert "Marketing, E-mail Given" in page
    assert f"{member.tier.name} {member.program.name}" in page
    assert "Do not rent: Smoked in the lift" in page


def test_money_and_points_are_told_to_those_who_may_know(stage, signed_in):
    house = house_make(stage.alpha)
    anna = guest_make(house.place, last_name="Moser")
    points_make(loyalty_member_make(house.place, anna), 500)
    poor = signed_in(stage.person({codename("view", "guests")}))
    rich = signed_in(stage.person({codename("view", area) for area in ("guests", "loyalty", "folios")}))
    assert ("+500" in plain(rich.get(of(anna))), "+500" in plain(poor.get(of(anna)))) == (True, False)
    assert ("Spent on nights" in plain(rich.get(of(anna))), "Spent on" in plain(poor.get(of(anna)))) == (
        True,
        False,
    )
    assert "?kind=" not in words(poor.get(of(anna)))


def test_what_is_masked_is_shown_once_by_a_click_that_is_written_down(cast, desk, house, signed_in, noted):
    anna = guest_make(house.place, last_name="Moser", birth_date=date(1980, 5, 17))
    guest_document_make(house.place, anna, number="P7654321")
    hidden = words(desk.get(of(anna)))
    assert ("P7654321" in hidden, "1980" in hidden, "••••••" in hidden) == (False, False, True)
    noted.clear()
    shown = words(desk.post(of(anna), {"do": "reveal"}))
    assert ("P7654321" in shown, "17 May 1980" in shown) == (True, True)
    assert [(note.kind, note.subjects) for note in noted] == [("reveal", (anna.pk,))]
    assert "P7654321" not in words(desk.get(of(anna)))
    reader = signed_in(cast.cy)
    assert "Reveal" not in words(reader.get(of(anna)))
    assert reader.post(of(anna), {"do": "reveal"}).status_code == 403
    assert desk.post(of(anna), {"do": "something"}).status_code == 404


@pytest.fixture
def noted(monkeypatch):
    found = []
    monkeypatch.setattr(access_notes, "_sinks", [found.extend])
    return found


def test_another_house_finds_nobody(cast, anna, signed_in):
    eve = signed_in(cast.eve)
    assert "Moser" not in words(eve.get(LIST))
    for more in ("", "/edit", "/merge"):
        assert eve.get(of(anna, more)).status_code in (403, 404)
    assert eve.post(of(anna), {"do": "reveal"}).status_code == 404
    assert signed_in(cast.di).get(of(anna)).status_code == 403


def test_a_guest_of_two_houses_is_told_of_the_one_that_is_worked_at(cast, anna, house, boss):
    guest_link(guest=anna, place=cast.beta)
    other = house_make(cast.beta).reserve(1, 1, primary_guest=anna)
    here = house.reserve(1, 1, primary_guest=anna)
    page = words(boss.get(of(anna)))
    assert (here.number in page, other.number in page) == (True, False)


def test_a_merged_profile_leads_to_the_one_that_lives_on(desk, anna, house):
    gone = guest_make(house.place, last_name="Moser")
    guest_merge(kept=anna, merged=gone, by=None, reason="Said so")
    assert desk.get(of(gone)).headers["Location"] == of(anna)
    assert "Anna Moser" in words(desk.get(of(anna)))


def test_what_he_told_is_put_right(desk, anna):
    form = words(desk.get(of(anna, "/edit")))
    assert 'value="anna@example.com"' in form
    sent = {
        "do": "edit", "edit-version": anna.version, "edit-first_name": "Anna", "edit-last_name": "Moser",
        "edit-email": "Anna.Moser@example.com", "edit-phone": "0316 123456", "edit-city": "Graz", "edit-country": "AT",
    }  # fmt: skip
    assert "Anna Moser is saved." in plain(desk.post(of(anna, "/edit"), sent, follow=True))
    anna = Guest.objects.get(pk=anna.pk)
    assert (anna.email, anna.phone, anna.version) == ("anna.moser@example.com", "+43316123456", 2)
    assert "changed this meanwhile" in words(desk.post(of(anna, "/edit"), sent, follow=True))
    refused = desk.post(of(anna, "/edit"), {**sent, "edit-version": 2, "edit-country": "Austria"})
    assert "two capital letters" in words(refused).lower()
    assert Guest.objects.get(pk=anna.pk).version == 2


def test_a_long_journey_costs_the_queries_of_a_short_one(boss, cast):
    anna = guest_make(cast.alpha, last_name="Moser")
    house = house_make(cast.alpha, doubles=20)

    def more():
        stay = house.reserve(1, 1, primary_guest=anna)
        Reservation.objects.filter(pk=stay.pk).update(room_wishes={"BALC": 60})
        message_make(house.place, guest_id=anna.pk)
        ReservationNote.objects.create(property=house.place, reservation=stay, kind="alert", text="Look")

    loyalty_member_make(house.place, anna)
    more()
    boss.get(of(anna))
    few = queries_of(lambda: boss.get(of(anna)))
    for _ in range(7):
        more()
    many = queries_of(lambda: boss.get(of(anna)))
    assert_constant(few, many)
    assert len(many) <= BUDGET, "\n".join(sql[:150] for sql in many)


def test_a_list_of_many_costs_the_queries_of_one(desk, house, anna):
    desk.get(LIST)
    few = queries_of(lambda: desk.get(LIST))
    for n in range(8):
        guest_make(house.place, last_name=f"Guest {n}")
    assert_constant(few, queries_of(lambda: desk.get(LIST)))
