"""Lines of a sheet of promotion codes are read strictly, and what a line changes is told."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from hotel.core.exports import neutral
from hotel.rates.domain.promo_sheet import (
    COLUMNS,
    TAKEN,
    PromoLine,
    differences,
    header_errors,
    promo_line,
)

EMPTY = dict.fromkeys(TAKEN, "")
GOOD = {**EMPTY, "code": "SPRING", "name": "Spring", "with_company": "yes", "is_active": "yes"}
SPRING = PromoLine(code="SPRING", name="Spring")


def read(**over):
    return promo_line({**GOOD, **over}, places=2)


@pytest.mark.parametrize(
    ("over", "field", "value"),
    [
        ({}, "code", "SPRING"),
        ({"code": " spring "}, "code", "SPRING"),
        ({"code": 2027.0}, "code", "2027"),
        ({"name": "'-10 for all"}, "name", "-10 for all"),
        ({"name": "'tis spring"}, "name", "'tis spring"),
        ({"percent_off": 12.5}, "percent_off", Decimal("12.5")),
        ({"percent_off": "12,5"}, "percent_off", Decimal("12.5")),
        ({"percent_off": None}, "percent_off", None),
        ({"amount_off": "10.50"}, "amount_off", Decimal("10.50")),
        ({"plans": "week, BAR,,bar"}, "plans", ("BAR", "WEEK")),
        ({"book_from": datetime(2027, 4, 30)}, "book_from", date(2027, 4, 30)),
        ({"book_until": date(2027, 4, 30)}, "book_until", date(2027, 4, 30)),
        ({"stay_from": "2027-04-30"}, "stay_from", date(2027, 4, 30)),
        ({"stay_until": ""}, "stay_until", None),
        ({"max_uses": 10.0}, "max_uses", 10),
        ({"with_company": "No"}, "with_company", False),
        ({"is_active": True}, "is_active", True),
    ],
)
def test_a_cell_is_read(over, field, value):
    line, wrong = read(**over)
    assert (wrong, getattr(line, field)) == ([], value)


@pytest.mark.parametrize(
    ("over", "reasons"),
    [
        ({"code": ""}, ["code: up to 16 capital letters, digits, - and _"]),
        ({"code": "=A1"}, ["code: up to 16 capital letters, digits, - and _"]),
        ({"name": "x" * 81}, ["name: up to 80 signs"]),
        ({"name": "a\nb"}, ["name: up to 80 signs"]),
        ({"percent_off": "ten"}, ["percent_off: this is no number"]),
        ({"percent_off": "100.1"}, ["percent_off: from 0 to 100"]),
        ({"percent_off": "NaN"}, ["percent_off: from 0 to 100"]),
        ({"percent_off": "1.00001"}, ["percent_off: at most 4 decimals"]),
        ({"amount_off": "-1"}, ["amount_off: from 0 to 100000000"]),
        ({"amount_off": "1.005"}, ["amount_off: at most 2 decimals"]),
        ({"percent_off": "10", "amount_off": "5"}, ["amount_off: a percentage or an amount, not both"]),
        ({"book_from": "30.4.2027"}, ["book_from: a day is written as 2027-04-30"]),
        ({"book_from": "2027-04-30", "book_until": "2027-04-29"}, ["book_until: lies before book_from"]),
        ({"max_uses": "-1"}, ["max_uses: a whole number"]),
        ({"max_uses": "1.5"}, ["max_uses: a whole number"]),
        ({"is_active": "", "with_company": "perhaps"}, ["with_company: yes or no", "is_active: yes or no"]),
    ],
)
def test_every_cell_that_says_something_else_is_refused_with_its_reason(over, reasons):
    assert read(**over) == (None, reasons)


def test_money_without_decimals_has_none():
    assert promo_line({**GOOD, "amount_off": "10.5"}, places=0) == (None, ["amount_off: no decimals"])
    assert promo_line({**GOOD, "amount_off": "1000"}, places=0)[0].amount_off == 1000


def test_a_line_is_read_back_from_its_own_cells():
    line = PromoLine(
        code="FALL",
        name="=SUM(A1)",
        percent_off=Decimal("12.5"),
        plans=("BAR", "WEEK"),
        book_from=date(2027, 4, 1),
        max_uses=3,
        with_company=False,
    )
    cells = [neutral(cell) for cell in line.cells()]
    assert promo_line(dict(zip(TAKEN, cells, strict=True)), places=2) == (line, [])


def test_the_header_must_have_every_column_that_is_read():
    assert header_errors(list(COLUMNS)) == []
    assert header_errors([*TAKEN, "mine"]) == []
    assert header_errors(["code", "name"])[0].startswith(
        "Columns are missing: percent_off, amount_off, plans"
    )


def test_what_a_line_changes_is_told_column_by_column():
    after = PromoLine(
        code="SPRING", name="Spring!", percent_off=Decimal("10.00"), plans=("BAR",), is_active=False
    )
    assert differences(SPRING, after) == [
        ("name", "Spring", "Spring!"),
        ("percent_off", "–", "10"),
        ("plans", "–", "BAR"),
        ("is_active", "yes", "no"),
    ]
    assert differences(SPRING, SPRING) == []
