"""Nights that another system priced; see docs/algorithms/taxes.md, "Recorded prices"."""

from datetime import date, timedelta

import pytest
from moneyed import Money

from hotel.rates.domain.postings import night_postings
from hotel.rates.domain.quotes import night_price_dump, night_price_load
from hotel.rates.domain.recorded import is_in_record, night_recorded
from tests.factories.rate_terms import MONDAY, tax


def recorded(amount, *rules, currency="EUR", night=MONDAY):
    """A night of type 4 in plan 5; stored and loaded as every night is."""
    price = night_recorded(night, 4, 5, Money(amount, currency), rules)
    assert night_price_load(night_price_dump(price)) == price
    assert (price.night, price.room_type_id, price.rate_plan_id, price.packages) == (night, 4, 5, ())
    assert str(price.room_gross.amount) == str(price.total.amount) == amount
    (room,) = night_postings(price)
    assert (room.net, room.gross) == (price.room_net, price.total)
    return price


def shown(price):
    lines = [
        (line.code, str(line.base.amount), str(line.amount.amount), line.is_inclusive, line.charge)
        for line in price.taxes
    ]
    return str(price.room_net.amount), lines


@pytest.mark.parametrize(
    ("currency", "amount", "net", "amount_of_tax"),
    [
        ("EUR", "135.15", "122.86", "12.29"),
        ("EUR", "0.01", "0.01", "0.00"),
        ("JPY", "10005", "9095", "910"),
        ("KWD", "10.005", "9.095", "0.910"),
    ],
)
def test_a_contained_share_is_taken_out_and_the_amount_stays(currency, amount, net, amount_of_tax):
    price = recorded(amount, tax("VAT10"), currency=currency)

    assert shown(price) == (net, [("VAT10", net, amount_of_tax, True, "room")])


def test_the_explanation_tells_where_the_price_is_from_and_what_is_in_it():
    price = recorded("110.00", tax("VAT10"))

    assert [(step.kind, step.text, step.amount) for step in price.steps] == [
        ("taken_over", "Taken over as another system recorded it.", None),
        ("tax", "Vat10 on room: contained, base 100.00.", Money("10.00", "EUR")),
    ]


def test_two_contained_taxes_are_solved_together():
    beside = recorded("115.00", tax("VAT", "0.10"), tax("BED", "0.05", pk=2))
    stacked = recorded("121.00", tax("SVC", "0.10"), tax("VAT", "0.10", pk=2, stacked_on=["SVC"]))

    assert shown(beside) == (
        "100.00",
        [("VAT", "100.00", "10.00", True, "room"), ("BED", "100.00", "5.00", True, "room")],
    )
    assert shown(stacked) == (
        "100.00",
        [("SVC", "100.00", "10.00", True, "room"), ("VAT", "110.00", "11.00", True, "room")],
    )


@pytest.mark.parametrize("amount", ["0.00", "-6.38"])
def test_an_amount_of_zero_or_below_has_no_taxes(amount):
    assert shown(recorded(amount, tax("VAT10"))) == (amount, [])


def test_the_version_of_the_night_counts_and_before_the_first_there_is_none():
    change = MONDAY + timedelta(days=1)
    rules = (
        tax("VAT", "0.10", valid_from=MONDAY, valid_until=change),
        tax("VAT", "0.20", pk=2, valid_from=change),
    )

    nets = [
        shown(recorded("132.00", *rules, night=night))[0] for night in (date(2027, 2, 28), MONDAY, change)
    ]

    assert nets == ["132.00", "120.00", "110.00"]


@pytest.mark.parametrize(
    ("rule", "is_inside"),
    [
        (tax(), True),
        (tax(groups=["food", "room"]), True),
        (tax(max_amount="5"), True),
        (tax(groups=["food"]), False),
        (tax(is_inclusive=False), False),
        (tax(method="per_room_night", amount=2), False),
        (tax(method="per_person_night", amount=2), False),
        (tax(method="per_stay", amount=2), False),
        (tax(min_age=15), False),
        (tax(max_nights=7), False),
    ],
)
def test_only_contained_shares_of_the_whole_room_are_in_a_record(rule, is_inside):
    assert is_in_record(rule) is is_inside
