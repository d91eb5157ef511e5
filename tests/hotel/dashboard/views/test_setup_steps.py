"""Rooms, prices and taxes by pages that are each kept by themselves; then the desk sells a room for tonight."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.http import urlencode

from hotel.accounts.models import User
from hotel.properties.models import AgeBand
from hotel.rates.models import RatePlan, RatePrice, TaxRule
from hotel.reservations.models import Reservation
from hotel.rooms.models import Room, RoomType, RoomTypeOccupancy
from tests.cast import TODAY, make_cast
from tests.factories.rates import tax_rule_make
from tests.factories.rooms import room_make, room_type_make
from tests.together import together

ROOMS, RATES, TAXES = (f"/dashboard/setup/{name}" for name in ("rooms", "rates", "taxes"))
DOUBLE = {
    "name": "Standard double",
    "code": "std",
    "standard_occupancy": 2,
    "max_occupancy": 3,
    "max_children": 1,
}
BAR = {
    "name": "Best rate",
    "code": "BAR",
    "terms": "first_night",
    "days_before": 1,
    "at_time": "18:00",
    "no_show_nights": 1,
}


@pytest.fixture
def ada(cast, signed_in):
    return signed_in(cast.ada)


def words(answer):
    return " ".join(answer.content.decode().split())


def make(client, double, pattern, key=None):
    values = {
        "do": "build",
        "build-key": key or uuid.uuid4(),
        "build-room_type": double.pk,
        "build-pattern": pattern,
    }
    return client.post(ROOMS, values, follow=True)


def test_a_first_type_takes_as_many_guests_as_it_says(cast, ada, send):
    assert "A first type of room" in words(ada.get(ROOMS))
    assert "Standard double is a type now." in words(send(ada, ROOMS, "type", **DOUBLE))
    row = RoomType.objects.get()
    assert (row.code, row.kind, row.standard_occupancy, row.max_occupancy) == ("STD", "standard", 2, 3)
    assert (row.max_adults, row.max_children) == (3, 1)
    most = RoomTypeOccupancy.objects.values_list("age_band__code", "max_count")
    assert dict(most) == {"adult": 3, "child": 1}
    assert AgeBand.objects.at(cast.alpha.pk).count() == 2


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"standard_occupancy": 4}, "Not more than the guests at most."),
        ({"max_children": 4}, "Not more than the guests at most."),
        ({"code": "not a code"}, "Use up to 16 capital letters"),
        ({"max_occupancy": 0}, "greater than or equal to 1"),
    ],
)
def test_a_type_that_cannot_be_is_not_made(ada, send, over, said):
    assert said in words(send(ada, ROOMS, "type", **{**DOUBLE, **over}))
    assert not RoomType.objects.exists()


def test_a_code_is_given_once(cast, ada, send):
    room_type_make(cast.alpha, "STD")
    assert "There is such a type already." in words(send(ada, ROOMS, "type", **DOUBLE))
    assert RoomType.objects.count() == 1


def test_rooms_are_shown_by_floor_before_they_are_made(cast, ada):
    double = room_type_make(cast.alpha)
    page = words(ada.get(ROOMS, {"room_type": double.pk, "pattern": "101-103, 201"}))
    assert "4 rooms would be made" in page
    assert '<th scope="row">1</th><td>101, 102, 103</td>' in page
    assert '<th scope="row">2</th><td>201</td>' in page
    assert 'value="101, 102, 103, 201"' in page
    assert not Room.objects.exists()

    assert "4 rooms were made: 101 to 201." in words(make(ada, double, "101, 102, 103, 201"))
    assert list(Room.objects.order_by("number").values_list("number", "floor__level")) == [
        ("101", 1),
        ("102", 1),
        ("103", 1),
        ("201", 2),
    ]


def test_numbers_that_are_taken_are_told_before(cast, ada):
    double = room_type_make(cast.alpha)
    room_make(cast.alpha, double, "102")
    page = words(ada.get(ROOMS, {"room_type": double.pk, "pattern": "101-103"}))
    assert "There are rooms with these numbers already: 102." in page
    assert "Make these rooms" not in page
    assert "102" in words(make(ada, double, "101-103"))
    assert Room.objects.count() == 1


@pytest.mark.parametrize(
    ("pattern", "said"), [("101,101", "Named twice: 101."), ("abc", "is no number"), ("", "required")]
)
def test_a_pattern_that_cannot_be_read_makes_nothing(cast, ada, pattern, said):
    double = room_type_make(cast.alpha)
    assert said in words(ada.get(ROOMS, {"room_type": double.pk, "pattern": pattern}))
    assert said in words(make(ada, double, pattern))
    assert not Room.objects.exists()


def test_a_type_of_another_hotel_is_none_here(cast, ada):
    foreign = room_type_make(cast.beta)
    make(ada, foreign, "101")
    assert not Room.objects.exists()


def test_a_double_click_makes_rooms_once(cast, ada):
    double, key = room_type_make(cast.alpha), uuid.uuid4()
    make(ada, double, "101-102", key)
    assert "This was done already" in words(make(ada, double, "101-102", key))
    assert Room.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_people_who_make_the_same_rooms_by_the_page_at_once_make_them_once():
    cast = make_cast()
    double = room_type_make(cast.alpha)
    clients = []
    for person in (cast.ada, User.objects.create_superuser(username="owner")):
        client = Client()
        client.force_login(person)
        clients.append(client)
    answers = together(*[lambda client=client: words(make(client, double, "101-106")) for client in clients])

    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    told = ["6 rooms were made" in answer for answer in answers]
    refused = ["There are rooms with these numbers already" in answer for answer in answers]
    assert (sorted(told), sorted(refused)) == ([False, True], [False, True])
    assert Room.objects.count() == 6


def test_without_types_there_is_nothing_to_price(ada):
    page = words(ada.get(RATES))
    assert ("there is none yet" in page, 'name="plan-name"' in page) == (True, False)


def test_a_plan_is_sold_on_the_types_that_have_a_price(cast, ada, send):
    double, suite = room_type_make(cast.alpha), room_type_make(cast.alpha, "SUITE")
    assert "Say what a night of one type costs" in words(send(ada, RATES, "plan", **BAR))
    assert not RatePlan.objects.exists()

    answer = send(ada, RATES, "plan", **BAR, **{f"price_{double.pk}": "120.00"})
    assert answer.redirect_chain == [(TAXES, 302)]
    [price] = RatePrice.objects.all()
    assert (price.room_type, price.amount.amount, str(price.amount.currency)) == (double, Decimal(120), "EUR")

    assert "Types without a price" in words(ada.get(RATES))
    send(ada, RATES, "prices", **{f"price_{suite.pk}": "200"})
    assert RatePrice.objects.get(room_type=suite).amount.amount == Decimal(200)
    page = words(ada.get(RATES))
    assert ('name="plan-name"' in page, "Types without a price" in page) == (False, False)


@pytest.mark.parametrize(
    ("sent", "rules"),
    [
        (
            {"room": "10", "food": "10", "other": "20"},
            [("VAT10", "0.10", None, True), ("VAT20", "0.20", None, True)],
        ),
        ({"room": "5.5", "is_inclusive": "no"}, [("VAT5_5", "0.055", None, False)]),
        ({"room": "0"}, [("VAT0", "0", None, True)]),
        ({"city": "per_person_night", "city_value": "2.50"}, [("CITY", None, "2.50", False)]),
        ({"city": "percent", "city_value": "3.2"}, [("CITY", "0.032", None, False)]),
    ],
)
def test_taxes_are_what_was_typed(ada, send, sent, rules):
    send(ada, TAXES, "taxes", **{"is_inclusive": "yes", "min_age": 0, **sent})
    rows = TaxRule.objects.order_by("position", "code").values_list("code", "rate", "amount", "is_inclusive")
    wanted = [
        (code, rate and Decimal(rate), amount and Decimal(amount), inside)
        for code, rate, amount, inside in rules
    ]
    assert list(rows) == wanted
    assert set(TaxRule.objects.values_list("valid_from", flat=True)) == {TODAY}


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Name one tax at least"),
        ({"room": "101"}, "less than or equal to 100"),
        ({"city": "per_room_night"}, "Say how much it is."),
        ({"city": "per_room_night", "city_value": "1.005"}, "Nobody can pay such an amount"),
        ({"city": "percent", "city_value": "101"}, "more than 100 percent"),
    ],
)
def test_taxes_that_cannot_be_are_not_made(ada, send, sent, said):
    assert said in words(send(ada, TAXES, "taxes", **{"is_inclusive": "yes", "min_age": 0, **sent}))
    assert not TaxRule.objects.exists()


def test_a_rate_changes_from_a_night_on_and_nights_before_keep_theirs(cast, ada, send):
    old = tax_rule_make(cast.alpha, "VAT10", name="VAT 10 %", rate=Decimal("0.10"), valid_from=TODAY)
    page = words(ada.get(TAXES))
    assert ("10%" in page or "10 %" in page, "Another tax" in page) == (True, True)
    later = TODAY + timedelta(days=20)
    sent = {"rule": old.pk, "value": "12.5", "name": "VAT 12.5 %", "valid_from": later.isoformat()}
    assert "VAT 12.5 % from Sat 3 Apr 2027 on." in words(send(ada, TAXES, "revise", **sent))
    rows = TaxRule.objects.order_by("valid_from").values_list("name", "rate", "valid_from", "valid_until")
    assert list(rows) == [
        ("VAT 10 %", Decimal("0.10"), TODAY, later),
        ("VAT 12.5 %", Decimal("0.125"), later, None),
    ]
    new = TaxRule.objects.get(valid_until=None)
    end = later + timedelta(days=5)
    told = words(send(ada, TAXES, "end", rule=new.pk, valid_until=end.isoformat()))
    assert "VAT 12.5 % is not charged from Thu 8 Apr 2027 on." in told
    assert TaxRule.objects.get(pk=new.pk).valid_until == end


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"valid_from": TODAY.isoformat()}, "A new version begins after the first night of the old one"),
        ({"value": "101"}, "more than 100 percent"),
        ({"value": "-1"}, "greater than or equal to 0"),
    ],
)
def test_a_change_that_cannot_be_changes_nothing(cast, ada, send, over, said):
    old = tax_rule_make(cast.alpha, "VAT10", rate=Decimal("0.10"), valid_from=TODAY)
    later = (TODAY + timedelta(days=20)).isoformat()
    sent = {"rule": old.pk, "value": "12", "valid_from": later, **over}
    assert said in words(send(ada, TAXES, "revise", **sent))
    assert list(TaxRule.objects.values_list("rate", "valid_until")) == [(Decimal("0.10"), None)]


def test_a_tax_of_another_hotel_is_not_touched_here(cast, ada, send):
    foreign = tax_rule_make(cast.beta, "VAT10", valid_from=TODAY)
    tax_rule_make(cast.alpha, "VAT10", valid_from=TODAY)
    send(ada, TAXES, "end", rule=foreign.pk, valid_until=(TODAY + timedelta(days=2)).isoformat())
    assert TaxRule.objects.filter(valid_until=None).count() == 2


def test_no_rate_is_proposed(ada):
    page = words(ada.get(TAXES))
    for name in ("room", "food", "other", "city_value"):
        field = page[page.index(f'name="taxes-{name}"') :].partition(">")[0]
        assert "value=" not in field


def test_after_these_pages_alone_the_desk_books_a_room_for_tonight(cast, ada, desk, send):
    send(ada, ROOMS, "type", **DOUBLE)
    double = RoomType.objects.get()
    make(ada, double, "101-104")
    send(ada, RATES, "plan", **BAR, **{f"price_{double.pk}": "120"})
    send(
        ada,
        TAXES,
        "taxes",
        is_inclusive="yes",
        min_age=16,
        room="10",
        city="per_person_night",
        city_value="2",
    )
    ready = words(ada.get("/dashboard/setup"))
    assert ("Your hotel is ready to sell" in ready, "4 rooms can be booked for tonight." in ready) == (
        True,
        True,
    )
    assert "122.00" in ready

    dates = {"arrival": TODAY.isoformat(), "departure": (TODAY + timedelta(days=1)).isoformat(), "adults": 2}
    offers = desk.get("/dashboard/bookings/new", dates)
    assert "124.00" in words(offers)
    chosen = f"/dashboard/bookings/new/guest?{urlencode(dates)}&room_type={double.pk}"
    chosen += f"&rate_plan={RatePlan.objects.get().pk}"
    guest = {"first_name": "Anna", "last_name": "Moser", "key": str(uuid.uuid4())}
    assert desk.post(chosen, guest).status_code == 302

    [stay] = Reservation.objects.all()
    assert (stay.arrival, stay.room_type, stay.total_amount.amount) == (TODAY, double, Decimal(124))
    assert "3 rooms can be booked for tonight." in words(ada.get("/dashboard/setup"))
