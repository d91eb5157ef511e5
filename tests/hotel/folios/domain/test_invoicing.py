"""Lines, taxes and totals: what is printed adds up to what was posted."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moneyed import Money

from hotel.core.money import allocate
from hotel.folios.domain.invoicing import (
    Item,
    ItemTax,
    Totals,
    lines,
    number_text,
    tax_rows,
    totals,
)
from tests.pages import worked_table

MONDAY, TUESDAY = date(2027, 3, 15), date(2027, 3, 16)


def D(value) -> Decimal:
    return Decimal(str(value))


def vat(base, amount, rate="0.1") -> ItemTax:
    return ItemTax("VAT", "VAT", D(rate), D(base), D(amount))


def city(amount) -> ItemTax:
    return ItemTax("CITY", "City tax", None, D("0.00"), D(amount))


TEN = (vat("100.00", "10.00"),)


def item(n=1, gross="110.00", net="100.00", taxes=TEN, **over) -> Item:
    values = {"code": "room", "text": "Room", "day": MONDAY, "quantity": D(1), **over}
    return Item(posting_id=n, net=D(net), gross=D(gross), taxes=tuple(taxes), **values)


def test_equal_nights_are_one_line():
    (line,) = lines([item(1), item(2, day=TUESDAY)])
    assert (line.first_day, line.last_day, line.quantity, line.unit) == (MONDAY, TUESDAY, D(2), D("110.00"))
    assert (line.net, line.tax, line.gross, line.rates) == (D("200.00"), D("20.00"), D("220.00"), (D("0.1"),))
    assert line.posting_ids == (1, 2)


@pytest.mark.parametrize(
    "other",
    [
        item(2, gross="121.00", net="110.00", taxes=(vat("110.00", "11.00"),)),
        item(2, text="Suite"),
        item(2, taxes=(vat("100.00", "10.00", "0.13"),)),
    ],
    ids=["another price", "another text", "another rate"],
)
def test_what_differs_is_another_line(other):
    assert len(lines([item(1), other])) == 2


def test_a_posting_and_its_reversal_leave_no_line():
    assert lines([item(1), -item(2)]) == []
    assert lines([item(1), item(2), -item(3)])[0].quantity == D(1)


def test_a_city_tax_is_a_line_of_its_own():
    room, tax = lines([item(1, gross="113.20", taxes=(vat("100.00", "10.00"), city("3.20")))])
    assert (room.text, room.gross) == ("Room", D("110.00"))
    assert (tax.text, tax.net, tax.tax, tax.gross, tax.quantity) == (
        "City tax",
        D(0),
        D("3.20"),
        D("3.20"),
        D(0),
    )


def test_a_price_of_one_is_shown_when_it_is_exact():
    (line,) = lines([item(gross="10.00", net="10.00", taxes=(), quantity=D(3))])
    assert (line.quantity, line.unit) == (D(3), None)


def test_taxes_are_summed_by_rate_and_what_is_untaxed_comes_last():
    rows = tax_rows(
        [
            item(1, gross="113.20", taxes=(vat("100.00", "10.00"), city("3.20"))),
            item(2),
            item(3, gross="120.00", net="100.00", taxes=(vat("100.00", "20.00", "0.2"),)),
            item(4, gross="5.00", net="5.00", taxes=()),
        ]
    )
    assert [(row.code, row.rate, row.base, row.amount) for row in rows] == [
        ("VAT", D("0.1"), D("200.00"), D("20.00")),
        ("VAT", D("0.2"), D("100.00"), D("20.00")),
        ("CITY", None, D("0.00"), D("3.20")),
        ("", None, D("5.00"), D("0")),
    ]


def test_a_number_is_written_with_its_year():
    assert number_text("INV", 2027, 42) == "INV-2027-00042"


amounts = st.integers(-100_000, 100_000).map(lambda cents: Decimal(cents) / 100)


@st.composite
def postings(draw):
    net, first, second = draw(amounts), draw(amounts), draw(amounts)
    taxes = [vat(net, first, draw(st.sampled_from(["0.1", "0.2"])))]
    taxes += [city(second)] if draw(st.booleans()) else []
    gross = net + sum(tax.amount for tax in taxes)
    return item(
        draw(st.integers(1, 9)), gross, net, taxes,
        text=draw(st.sampled_from(["Room", "Bar"])), quantity=D(draw(st.integers(-3, 3))),
    )  # fmt: skip


@given(st.lists(postings(), max_size=12))
def test_lines_and_taxes_add_up_to_what_was_posted(some):
    found, rows, sums = lines(some), tax_rows(some), totals(some)
    assert sum(line.net for line in found) == sums.net == sum(one.net for one in some)
    assert sum(line.tax for line in found) == sums.tax == sum(row.amount for row in rows)
    assert sum(line.gross for line in found) == sums.gross == sum(one.gross for one in some)
    assert all(line.gross == line.net + line.tax for line in found)
    assert all(line.unit is None or line.unit * line.quantity == line.gross for line in found)


def _cells(row, *names) -> list[str]:
    return [row[name].replace("–", "") for name in names]


def _posted(row) -> Item:
    named = [("VAT 10 %", "0.1"), ("VAT 20 %", "0.2")]
    taxes = [vat(row["Net"], row[name], rate) for name, rate in named if row[name] != "–"]
    taxes += [city(row["City tax"])] if row["City tax"] != "–" else []
    text = row["Text"]
    return item(
        int(row["#"]), row["Gross"], row["Net"], taxes,
        code=text.lower(), text=text, day=date.fromisoformat(row["Day"]), quantity=D(row["Quantity"]),
    )  # fmt: skip


def test_the_page_says_what_is_printed():
    some = [_posted(row) for row in worked_table("invoicing", "Postings")]
    shown = [
        [
            line.text, line.first_day.isoformat(), line.last_day.isoformat(),
            str(line.quantity or ""), str(line.unit or ""), str(line.gross),
        ]
        for line in lines(some)
    ]  # fmt: skip
    table = worked_table("invoicing", "Lines")
    assert shown == [_cells(row, "Line", "From", "Until", "Quantity", "Price", "Amount") for row in table]
    taxes = [[row.name, str(row.rate or ""), str(row.base), str(row.amount)] for row in tax_rows(some)]
    assert taxes == [
        _cells(row, "Tax", "Rate", "Net", "Amount") for row in worked_table("invoicing", "Taxes")
    ]
    assert totals(some) == Totals(D("208.33"), D("28.07"), D("236.40"))


def test_a_rebate_is_spread_by_what_is_left():
    table = worked_table("invoicing", "A rebate of 10.01 on a line of three nights")
    parts = allocate(Money("10.01", "EUR"), [D(row["Left"]) for row in table])
    assert [str(part.amount) for part in parts] == [row["Rebate"] for row in table]
