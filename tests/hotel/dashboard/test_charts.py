"""Charts as data: where things are, what is unknown, and numbers as SVG reads them."""

from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from hotel.dashboard.charts import Series, bar_chart, heat_step, line_chart, nice_step

LABELS = ["1 Mar", "2 Mar", "3 Mar", "4 Mar"]


def test_a_line_is_broken_where_a_value_is_unknown():
    chart = line_chart("Rooms", [Series("now", "now", [0, 10, None, 5])], LABELS, every=2)
    assert chart.lines[0].path == "M124 196L292 12M628 104"
    assert [(row.at, row.text) for row in chart.rows] == [("196", "0"), ("104", "5"), ("12", "10")]
    assert [(tick.at, tick.text) for tick in chart.columns] == [("124", "1 Mar"), ("460", "3 Mar")]


def test_a_marked_column_has_an_upright_line_with_its_words_inside_the_chart():
    chart = line_chart(
        "Rooms", [Series("now", "now", [1, 2, 3, 4])], LABELS, marks=[(1, "early"), (3, "late")]
    )
    assert [(mark.at, mark.text, mark.anchor) for mark in chart.marks] == [
        ("292", "early", "start"),
        ("628", "late", "end"),
    ]
    drawn = render_to_string("dashboard/charts/chart.html", {"chart": chart})
    assert '<text class="tick" x="628" y="190" dx="-4" text-anchor="end"' in drawn


def test_bars_stand_on_the_zero_line_and_hang_from_it():
    chart = bar_chart(
        "Pickup", [Series("booked", "gain", [4, 0, 0, 0]), Series("gone", "loss", [0, -4, 0, 0])], LABELS
    )
    up, down = chart.bars
    assert (up.y, up.height, up.text) == ("12", "92", "1 Mar, booked: 4")
    assert (down.y, down.height, chart.zero) == ("104", "92", "104")
    assert [row.text for row in chart.rows] == ["−4", "−3", "−2", "−1", "0", "1", "2", "3", "4"]


def test_a_chart_of_nothing_still_has_a_scale():
    chart = line_chart("Rooms", [Series("now", "now", [None, None])], LABELS[:2])
    assert (chart.lines[0].path, [row.text for row in chart.rows]) == ("", ["0", "1"])
    assert bar_chart("Pickup", [], []).bars == []


@pytest.mark.parametrize(
    ("most", "step"), [(1, 1), (4, 1), (5, 2), (8, 2), (10, 5), (20, 5), (37, 10), (60, 20), (100, 50), (450, 200), (900, 500)]
)  # fmt: skip
def test_steps_are_round(most, step):
    assert nice_step(Decimal(most)) == step


@pytest.mark.parametrize(
    ("share", "step"),
    [
        (None, None),
        ("-0.1", 0),
        ("0", 0),
        ("0.16", 0),
        ("0.17", 1),
        ("0.5", 3),
        ("0.99", 5),
        ("1", 6),
        ("1.4", 6),
    ],
)
def test_heat(share, step):
    assert heat_step(share if share is None else Decimal(share)) == step


def test_the_markup_has_a_name_and_numbers_without_commas():
    chart = line_chart("Rooms <by> night", [Series("now", "now", [1, 2, 1])], LABELS[:3])
    with translation.override("de"):
        markup = render_to_string("dashboard/charts/chart.html", {"chart": chart})
    assert 'role="img" aria-label="Rooms &lt;by&gt; night"' in markup
    assert 'd="M152 104L376 12L600 104"' in markup
    assert 'viewBox="0 0 720 220"' in markup
    assert " style=" not in markup
