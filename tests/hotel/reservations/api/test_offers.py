"""Quotes, availability and price holds through the API: explained, scoped, in a fixed number of queries."""

from datetime import timedelta

import pytest

from hotel.properties.scoping import codename
from hotel.reservations.models import PriceHold
from hotel.rooms.services.blocks import BlockData, block_create
from tests.contracts.base import assert_problem
from tests.contracts.crud import HOSTILE_QUERIES, CreateContract, ReadContract
from tests.contracts.permissions import Case, assert_case
from tests.contracts.queries import QueryContract, assert_constant, queries_of
from tests.contracts.stage import ALL_VIEWS
from tests.factories.rates import price_make, rate_plan_make, restriction_make
from tests.factories.reservations import house_make, house_of, plan_make, price_hold_make
from tests.factories.rooms import room_type_make
from tests.hotel.reservations.api.bodies import day, stay_body

QUOTES, FREE, HOLDS = "/api/v1/quotes", "/api/v1/availability", "/api/v1/holds"
SELLER = ALL_VIEWS | {codename("manage", "reservations")}


@pytest.fixture
def house(stage):
    return house_make(stage.alpha)


@pytest.fixture
def client(stage):
    return stage.client_of(SELLER)


def asked(house, arrival=1, nights=2, **over):
    return {
        "property": house.place.pk,
        "arrival": day(house, arrival),
        "departure": day(house, arrival + nights),
        **over,
    }


def prices(answer) -> list[tuple]:
    assert answer.status_code == 200, answer.content
    return [
        (row["rate_plan"], row["room_type"], row["total"]["amount"], row["sellable"]) for row in answer.json()
    ]


def test_offers_come_cheapest_first_with_rooms_left_and_explained(house, client):
    cheap = plan_make(house.place, "NREF", {house.double: "80"})
    house.reserve(2, 1)

    answer = client.get(QUOTES, asked(house, adults=2))

    assert prices(answer) == [
        (cheap.pk, house.double.pk, "160.00", 1),
        (house.plan.pk, house.double.pk, "200.00", 1),
        (house.plan.pk, house.suite.pk, "500.00", 1),
    ]
    quote = answer.json()[0]["quote"]
    assert [night["night"] for night in quote["nights"]] == [day(house, 1), day(house, 2)]
    assert all(night["steps"] for night in quote["nights"])
    assert prices(client.post(QUOTES, asked(house, adults=2), key="")) == prices(answer)


def test_what_is_offered_is_what_is_booked_to_the_cent(house, client):
    plan_make(house.place, "ODD", {house.double: "33.33"})
    offer = client.get(QUOTES, asked(house, 1, 3, adults=2)).json()[0]

    stay = stay_body(house, 1, 3, rate_plan=offer["rate_plan"])
    booked = client.post("/api/v1/bookings", {"property": house.place.pk, "reservations": [stay]})

    assert (
        booked.json()["reservations"][0]["total"] == offer["total"] == {"amount": "99.99", "currency": "EUR"}
    )


def test_offers_leave_out_what_is_sold_out_too_small_or_closed_and_tell_it_when_asked(house, client):
    start = house.stay().arrival
    restriction_make(house.place, "min_los", start, start + timedelta(days=1), 5, room_type=house.suite)
    house.book(house.stay(), house.stay())

    assert prices(client.get(QUOTES, asked(house, adults=2))) == []
    closed = client.get(QUOTES, asked(house, adults=2, include_closed=True)).json()
    assert [(row["room_type"], row["is_bookable"], row["sellable"]) for row in closed] == [
        (house.double.pk, False, 0),
        (house.suite.pk, False, 1),
    ]
    assert [rule["code"] for rule in closed[1]["quote"]["broken"]] == ["min_los"]
    assert prices(client.get(QUOTES, asked(house, 5, adults=5))) == []
    only = client.get(QUOTES, asked(house, 5, adults=4))
    assert [row[1] for row in prices(only)] == [house.suite.pk]


def test_offers_are_narrowed_and_children_are_asked_by_band_or_age(house, client):
    by_type = client.get(QUOTES, asked(house, adults=2, room_types=[house.suite.pk]))
    assert [row[1] for row in prices(by_type)] == [house.suite.pk]
    for query in ({"children[child]": 1}, {"child_ages": [4]}):
        assert len(prices(client.get(QUOTES, asked(house, adults=2, **query)))) == 2, query
    assert prices(client.get(QUOTES, asked(house, adults=2, rooms=2)))[0][3] == 2
    assert_problem(
        client.get(QUOTES, asked(house, adults=2, **{"children[cat]": 1})), 400, "age_band_unknown"
    )


@pytest.mark.parametrize("url", [QUOTES, FREE, f"{FREE}/explain"])
def test_questions_that_make_no_sense_are_refused(house, client, url):
    for change in (
        {"departure": day(house, 1)}, {"departure": day(house, 400)}, {"arrival": "soon"}, {"property": "x"},
        {"property": 2**62}, {"room_types": ["x"]},
    ):  # fmt: skip
        answer = client.get(url, {**asked(house, adults=2), **change})
        assert_problem(answer, 400, "invalid")


