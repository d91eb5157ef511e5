"""Quotes that explain themselves, and why something is closed, as a seller asks for them."""

from datetime import date
from decimal import Decimal

import pytest

from tests.factories.guests import company_make
from tests.factories.rates import (
    agreement_make,
    package_make,
    price_make,
    promo_make,
    rate_plan_make,
    restriction_make,
    season_make,
    tax_rule_make,
)
from tests.factories.rooms import inventory_ready, room_type_make, rooms_make

RIGHTS = frozenset(
    {
        "view_reservations_area",
        "view_rates_area",
        "view_rooms_area",
        "view_properties_area",
        "view_guests_area",
    }
)
STAY = "arrival=2027-07-01&departure=2027-07-03&adults=2"
FIRST, PAST = date(2027, 7, 1), date(2027, 7, 5)


@pytest.fixture
def house(stage):
    """A plan with a price in the season, a week-end plan of it, and one only for companies."""
    double = room_type_make(stage.alpha)
    rooms_make(stage.alpha, double, 2)
    inventory_ready(stage.alpha, FIRST, PAST)
    season = season_make(stage.alpha, (FIRST, date(2027, 9, 1)))
    bar = rate_plan_make(stage.alpha)
    price_make(bar, double, 100)
    price_make(bar, double, 120, season=season)
    corporate = rate_plan_make(
        stage.alpha, "CORP", parent=bar, offset_rate=Decimal("-0.10"), is_negotiated=True
    )
    tax_rule_make(stage.alpha, groups=["room", "food"])
    package_make(bar, 10, group="food")
    return stage, double, bar, corporate


def test_an_offer_tells_plan_season_derivation_discounts_packages_and_taxes(house):
    stage, double, _, corporate = house
    acme = company_make(stage.alpha, name="Acme")
    agreement_make(corporate, acme, discount_rate=Decimal("0.05"))
    promo_make(stage.alpha)
    client = stage.client_of(RIGHTS)
    url = f"/api/v1/rate-plans/{corporate.pk}/explain?room_type={double.pk}&{STAY}&company={acme.pk}&promo_code=spring"
    body = client.get(url).json()
    assert [
        (step["kind"], step["text"], step["amount"]["amount"]) for step in body["nights"][0]["steps"]
    ] == [
        ("season", "Bar: season High, for 2 adults.", "120.00"),
        ("derived", "Corp: -10 % on Bar.", "108.00"),
        ("discount", "Agreed with Acme: -5.4.", "102.60"),
        ("discount", "Spring: -10.26.", "92.34"),
        ("package", "Bf: contained in the rate.", "20.00"),
        ("tax", "Vat on room: contained, base 65.76.", "6.58"),
        ("tax", "Vat on BF: contained, base 18.18.", "1.82"),
    ]
    assert (body["total"]["amount"], body["is_sellable"]) == ("184.68", True)


def test_availability_explains_which_rule_at_which_level_on_which_date_closes_a_plan(house):
    stage, double, bar, corporate = house
    restriction_make(
        stage.alpha, "min_stay_through", date(2027, 7, 2), PAST, 3, rate_plan=bar, reason="Festival"
    )
    restriction_make(stage.alpha, "ctd", date(2027, 7, 3), PAST, room_type=double)
    client = stage.client_of(RIGHTS)
    answer = client.get(
        f"/api/v1/availability/explain?property={stage.alpha.pk}&arrival=2027-07-01&departure=2027-07-03"
    )
    assert answer.status_code == 200, answer.content
    leaving = ("ctd", "room_type", "2027-07-03", "Dbl: closed to departure on Sat 3 Jul 2027.")
    festival = (
        "min_stay_through",
        "rate_plan",
        "2027-07-02",
        "Bar: at least 3 nights for a stay through Fri 2 Jul 2027 (Festival).",
    )
    found = {
        plan["rate_plan"]: [(r["code"], r["level"], r["night"], r["text"]) for r in plan["rules"]]
        for plan in answer.json()["plans"]
    }
    assert found[bar.pk] == [leaving, festival]
    agreed = ("not_agreed", "rate_plan", None, "Corp: only for companies it is agreed with.")
    assert found[corporate.pk] == [agreed, leaving, festival]


def test_quotes_leave_out_what_is_closed_unless_asked(house):
    stage, double, bar, _ = house
    client = stage.client_of(RIGHTS)
    url = f"/api/v1/quotes?property={stage.alpha.pk}&{STAY}"
    (offer,) = client.get(url).json()
    assert (offer["rate_plan"], offer["room_type"]) == (bar.pk, double.pk)
    restriction_make(stage.alpha, "closed", FIRST, PAST)
    assert client.get(url).json() == []
    assert len(client.get(f"{url}&include_closed=true").json()) == 2
