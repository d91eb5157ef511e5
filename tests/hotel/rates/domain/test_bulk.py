"""One change for many nights."""

from datetime import timedelta
from decimal import Decimal

import pytest

from hotel.rates.domain.bulk import Bulk, bulk_edits
from hotel.rates.domain.grid import Cell, Edit, RateGrid
from tests.factories.rate_terms import CENT, MONDAY, dec, plan, price, sheet

HAS = Cell(dec("99.99"), 3, closed=True)


@pytest.mark.parametrize(
    ("bulk", "token"),
    [
        (Bulk(), "99.99;3;x"),
        (Bulk(price="set", value=dec("120")), "120.00;3;x"),
        (Bulk(price="percent", value=dec("5")), "104.99;3;x"),
        (Bulk(price="percent", value=dec("-50")), "50.00;3;x"),
        (Bulk(price="amount", value=dec("-10.5")), "89.49;3;x"),
        (Bulk(price="amount", value=dec("-500")), "0.00;3;x"),
        (Bulk(price="seasonal"), ";3;x"),
        (Bulk(min_los=0), "99.99;;x"),
        (Bulk(min_los=7, closed=False, cta=True), "99.99;7;a"),
    ],
)
def test_what_it_makes_of_a_cell(bulk, token):
    assert bulk.wanted(HAS, CENT).token == token


def test_a_night_without_a_price_gets_none_by_percent():
    assert Bulk(price="percent", value=Decimal(10)).wanted(Cell(), CENT).token == ";;"


def test_edits_of_the_marked_weekdays_of_types_that_the_plan_sells():
    plans = [plan(1, room_type_ids=frozenset({1}))]
    known = [price(100), price(120, pk=2, level=2, start=MONDAY, end=MONDAY + timedelta(days=1))]
    grid = RateGrid(sheet(*known, plans=plans), MONDAY, MONDAY + timedelta(days=8), CENT)
    found = list(
        bulk_edits(grid, Bulk(price="set", value=dec(120)), plan_ids=[1], type_ids=[1, 2], weekdays=1)
    )
    assert found == [Edit(1, 1, MONDAY + timedelta(days=7), "100.00;;", "120.00;;")]
