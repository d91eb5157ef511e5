"""When an allowance can be consumed, by which charges, and how much of each."""

from datetime import date
from decimal import Decimal

import pytest
from moneyed import Money

from hotel.folios.domain.allowances import is_usable, last_day, pays, taken
from hotel.rates.domain.postings import Allowance, Posting
from tests.pages import worked_table

NIGHT = date(2027, 3, 14)


def part(period: str = "day", codes: tuple[str, ...] = (), *, is_allowance: bool = True) -> Posting:
    allowance = Allowance(period, codes) if is_allowance else None
    return Posting(NIGHT, "HB", "Dinner", "food", Money(40, "EUR"), (), allowance)


@pytest.mark.parametrize(
    ("period", "last", "usable"),
    [
        ("day", date(2027, 3, 14), [True, False, False]),
        ("next_day", date(2027, 3, 15), [False, True, False]),
        ("stay", None, [True, True, True]),
    ],
)
def test_the_period_says_when(period, last, usable):
    assert last_day(part(period)) == last
    assert [is_usable(part(period), NIGHT.replace(day=day)) for day in (14, 15, 16)] == usable


@pytest.mark.parametrize(
    ("line", "code", "group", "paid"),
    [
        (part(), "food", "food", True),
        (part(), "spa", "service", False),
        (part(codes=("spa", "sauna")), "spa", "service", True),
        (part(codes=("spa", "sauna")), "food", "food", False),
        (part(is_allowance=False), "food", "food", False),
    ],
)
def test_codes_are_paid_or_else_the_group(line, code, group, paid):
    assert pays(line, code, group) is paid


@pytest.mark.parametrize("row", worked_table("folios", "Charges against what is left"), ids=str)
def test_charges_take_the_first_allowances_first(row):
    left = [Decimal(amount) for amount in row["Left"].split(", ")]
    charge = Decimal(row["Charge"])
    found = taken(charge, left)
    assert [f"{amount:.2f}" for amount in found] == row["Taken"].split(", ")
    assert f"{charge - sum(found):.2f}" == row["Beyond"]
