"""The grid as the page draws it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.template import Context
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from hotel.dashboard.selectors.rates import ALL, changed_runs, rates_shown
from hotel.dashboard.templatetags.rates import rate_rows
from hotel.rates.domain.grid import Cell, Edit
from hotel.rates.selectors.grid import rate_grid
from hotel.rates.services.grid import cells_review
from tests.cast import TODAY
from tests.factories.rates import price_make, rate_plan_make, restriction_make
from tests.factories.reservations import house_make
from tests.factories.rooms import inventory_ready, room_type_make, rooms_make

PAST = TODAY + timedelta(days=14)


def derived(house, code="NRF", **over):
    return rate_plan_make(house.place, code, parent=house.plan, offset_rate=Decimal("-0.1"), **over)


def test_types_with_their_plans_and_what_is_left(cast):
    house = house_make(cast.alpha)
    house.reserve(0, 1)
    derived(house)
    restriction_make(house.place, "closed", TODAY, TODAY + timedelta(days=1))
    shown = rates_shown(house.place, TODAY, PAST, [house.double.pk])
    double, suite = shown.types
    assert [row.plan.code for row in double.plans] == ["BAR", "NRF"]
    assert ([row.plan.code for row in suite.plans], suite.folded) == (["BAR"], 1)
    assert (double.left[:2], suite.left[:2]) == ([1, 2], [1, 1])
    bar, nrf = double.plans[0].cells[0], double.plans[1].cells[0]
    assert (bar.cell, bar.above, bar.is_shut) == (Cell(Decimal("100.00")), Cell(closed=True), True)
    assert nrf.price == Decimal("90.00")
    assert shown.row(None, suite.room_type.pk)[0] is double
    assert shown.row(house.plan.pk, suite.room_type.pk)[0] is suite


def test_changes_that_are_alike_on_nights_in_a_row_are_one_line(cast):
    house = house_make(cast.alpha)
    edits = [
        Edit(house.plan.pk, house.double.pk, TODAY + timedelta(days=step), "100.00;;", wanted)
        for step, wanted in enumerate(["120.00;;", "120.00;;", "130.00;;", "120.00;;"])
    ]
    grid = rate_grid(house.place, TODAY, PAST)
    runs = changed_runs(house.place, grid, cells_review(place=house.place, edits=edits))
    assert [(run.first.after.token, len(run.changes), run.last) for run in runs] == [
        ("120.00;;", 2, TODAY + timedelta(days=1)),
        ("130.00;;", 1, TODAY + timedelta(days=2)),
        ("120.00;;", 1, TODAY + timedelta(days=3)),
    ]


@pytest.fixture
def large(cast):
    """A dozen types, a plan with prices of its own by weekday, six derived ones, rules."""
    plan = rate_plan_make(cast.alpha)
    for number in range(12):
        kind = room_type_make(cast.alpha, f"T{number}")
        rooms_make(cast.alpha, kind, 1, first=100 + number)
        price_make(plan, kind, 100 + number, weekdays=79)
        price_make(plan, kind, 120 + number, weekdays=48)
    for number in range(6):
        rate_plan_make(cast.alpha, f"D{number}", parent=plan, offset_rate=Decimal("-0.1"))
    restriction_make(cast.alpha, "min_los", TODAY, TODAY + timedelta(days=200), 2)
    inventory_ready(cast.alpha, TODAY, TODAY + timedelta(days=60))
    return cast.alpha


def test_sixty_nights_of_a_dozen_types_take_few_queries(large):
    request = RequestFactory().get("/dashboard/rates")

    def drawn(days, opened=()):
        shown = rates_shown(large, TODAY, TODAY + timedelta(days=days), opened)
        return rate_rows(Context({"request": request}), shown, is_linked=True)

    drawn(60)
    drawn(14)
    with CaptureQueriesContext(connection) as few:
        drawn(14)
    with CaptureQueriesContext(connection) as many:
        markup = drawn(60)
    with CaptureQueriesContext(connection) as unfolded:
        drawn(60, [ALL])
    assert markup.count("data-s=") == 12 * 60
    assert len(many) == len(few) == 4
    assert len(unfolded) == len(many)
