"""The demo's taxes: those of the country, and a rise at the turn of the year."""

from datetime import date
from decimal import Decimal

from hotel.rates.models import TaxRule
from hotel.rates.services.demo_taxes import SINCE, demo_taxes


def rules(place) -> list[tuple]:
    rows = TaxRule.objects.at(place.pk).order_by("position", "code", "valid_from")
    return [(row.code, row.rate, row.amount and row.amount.amount, row.valid_from) for row in rows]


def test_austria_has_a_share_by_age_and_no_rise(cast):
    demo_taxes(place=cast.alpha)
    assert rules(cast.alpha) == [
        ("VAT10", Decimal("0.10"), None, SINCE),
        ("VAT20", Decimal("0.20"), None, SINCE),
        ("CITY", Decimal("0.032"), None, SINCE),
    ]


def test_japan_pays_yen_per_person_and_more_from_next_year(cast):
    demo_taxes(place=cast.beta)
    assert rules(cast.beta) == [
        ("VAT", Decimal("0.10"), None, SINCE),
        ("CITY", None, 200, SINCE),
        ("CITY", None, 250, date(2028, 1, 1)),
    ]


def test_other_countries_get_something_believable(cast):
    cast.alpha.country = "XX"
    demo_taxes(place=cast.alpha)
    assert [row[2] for row in rules(cast.alpha) if row[0] == "CITY"] == [Decimal("2.00"), Decimal("2.50")]
