"""Quotes as plain JSON: what is stored is what was quoted."""

import json

import pytest
from moneyed import Money
from pydantic import ValidationError

from hotel.rates.domain.quotes import (
    Occupancy,
    night_price_dump,
    night_price_load,
    stay_quote_dump,
    stay_quote_load,
)
from tests.factories.rate_terms import asked, element, price, quoted, rule, sheet, tax

FULL = quoted(
    sheet(
        price("99.95"),
        taxes=[
            tax(groups=("room", "food")),
            tax("CLEAN", method="per_stay", amount=5, is_inclusive=False, pk=2),
        ],
        elements={1: [element("BF", 10, is_allowance=True)]},
        restrictions=[rule("cta")],
        policies={1: {"no_show": {"penalty": "nights", "nights": 1}}},
    ),
    asked(occupancy=Occupancy(2, (("child", 1),), (5,))),
)


def test_a_night_survives_the_way_through_json():
    stored = json.loads(json.dumps(night_price_dump(FULL.nights[0])))
    assert night_price_load(stored) == FULL.nights[0]
    assert stored["room_gross"] == {"amount": "99.95", "currency": "EUR"}
    assert stored["night"] == "2027-03-01"


def test_a_quote_survives_the_way_through_json():
    assert FULL.stay_taxes
    assert FULL.broken
    assert stay_quote_load(json.loads(json.dumps(stay_quote_dump(FULL)))) == FULL


def test_a_quote_may_be_loaded_from_values_of_python():
    values = stay_quote_dump(FULL) | {"total": Money("104.95", "EUR")}
    assert stay_quote_load(values) == FULL


@pytest.mark.parametrize(
    "record", [{}, {"night": "2027-03-01"}, {**night_price_dump(FULL.nights[0]), "total": 5}]
)
def test_what_is_no_night_is_refused(record):
    with pytest.raises((ValidationError, TypeError)):
        night_price_load(record)


@pytest.mark.parametrize(
    ("occupancy", "children", "persons"),
    [
        (Occupancy(2), 0, 2),
        (Occupancy(2, (("child", 1), ("infant", 1))), 2, 4),
        (Occupancy(1, (), (3, 4)), 2, 3),
        (Occupancy(1, (("child", 1),), (3,)), 1, 2),
    ],
)
def test_children_are_counted_by_band_or_by_age(occupancy, children, persons):
    assert (occupancy.child_count, occupancy.persons) == (children, persons)
