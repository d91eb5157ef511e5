"""The sentences by which a price explains itself."""

from decimal import Decimal

import pytest
from moneyed import Money

from hotel.rates.domain.explaining import (
    chain_steps,
    discount_steps,
    override_steps,
    package_steps,
    plain,
    tax_steps,
)
from hotel.rates.domain.quotes import PackageLine, Step, TaxLine
from hotel.rates.domain.terms import Discount
from tests.factories.rate_terms import dec, party, plan, price


def eur(amount) -> Money:
    return Money(dec(amount), "EUR")


@pytest.mark.parametrize(
    ("value", "text"), [("10.00", "10"), ("-2.50", "-2.5"), ("100", "100"), ("0.000", "0"), ("1E+2", "100")]
)
def test_numbers_are_plain(value, text):
    assert plain(Decimal(value)) == text


@pytest.mark.parametrize(
    ("over", "text"),
    [
        ({"offset_rate": "-0.10"}, "Nrf: -10 % on Bar."),
        ({"offset_amount": "12.50"}, "Nrf: 12.5 on Bar."),
        ({"offset_rate": "0.05", "offset_amount": "-3"}, "Nrf: 5 % on and -3 on Bar."),
        ({"offset_rate": "0"}, "Nrf: same as Bar."),
        ({"offset_rate": "-0.10", "rounding_step": "0.5"}, "Nrf: rounded to 0.5, -10 % on Bar."),
    ],
)
def test_a_derivation_says_how(over, text):
    chain = [plan(), plan(2, "Nrf", parent_id=1, **over)]
    first, second = chain_steps(chain, price(100), party(2), [eur(100), eur(90)])
    assert first == Step("always", "Bar: standard price, for 2 adults.", eur(100))
    assert second == Step("derived", text, eur(90))


@pytest.mark.parametrize(("level", "kind"), [(2, "dated"), (1, "season"), (0, "always")])
def test_the_row_is_named_with_its_kind_and_the_guests(level, kind):
    (step,) = chain_steps([plan()], price(100, level=level), party(1, 5, 1), [eur(100)])
    assert step.kind == kind
    assert step.text.endswith("for 1 adult, 1 child, 1 infant.")


def test_discounts_tell_the_price_reached():
    steps = discount_steps([(Discount("Acme"), dec(10)), (Discount("Spring"), dec("9.00"))], dec(81), eur)
    assert steps == [Step("discount", "Acme: -10.", eur(90)), Step("discount", "Spring: -9.", eur(81))]


def test_a_price_by_hand_says_so():
    assert override_steps(eur(50)) == (Step("override", "The price was set for this stay.", eur(50)),)


def test_packages_and_taxes_say_whether_they_are_contained():
    lines = [
        PackageLine(code, code, eur(5), inside, "once") for code, inside in (("BF", True), ("CAR", False))
    ]
    assert [step.text for step in package_steps(lines)] == [
        "BF: contained in the rate.",
        "CAR: added to the rate.",
    ]
    taxes = [
        TaxLine("V", "Vat", eur(100), eur(10), True),
        TaxLine("C", "City", eur(100), eur(3), False, "BF"),
    ]
    assert [step.text for step in tax_steps(taxes, eur(0))] == [
        "Vat on room: contained, base 100.",
        "City on BF: added, base 100.",
    ]
    assert tax_steps([], eur("9.09")) == [
        Step("tax_waived", "Taken off: contained taxes the guest is exempt from.", eur("9.09"))
    ]
