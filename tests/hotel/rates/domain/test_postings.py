"""What is posted on the folio is what was offered, to the cent."""

from decimal import Decimal

from hypothesis import given
from moneyed import Money

from hotel.core.money import quantum
from hotel.rates.domain.postings import Allowance, night_postings, stay_postings
from hotel.rates.domain.quotes import night_price_dump, night_price_load
from tests.factories.rate_quotes import stay_quotes
from tests.factories.rate_terms import MONDAY, asked, dec, element, price, quoted, sheet, tax


def eur(amount) -> Money:
    return Money(dec(amount), "EUR")


def test_room_packages_and_stay_taxes_are_lines_of_their_own():
    terms = sheet(
        price(110),
        taxes=[
            tax(groups=("room", "food")),
            tax("CITY", method="per_person_night", amount=2, is_inclusive=False, pk=2),
            tax("CLEAN", method="per_stay", amount=20, is_inclusive=False, pk=3),
        ],
        elements={
            1: [element("BF", 11), element("CAR", 10, pk=2, group="other", basis="flat", is_included=False)]
        },
    )
    lines = stay_postings(quoted(terms, asked()))
    assert [(line.code, line.group, line.net, line.gross) for line in lines] == [
        ("room", "room", eur("80.00"), eur("92.00")),
        ("BF", "food", eur("20.00"), eur("22.00")),
        ("CAR", "other", eur("10.00"), eur("10.00")),
        ("CLEAN", "stay", eur("0.00"), eur("20.00")),
    ]
    assert [tax.code for tax in lines[0].taxes] == ["VAT", "CITY"]
    assert {line.night for line in lines} == {MONDAY}


def test_elements_of_one_code_from_two_packages_are_one_line():
    terms = sheet(
        price(110),
        taxes=[tax(groups=("room", "food"))],
        elements={1: [element("BF", 11), element("BF", 11, pk=2, basis="flat", is_included=False)]},
    )
    quote = quoted(terms, asked())
    _, breakfast = night_postings(quote.nights[0])
    assert (breakfast.net, breakfast.gross) == (eur("30.00"), eur("33.00"))
    assert quote.total == eur("121.00")


def test_an_allowance_is_kept_with_its_rule_when_each_element_of_its_code_is_one():
    rule = {
        "is_allowance": True,
        "allowance_period": "stay",
        "allowance_codes": ("spa",),
        "bears_overage": True,
    }
    terms = sheet(
        price(110),
        elements={1: [element("SPA", 20, **rule), element("BF", 11, pk=2), element("BF", 11, pk=3, **rule)]},
    )
    night = quoted(terms, asked()).nights[0]
    _, spa, breakfast = night_postings(night_price_load(night_price_dump(night)))
    assert spa.allowance == Allowance("stay", ("spa",), bears_overage=True)
    assert breakfast.allowance is None


@given(stay_quotes())
def test_the_total_offered_is_the_sum_of_what_is_posted(quote):
    lines = stay_postings(quote)
    assert sum((line.gross.amount for line in lines), Decimal(0)) == quote.total.amount
    assert sum((line.net.amount for line in lines), Decimal(0)) == quote.net_total.amount
    assert quote.net_total + quote.tax_total == quote.total
    for night in quote.nights:
        posted = night_postings(night_price_load(night_price_dump(night)))
        assert sum((line.gross.amount for line in posted), Decimal(0)) == night.total.amount
        added = sum((line.amount.amount for line in night.packages if not line.is_included), Decimal(0))
        on_top = sum((line.amount.amount for line in night.taxes if not line.is_inclusive), Decimal(0))
        assert night.room_gross.amount + added + on_top == night.total.amount
    unit = quantum(quote.currency)
    amounts = [line.net.amount for line in lines] + [
        tax.amount.amount for line in lines for tax in line.taxes
    ]
    assert all(amount >= 0 and amount == amount.quantize(unit) for amount in amounts)
