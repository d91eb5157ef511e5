"""Parts add up to the whole: gross, net, and each tax with its base."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moneyed import Money

from hotel.core.money import quantum
from hotel.folios.domain.amounts import Amounts, TaxPart, cut, cut_by_gross, share


def amounts(net: str, *taxes: tuple[str, str], currency: str = "EUR") -> Amounts:
    return Amounts(
        Money(net, currency), tuple(TaxPart(Money(b, currency), Money(t, currency)) for b, t in taxes)
    )


def plain(part: Amounts) -> tuple:
    return (
        str(part.net.amount),
        [(str(tax.base.amount), str(tax.amount.amount)) for tax in part.taxes],
        str(part.gross.amount),
    )


def test_a_limit_cuts_price_and_taxes():
    whole = amounts("181.82", ("181.82", "18.18"))
    assert [plain(part) for part in cut_by_gross(whole, [Money(150, "EUR"), Money(50, "EUR")])] == [
        ("136.36", [("136.37", "13.64")], "150.00"),
        ("45.46", [("45.45", "4.54")], "50.00"),
    ]


def test_three_parts_of_what_cannot_be_divided():
    parts = cut(amounts("9.09", ("9.09", "0.91")), [1, 1, 1])
    assert [plain(part)[2] for part in parts] == ["3.34", "3.33", "3.33"]
    assert [plain(part)[1][0][1] for part in parts] == ["0.31", "0.30", "0.30"]


def test_what_is_nothing_stays_whole_in_the_first_part():
    assert [plain(part) for part in cut_by_gross(amounts("-1", ("0", "1")), [Money(0, "EUR")] * 2)] == [
        ("-1.00", [("0.00", "1.00")], "0.00"),
        ("0.00", [("0.00", "0.00")], "0.00"),
    ]


def test_an_adjustment_takes_its_share_of_the_taxes():
    whole = amounts("10.00", ("10.00", "1.00"))
    assert plain(share(whole, Money("-5.50", "EUR"))) == ("-5.00", [("-5.00", "-0.50")], "-5.50")
    assert plain(share(whole, Money("5.50", "EUR"))) == ("5.00", [("5.00", "0.50")], "5.50")
    assert plain(share(-whole, Money("5.50", "EUR"))) == ("5.00", [("5.00", "0.50")], "5.50")


def test_parts_that_do_not_add_up_are_a_mistake():
    with pytest.raises(ValueError, match="do not add up"):
        cut_by_gross(amounts("10"), [Money(4, "EUR"), Money(5, "EUR")])


@st.composite
def wholes(draw) -> Amounts:
    currency = draw(st.sampled_from(["EUR", "JPY", "KWD"]))
    unit, sign = quantum(currency), draw(st.sampled_from([1, -1]))
    net = draw(st.integers(0, 10**7))
    taxes = draw(st.lists(st.integers(0, 10**6), max_size=4))
    return Amounts(
        Money(sign * net * unit, currency),
        tuple(TaxPart(Money(sign * net * unit, currency), Money(sign * t * unit, currency)) for t in taxes),
    )


@given(wholes(), st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any))
def test_parts_add_up_in_every_amount_and_have_the_sign_of_the_whole(whole, weights):
    parts = cut(whole, weights)

    unit = quantum(whole.net.currency.code)
    assert sum((part.gross for part in parts[1:]), parts[0].gross) == whole.gross
    assert sum((part.net for part in parts[1:]), parts[0].net) == whole.net
    for index, tax in enumerate(whole.taxes):
        assert sum(part.taxes[index].amount.amount for part in parts) == tax.amount.amount
        assert sum(part.taxes[index].base.amount for part in parts) == tax.base.amount
    for part in parts:
        assert part.gross.amount % unit == part.net.amount % unit == Decimal(0)
        assert part.gross.amount * whole.gross.amount >= 0
