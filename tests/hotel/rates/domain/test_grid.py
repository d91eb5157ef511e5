"""The sheet of nights: cells, what derives from them, what stands above them, and what is odd about a change."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.rates.domain.grid import Cell, Edit, Guard, NotACell, RateGrid, cell_of, spans_of
from hotel.rates.domain.ranges import Span
from hotel.rates.domain.terms import RestrictionRow, weekday_bit
from tests.factories.rate_terms import CENT, MONDAY, dec, plan, price, sheet

PAST = MONDAY + timedelta(days=7)
SUNDAY = MONDAY + timedelta(days=6)


def grid(*prices, plans=(), restrictions=()):
    known = [plan(1, room_type_ids=frozenset({1})), *plans]
    return RateGrid(
        sheet(*(prices or [price(100)]), plans=known, restrictions=list(restrictions)),
        MONDAY,
        PAST,
        CENT,
    )


def rule(kind, value=None, *, plan_id=1, type_id=1, start=MONDAY, end=PAST, weekdays=127):
    return RestrictionRow(type_id, plan_id, kind, start, end, weekdays, value)


def change(of, wanted, *, night=MONDAY, seen=None, today=MONDAY, plan_id=1):
    edit = Edit(plan_id, 1, night, of.cell(plan_id, 1, night).token if seen is None else seen, wanted)
    return of.change(edit, today)


@pytest.mark.parametrize(
    ("token", "cell"),
    [
        ("120.00;2;ad", Cell(dec("120.00"), 2, cta=True, ctd=True)),
        (";;x", Cell(closed=True)),
        ("0.00;;", Cell(dec("0.00"))),
    ],
)
def test_a_cell_is_read_as_it_was_written(token, cell):
    assert cell_of(token, CENT) == cell
    assert cell.token == token


@pytest.mark.parametrize(
    "token",
    ["", "120", "120;2", "1;2;3;4", "-1;;", "1.005;;", "NaN;;", "Infinity;;", "1e99;;", "x;;", "100;0;", "100;1000;",
     "100;-1;", "100;²;", "100;;y", "9" * 41 + ";;"],
)  # fmt: skip
def test_what_cannot_stand_in_a_cell_is_refused(token):
    with pytest.raises(NotACell):
        cell_of(token, CENT)


def test_a_yen_has_no_sen():
    assert cell_of("19200;;", Decimal(1)).price == 19200
    with pytest.raises(NotACell):
        cell_of("19200.5;;", Decimal(1))


def test_a_cell_says_the_plans_own_price_and_its_own_rules():
    found = grid(
        price(100),
        price(150, pk=2, level=2, start=MONDAY, end=MONDAY + timedelta(days=2)),
        restrictions=[rule("min_los", 3, weekdays=1), rule("cta", start=SUNDAY), rule("max_los", 9)],
    )
    assert found.cell(1, 1, MONDAY) == Cell(dec("150.00"), 3)
    assert found.cell(1, 1, MONDAY + timedelta(days=2)) == Cell(dec("100.00"))
    assert found.cell(1, 1, SUNDAY) == Cell(dec("100.00"), cta=True)
    assert found.seasonal(1, 1, MONDAY) == 100


def test_what_is_said_above_a_cell_is_no_part_of_it():
    found = grid(
        restrictions=[
            rule("min_los", 2, plan_id=None, type_id=None),
            rule("min_los", 4, plan_id=None),
            rule("closed", type_id=None, weekdays=1),
        ]
    )
    assert found.cell(1, 1, MONDAY) == Cell(dec("100.00"))
    assert found.above(1, 1, MONDAY) == Cell(min_los=4, closed=True)
    assert found.above(1, 1, SUNDAY) == Cell(min_los=4)


def test_a_derived_plan_follows_its_parent_and_what_holds_there():
    derived = plan(2, "Nrf", parent_id=1, offset_rate="-0.10", floor="95", room_type_ids=frozenset({1}))
    found = grid(
        price(100),
        price(200, pk=2, level=2, start=MONDAY, end=MONDAY + timedelta(days=1)),
        plans=[derived],
        restrictions=[rule("ctd")],
    )
    assert found.sold_at(2, 1, MONDAY) == dec("180.00")
    assert found.sold_at(2, 1, SUNDAY) == dec("95.00")
    assert found.cell(2, 1, MONDAY).price is None
    assert found.above(2, 1, MONDAY) == Cell(ctd=True)


def test_a_night_without_any_price_is_not_sold():
    found = grid(price(100, type_id=2))
    assert found.cell(1, 1, MONDAY) == Cell()
    assert found.sold_at(1, 1, MONDAY) is None


def test_a_change_tells_what_is_stale_and_what_is_done():
    found = grid()
    assert change(found, "120.00;;").is_stale is False
    assert change(found, "120.00;;", seen="99.00;;").is_stale is True
    again = change(found, "100.00;;", seen="99.00;;")
    assert (again.is_done, again.is_stale) == (True, False)


def test_without_a_price_the_one_of_the_season_is_wanted():
    found = grid(price(100), price(150, pk=2, level=2, start=MONDAY, end=PAST))
    assert change(found, ";;").after.price == 100
    alone = grid(price(150, level=2, start=MONDAY, end=PAST))
    told = change(alone, ";;")
    assert (told.after.price, told.guards) == (None, (Guard("not_sold"),))


@pytest.mark.parametrize(
    ("wanted", "guards"),
    [
        ("120.00;;", []),
        ("150.00;;", []),
        ("50.00;;", [Guard("below_floor", dec(60))]),
        ("59.99;;", [Guard("below_floor", dec(60))]),
        ("0.00;;", [Guard("zero"), Guard("below_floor", dec(60))]),
        ("150.01;;", [Guard("far", dec(100))]),
        ("49.99;;", [Guard("below_floor", dec(60)), Guard("far", dec(100))]),
        ("400.01;;", [Guard("above_ceiling", dec(400)), Guard("far", dec(100))]),
        ("100.00;31;", [Guard("long", dec(31))]),
        ("100.00;30;x", []),
    ],
)
def test_what_is_odd_about_a_change(wanted, guards):
    known = plan(1, floor="60", ceiling="400", room_type_ids=frozenset({1}))
    found = RateGrid(sheet(price(100), plans=[known]), MONDAY, PAST, CENT)
    assert list(change(found, wanted).guards) == guards


def test_a_night_that_is_over_stops_the_change():
    assert change(grid(), "120.00;;", today=PAST).guards == (Guard("past", is_stop=True),)


nights = st.sets(st.integers(0, 40), min_size=1).map(
    lambda steps: {MONDAY + timedelta(days=step) for step in steps}
)


@given(nights)
def test_spans_hold_exactly_the_nights(chosen):
    found = [
        span.start + timedelta(days=step)
        for span in spans_of(chosen)
        for step in range((span.end - span.start).days)
        if span.weekdays & weekday_bit(span.start + timedelta(days=step))
    ]
    assert sorted(found) == sorted(chosen)


def test_weekends_are_one_span():
    fridays = {MONDAY + timedelta(days=4 + 7 * week + step) for week in range(4) for step in (0, 1)}
    assert spans_of(fridays) == [Span(date(2027, 3, 5), date(2027, 3, 28), 16 + 32)]
