"""The words of cells, changes and formulas."""

from decimal import Decimal

import pytest
from django.template import Context
from django.test import RequestFactory

from hotel.dashboard.selectors.rates import rates_shown
from hotel.dashboard.templatetags.rates import (
    cell_words,
    change,
    guard_words,
    marks,
    plan_formula,
    price,
    rate_rows,
    trend,
)
from hotel.rates.domain.grid import Cell, Guard
from tests.cast import TODAY
from tests.factories.rate_terms import dec, plan
from tests.hotel.dashboard.selectors.test_rates import PAST, derived


@pytest.mark.parametrize(
    ("value", "text"), [(None, "–"), ("120.00", "120"), ("129.50", "129.50"), ("0.00", "0")]
)
def test_prices_are_as_short_as_can_be(value, text):
    assert price(value and dec(value)) == text


def test_a_cell_in_short_and_in_words():
    cell = Cell(dec("120.00"), 1, closed=True, cta=True, ctd=True)
    assert marks(cell) == "1n CTA CTD ×"
    assert cell_words(cell) == "120, at least 1 night, closed, closed to arrival, closed to departure"
    assert (marks(Cell()), cell_words(Cell())) == ("", "no price")


def test_what_is_odd_names_its_amount():
    assert guard_words(Guard("below_floor", dec("60.00"))) == (
        "Below the floor of the plan (60): it is sold at the floor."
    )
    for code in ("past", "not_sold", "zero"):
        assert guard_words(Guard(code))
    for code in ("above_ceiling", "far", "long"):
        assert "7" in guard_words(Guard(code, Decimal(7)))


@pytest.mark.parametrize(
    ("over", "text"),
    [
        ({"offset_rate": "-0.100000"}, "BAR −10 %"),
        ({"offset_rate": "0.125", "ceiling": "300"}, "BAR +12.5 % ≤ 300"),
        ({"offset_amount": "28.000", "floor": "60"}, "BAR +28 ≥ 60"),
    ],
)
def test_a_formula(over, text):
    assert plan_formula(plan(2, "Nrf", parent_id=1, **over), plan()) == text


def test_a_plan_of_its_own_has_none():
    assert plan_formula(plan(), None) == ""


@pytest.mark.parametrize(
    ("value", "text", "look"),
    [(None, "–", ""), ("0.0420", "+4.2%", "up"), ("-0.2", "−20.0%", "down"), ("0", "+0.0%", "")],
)
def test_a_change_has_its_sign(value, text, look):
    found = None if value is None else dec(value)
    assert (change(found), trend(found)) == (text, look)


def test_names_are_escaped(house):
    derived(house, "EVIL", name="<script>")
    house.double.name = "<b>"
    house.double.save()
    shown = rates_shown(house.place, TODAY, PAST, [house.double.pk])
    page = rate_rows(Context({"request": RequestFactory().get("/")}), shown, is_linked=False)
    assert ("<script>" in page, "&lt;script&gt;" in page, "&lt;b&gt;" in page) == (False, True, True)
    assert "/dashboard/availability" not in page