@pytest.mark.parametrize("url", [QUOTES, FREE, f"{FREE}/explain"])
def test_hostile_questions_get_an_answer_below_500(house, client, url):
    known = "&".join(f"{key}={value}" for key, value in asked(house, adults=1).items())
    for query in [
        *HOSTILE_QUERIES,
        "arrival=0001-01-01",
        "departure=9999-12-31",
        "adults=1e9",
        "children[child]=-1",
    ]:
        answer = client.get(f"{url}?{known}&{query}")
        assert answer.status_code < 500, (query, answer.content)


@pytest.mark.parametrize(
    "case",
    [
        Case("get", QUOTES + "?property={place}&adults=1&{span}", "view_reservations_area", outsider=(400,)),
        Case("get", FREE + "?property={place}&{span}", "view_reservations_area", outsider=(400,)),
        Case("get", FREE + "/explain?property={place}&{span}", "view_reservations_area", outsider=(400,)),
        Case("post", HOLDS + "/{hold}/release", "manage_reservations_area", outsider=(404,)),
    ],
    ids=str,
)
def test_permissions(case, stage):
    house = house_of(stage.alpha)
    span = f"arrival={day(house, 1)}&departure={day(house, 3)}"
    assert_case(case, stage, place=stage.alpha.pk, span=span, hold=price_hold_make(stage.alpha).pk)


def test_availability_counts_rooms_per_night_and_the_least_of_them_for_the_stay(house, client):
    house.reserve(2, 1)
    house.reserve(2, 1)
    house.reserve(3, 1)

    shown = client.get(FREE, asked(house, 1, 3)).json()

    double, suite = shown["room_types"]
    assert [night["sellable"] for night in double["nights"]] == [2, 0, 1]
    assert (double["code"], double["sellable"], double["min_price"]) == ("DBL", 0, None)
    assert (suite["code"], suite["sellable"]) == ("SUI", 1)
    assert shown["alternatives"] is None


def test_with_a_party_the_lowest_price_is_shown(house, client):
    shown = client.get(FREE, asked(house, adults=4)).json()["room_types"]

    assert [(row["code"], row["min_price"]) for row in shown] == [
        ("SUI", {"amount": "500.00", "currency": "EUR"})
    ]


def test_a_sold_out_type_comes_with_other_types_and_other_dates(house, client):
    house.book(house.stay(), house.stay())

    shown = client.get(FREE, asked(house, room_types=[house.double.pk])).json()

    assert [row["sellable"] for row in shown["room_types"]] == [0]
    assert [row["code"] for row in shown["alternatives"]["room_types"]] == ["SUI"]
    (dates,) = shown["alternatives"]["dates"]
    # Two nights from day 3 on do not touch the nights 1 and 2; the business date is day 0.
    assert (dates["room_type"], dates["arrivals"]) == (
        house.double.pk,
        [day(house, n) for n in (3, 4, 5, 6, 7, 8)],
    )


def test_availability_is_explained_to_its_parts_and_plans_to_their_rules(house, client):
    first = house.stay().arrival
    house.reserve(1, 1)
    price_hold_make_at(house)
    block_create(
        room=house.rooms[0],
        data=BlockData(kind="out_of_order", start_on=first, end_on=first + timedelta(days=1), reason="Paint"),
    )
    restriction_make(house.place, "closed", first, first + timedelta(days=1), rate_plan=house.plan)

    shown = client.get(f"{FREE}/explain", asked(house, 1, 1, room_types=[house.double.pk])).json()

    (night,) = shown["nights"]
    assert (night["night"], night["sellable"], night["is_open"]) == (day(house, 1), 0, True)
    assert night["limited_by"] == [house.double.pk]
    parts = {name: night["count"][name] for name in ("capacity", "out_of_order", "sold", "held", "free")}
    assert parts == {"capacity": 2, "out_of_order": 1, "sold": 1, "held": 0, "free": 0}
    (plan,) = shown["plans"]
    assert [(rule["code"], rule["night"]) for rule in plan["rules"]] == [("closed", day(house, 1))]


def price_hold_make_at(house):
    """A hold elsewhere, which must not be counted here."""
    from hotel.reservations.services.holds import hold_create

    return hold_create(place=house.place, stay=house.stay(5, 1), actor=None)


def test_questions_cost_the_same_queries_for_more_types_nights_and_plans(stage):
    house = house_make(stage.alpha)
    user = stage.person(SELLER)

    def cost(url, nights, **over):
        return queries_of(lambda: stage.client(user).get(url, asked(house, 1, nights, **over)))

    few = [cost(QUOTES, 2, adults=2), cost(FREE, 2, adults=2), cost(f"{FREE}/explain", 2)]
    for number in range(4):
        kind = room_type_make(stage.alpha, f"T{number}")
        price_make(rate_plan_make(stage.alpha, f"P{number}"), kind, 100)
        plan_make(stage.alpha, f"Q{number}", {house.double: "90", house.suite: "190"})
    many = [cost(QUOTES, 14, adults=2), cost(FREE, 14, adults=2), cost(f"{FREE}/explain", 14)]

    for before, after in zip(few, many, strict=True):
        assert_constant(before, after)


