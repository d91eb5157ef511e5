"""The figures of a day and of a period; the worked table of the page is reproduced."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from moneyed import Money

from hotel.core.money import CurrencyMismatch
from hotel.stays.domain.statistics import (
    DayCounts,
    DayFigures,
    DayRevenue,
    nothing_earned,
    per_room,
    period,
    share,
)
from tests.pages import worked_table


def eur(amount):
    return Money(Decimal(amount), "EUR")


def figures(row):
    counts = DayCounts(
        rooms_available=int(row["available"]),
        rooms_out_of_order=int(row["out of order"]),
        rooms_sold=int(row["sold"]),
        rooms_complimentary=int(row["complimentary"]),
        rooms_house_use=int(row["house use"]),
    )
    revenue = DayRevenue(
        room=eur(row["room revenue"]),
        no_show=eur(row["of no-shows"]),
        other=eur(row["other revenue"]),
        tax=eur("0"),
    )
    return DayFigures(counts, revenue)


def shown(found):
    return {
        "occupied": str(found.counts.rooms_occupied),
        "occupancy": str(found.counts.occupancy),
        "ADR": str(found.average_daily_rate.amount),
        "RevPAR": str(found.revenue_per_available_room.amount),
        "TRevPAR": str(found.total_revenue_per_available_room.amount),
    }


def test_the_worked_table_of_the_page():
    *days, total = worked_table("statistics", "A worked week-end")
    found = [figures(row) for row in days]
    for row, day in zip(days, found, strict=True):
        assert shown(day) == {name: row[name] for name in shown(day)}, row["day"]
    whole = period(found, "EUR")
    assert figures(total) == DayFigures(whole.counts, whole.revenue)
    assert shown(whole) == {name: total[name] for name in shown(whole)}


def test_nothing_is_divided_by_nothing():
    empty = DayFigures(DayCounts(), nothing_earned("EUR"))
    assert empty.counts.occupancy is None
    assert empty.average_daily_rate is empty.revenue_per_available_room is None
    assert empty.total_revenue_per_available_room is None
    assert period([], "EUR") == empty


def test_rooms_out_of_order_stay_in_the_supply_but_cannot_be_let():
    counts = DayCounts(rooms_available=10, rooms_out_of_order=2, rooms_sold=5)
    assert (counts.rooms_sellable, counts.occupancy) == (8, Decimal("0.5000"))


def test_persons_are_summed_by_age_band():
    one = DayFigures(DayCounts(persons={"child": 1, "adult": 2}), nothing_earned("EUR"))
    two = DayFigures(DayCounts(persons={"adult": 3}), nothing_earned("EUR"))
    assert period([one, two], "EUR").counts.persons == {"adult": 5, "child": 1}


def test_currencies_never_meet():
    with pytest.raises(CurrencyMismatch):
        period([DayFigures(DayCounts(), nothing_earned("JPY"))], "EUR")


@pytest.mark.parametrize(("part", "whole", "found"), [(1, 3, "0.3333"), (2, 3, "0.6667"), (1, 16, "0.0625")])
def test_shares_have_four_places(part, whole, found):
    assert share(part, whole) == Decimal(found)


def test_an_amount_by_room_is_rounded_once_to_the_minor_unit():
    assert per_room(eur("100"), 3) == eur("33.33")
    assert per_room(eur("-100"), 3) == eur("-33.33")
    assert per_room(Money(100, "JPY"), 3) == Money(33, "JPY")
    assert per_room(Money(Decimal("100"), "KWD"), 3) == Money(Decimal("33.333"), "KWD")


day = st.builds(
    lambda available, sold, revenue: DayFigures(
        DayCounts(rooms_available=available, rooms_sold=sold),
        DayRevenue(room=eur(revenue), no_show=eur(0), other=eur(0), tax=eur(0)),
    ),
    st.integers(0, 300),
    st.integers(0, 300),
    st.decimals(0, 99999, places=2),
)


@given(st.lists(day, max_size=8), st.lists(day, max_size=8))
def test_a_period_of_periods_is_the_period_of_the_days(first, second):
    parts = [period(first, "EUR"), period(second, "EUR")]
    assert period(parts, "EUR") == period([*first, *second], "EUR")
