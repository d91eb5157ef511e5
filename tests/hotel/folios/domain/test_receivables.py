"""Open items: age, what pays them, reminders."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.folios.domain.receivables import OpenItem, aging, matches, reminder_level
from tests.pages import worked_table

DAY = date(2027, 6, 30)


def item(n: int, open_, overdue: int = 0) -> OpenItem:
    due = DAY - timedelta(days=overdue)
    return OpenItem(n, due, due, Decimal(str(open_)))


def test_the_page_says_how_old_items_are():
    table = worked_table("invoicing", "Items on 2027-06-30")
    some = [
        OpenItem(n, DAY, date.fromisoformat(row["Due"]), Decimal(row["Open"])) for n, row in enumerate(table)
    ]
    sums = dict.fromkeys((row["Bucket"] for row in table), Decimal(0))
    for row in table:
        sums[row["Bucket"]] += Decimal(row["Open"])
    ages = aging(some, DAY)
    assert {name: getattr(ages, name) for name in sums} == sums
    assert ages.texts(0)["balance"] == "313"
    assert (ages.overdue, ages.balance) == (Decimal("243.00"), Decimal("313.00"))


def test_payments_pay_the_oldest_items_first():
    some = [item(1, 50, overdue=5), item(2, 30, overdue=40), item(3, -60), item(4, -10)]
    assert matches(some) == [(2, 3, Decimal(30)), (1, 3, Decimal(30)), (1, 4, Decimal(10))]


def test_nothing_is_matched_without_payments():
    assert matches([item(1, 50)]) == []


@pytest.mark.parametrize(
    ("overdue", "level"), [(0, 0), (6, 0), (7, 1), (20, 1), (21, 2), (44, 2), (45, 3), (400, 3)]
)
def test_the_level_follows_the_item_that_is_overdue_for_longest(overdue, level):
    assert reminder_level([item(1, 5), item(2, 5, overdue), item(3, -9, 400)], DAY) == level


@given(st.lists(st.tuples(st.integers(-500, 500), st.integers(0, 200)), max_size=15))
def test_no_more_is_matched_than_is_open(some):
    items = [item(n, amount, age) for n, (amount, age) in enumerate(some) if amount]
    found = matches(items)
    for one in items:
        used = sum(amount for debit, credit, amount in found if one.entry_id in (debit, credit))
        assert used <= abs(one.open)
    owed = sum(one.open for one in items if one.open > 0)
    paid = -sum(one.open for one in items if one.open < 0)
    assert sum(amount for _, _, amount in found) == min(owed, paid)
    assert aging(items, DAY).balance == owed - paid
