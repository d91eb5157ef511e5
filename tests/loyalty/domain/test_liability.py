"""What points are worth in the books, and who owes whom."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.domain.liability import Liability, breakage_rate, liability, settled_amount, settlement
from tests.pages import worked_table

D = Decimal


def test_what_will_never_be_spent_is_no_liability():
    found = liability(123_457, cost=D("0.004"), breakage=D("0.18"), minor=D("0.01"))
    assert found == Liability(123_457, D("493.83"), D("88.89"), D("404.94"))


def test_yen_have_no_minor_unit():
    assert liability(999, cost=D("0.65"), breakage=D("0.1"), minor=D(1)).net == D(584)


def test_breakage_is_the_share_that_ended_and_nothing_without_a_past():
    assert breakage_rate(ended=1, earned=3) == D("0.3333")
    assert breakage_rate(ended=0, earned=0) == 0


def test_points_spent_elsewhere_are_owed_and_set_off():
    burns = [(1, 2, 500), (2, 1, 200), (1, 1, 900), (3, 2, 70), (1, 2, -100), (3, 1, 5), (1, 3, 5)]
    assert settlement(burns) == {(1, 2): 200, (3, 2): 70}


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(-500, 500)), max_size=20))
def test_what_all_owe_is_what_all_get(burns):
    owed = settlement(burns)
    for place in range(1, 5):
        net = sum(p for a, b, p in burns if a == place != b) - sum(p for a, b, p in burns if b == place != a)
        assert net == sum(p for (a, _), p in owed.items() if a == place) - sum(
            p for (_, b), p in owed.items() if b == place
        )
    assert all(points > 0 for points in owed.values())
    assert not any((b, a) in owed for a, b in owed)


@pytest.mark.parametrize(
    ("mine", "others", "amount"), [(850, 300, "2.75"), (300, 850, "-2.75"), (7, 6, "0.01")]
)
def test_what_one_owes_the_other_gets(mine, others, amount):
    terms = {"cost": Decimal("0.005"), "minor": Decimal("0.01")}

    assert settled_amount(given=mine, served=others, **terms) == Decimal(amount)
    assert settled_amount(given=others, served=mine, **terms) == -Decimal(amount)


def test_the_worked_table_of_the_page():
    rows = worked_table("points", "A point costs 0.005; of 400 points that are over 300 had ended")
    rate = breakage_rate(ended=300, earned=400)
    for row in rows:
        found = liability(
            int(row["Usable"]) + int(row["Pending"]), cost=D("0.005"), breakage=rate, minor=D("0.01")
        )
        said = tuple(D(row[name]) for name in ("Gross", "Breakage", "Net"))
        assert (found.gross, found.breakage, found.net) == said
    assert [row["Hotel"] for row in rows] == ["Alpha", "Beta"]