class TestHolds(ReadContract, CreateContract, QueryContract):
    model, url, area = PriceHold, HOLDS, "reservations"

    def make(self, place, n):
        return price_hold_make(place)

    def create(self, place):
        return {"property": place.pk, **stay_body(house_of(place)), "quantity": 2, "minutes": 15}


def test_a_hold_keeps_rooms_and_price_until_it_is_released(house, client):
    answer = client.post(HOLDS, {"property": house.place.pk, **stay_body(house), "quantity": 2})

    assert answer.status_code == 201, answer.content
    hold = answer.json()
    assert (hold["status"], hold["total"]["amount"], hold["quantity"]) == ("active", "200.00", 2)
    assert house.counted("held", days=4) == [0, 2, 2, 0]
    sold = client.post("/api/v1/bookings", {"property": house.place.pk, "reservations": [stay_body(house)]})
    assert_problem(sold, 409, "room_type_sold_out")

    for _ in range(2):
        released = client.post(f"{HOLDS}/{hold['id']}/release", {})
        assert (released.status_code, released.json()["status"]) == (200, "released")
    assert house.counted("held", days=4) == [0, 0, 0, 0]


def test_more_than_is_left_is_not_held(house, client):
    answer = client.post(HOLDS, {"property": house.place.pk, **stay_body(house), "quantity": 3})

    assert_problem(answer, 409, "room_type_sold_out")
    assert not PriceHold.objects.exists()
    day_use = {**stay_body(house, 1, 0), "day_use_start": "10:00", "day_use_end": "12:00"}
    assert_problem(client.post(HOLDS, {"property": house.place.pk, **day_use}), 400, "dates_invalid")


@pytest.fixture
def day_house(stage):
    house = house_make(stage.alpha, day_use_limit=2)
    house.day_plan = rate_plan_make(house.place, "DAY", day_use_hours=6)
    price_make(house.day_plan, house.double, "60")
    return house


HOURS = {"day_use_start": "10:00", "day_use_end": "16:00"}


def test_day_use_is_found_priced_and_booked_with_the_same_words(day_house, client):
    day_house.reserve(0, 2)
    wanted = asked(day_house, 1, 0, adults=2, **HOURS)

    double, suite = client.get(FREE, wanted).json()["room_types"]
    assert (double["sellable"], double["min_price"]) == (1, {"amount": "60.00", "currency": "EUR"})
    assert double["nights"] == [{"night": day(day_house, 1), "sellable": 1}]
    assert (suite["sellable"], suite["min_price"]) == (0, None)
    answer = client.get(QUOTES, wanted)
    assert prices(answer) == [(day_house.day_plan.pk, day_house.double.pk, "60.00", 1)]
    assert prices(client.post(QUOTES, wanted, key="")) == prices(answer)

    stay = stay_body(day_house, 1, 0, rate_plan=answer.json()[0]["rate_plan"], **HOURS)
    booked = client.post("/api/v1/bookings", {"property": day_house.place.pk, "reservations": [stay]})

    assert booked.json()["reservations"][0]["total"] == answer.json()[0]["total"]
    gone = client.get(FREE, wanted).json()
    assert ([row["sellable"] for row in gone["room_types"]], gone["alternatives"]) == ([0, 0], None)
    assert prices(client.get(QUOTES, wanted)) == []


def test_day_use_plans_are_for_their_hours_and_nights_for_the_others(day_house, client):
    closed = client.get(
        QUOTES, asked(day_house, 1, 0, adults=2, include_closed=True, **{**HOURS, "day_use_end": "16:30"})
    ).json()
    assert [rule["code"] for rule in closed[0]["quote"]["broken"]] == ["day_use_too_long"]
    codes = {row["rate_plan"]: row["is_bookable"] for row in closed}
    assert codes == {day_house.day_plan.pk: False, day_house.plan.pk: False}
    nightly = client.get(QUOTES, asked(day_house, adults=2))
    assert {row[0] for row in prices(nightly)} == {day_house.plan.pk}


@pytest.mark.parametrize("url", [QUOTES, FREE])
@pytest.mark.parametrize(
    ("nights", "hours", "field"),
    [
        (1, HOURS, "departure"),
        (0, {"day_use_start": "10:00"}, "day_use_end"),
        (0, {"day_use_start": "16:00", "day_use_end": "10:00"}, "day_use_end"),
        (0, {"day_use_start": "10:00", "day_use_end": "10:00"}, "day_use_end"),
        (0, {"day_use_start": "soon", "day_use_end": "10:00"}, "day_use_start"),
    ],
)
def test_hours_that_make_no_sense_are_refused(day_house, client, url, nights, hours, field):
    answer = client.get(url, asked(day_house, 1, nights, adults=2, **hours))
    assert_problem(answer, 400, "invalid")
    assert field in answer.content.decode()
