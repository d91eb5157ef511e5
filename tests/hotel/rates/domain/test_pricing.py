"""The price of one night: rows, parties, derivation, rounding, floors, discounts; see docs/algorithms/pricing.md."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.rates.domain.pricing import (
    DerivationCycle,
    Level,
    ancestry,
    chain_prices,
    child_price,
    derive,
    discounted,
    hours_paid,
    level_of,
    party_price,
    row_for,
    to_step,
    within,
)
from hotel.rates.domain.terms import ChildTerms, Discount
from tests.factories.rate_terms import CENT, DOUBLE, MONDAY, dec, party, plan, price

SATURDAY = date(2027, 3, 6)
STANDING = price(100)
SEASON = price(120, pk=2, level=1, start=date(2027, 3, 1), end=date(2027, 4, 1))
WEEKEND = price(140, pk=3, level=1, start=date(2027, 3, 1), end=date(2027, 4, 1), weekdays=48)
FAIR = price(200, pk=4, level=2, start=date(2027, 3, 6), end=date(2027, 3, 8))


@pytest.mark.parametrize(
    ("rows", "night", "wanted"),
    [
        ([STANDING], MONDAY, STANDING),
        ([STANDING, SEASON, WEEKEND], MONDAY, SEASON),
        ([STANDING, SEASON, WEEKEND], SATURDAY, WEEKEND),
        ([FAIR, WEEKEND, SEASON, STANDING], SATURDAY, FAIR),
        ([FAIR, STANDING], date(2027, 3, 8), STANDING),
        ([FAIR], MONDAY, None),
        ([], MONDAY, None),
    ],
    ids=["only one", "season", "fewer weekdays", "dated", "end excluded", "not covered", "no rows"],
)
def test_the_most_specific_row_counts(rows, night, wanted):
    assert row_for(rows, night) is wanted


def test_among_equals_the_shorter_then_the_later_then_the_newer_row_counts():
    month = price(1, pk=9, level=2, start=date(2027, 3, 1), end=date(2027, 4, 1))
    week = price(2, pk=8, level=2, start=date(2027, 3, 1), end=date(2027, 3, 8))
    later = price(3, pk=7, level=2, start=date(2027, 3, 4), end=date(2027, 3, 11))
    newer = price(4, pk=10, level=2, start=date(2027, 3, 4), end=date(2027, 3, 11))
    night = date(2027, 3, 5)
    assert row_for([month, week], night) is week
    assert row_for([month, week, later], night) is later
    assert row_for([newer, month, week, later], night) is newer


@pytest.mark.parametrize(
    ("guests", "over", "wanted"),
    [
        (party(2), {}, "100"),
        (party(1), {}, "100"),
        (party(1), {"single": dec(80)}, "80"),
        (party(1), {"single": dec(80), "by_adults": {1: dec(75)}}, "75"),
        (party(3), {}, "100"),
        (party(3), {"extra_adult": dec(30)}, "130"),
        (party(4), {"extra_adult": dec(30)}, "160"),
        (party(3), {"extra_adult": dec(30), "by_adults": {3: dec(125)}}, "125"),
        (party(1, 5), {"by_child": {"child": ChildTerms("amount", dec(25))}}, "125"),
        (party(2, 5, 6), {"by_child": {"child": ChildTerms("share", dec("0.5"))}}, "150"),
        (party(2, 1, 5), {"by_child": {"infant": ChildTerms("free"), "child": ChildTerms("amount", dec(9))}}, "109"),
        (party(2, 5), {}, "100"),
        (party(2, 14), {"extra_adult": dec(30)}, "130"),
    ],
    ids=[
        "standard", "one without single", "single", "exact number beats single", "extra without amount",
        "one extra", "two extra", "exact number beats extra", "child never fills an adult's place",
        "shares of an adult's part", "each band its own", "band without amount", "a child of an adult's age",
    ],
)  # fmt: skip
def test_what_a_party_pays(guests, over, wanted):
    assert party_price(price(100, **over), DOUBLE, guests) == dec(wanted)


def test_a_free_child_adds_nothing_whatever_its_value():
    assert child_price(ChildTerms("free", dec(99)), dec(50)) == 0


@pytest.mark.parametrize(
    ("amount", "step", "mode", "wanted"),
    [
        ("102.50", "5", "half_up", "105"),
        ("102.49", "5", "half_up", "100"),
        ("102.50", "5", "half_even", "100"),
        ("107.50", "5", "half_even", "110"),
        ("100.01", "1", "up", "101"),
        ("100.99", "1", "down", "100"),
        ("99.25", "0.5", "half_up", "99.5"),
        ("99.24", "0.5", "half_up", "99.0"),
    ],
)
def test_rounding_to_a_step(amount, step, mode, wanted):
    assert to_step(dec(amount), dec(step), mode) == dec(wanted)


@pytest.mark.parametrize(
    ("amount", "floor", "ceiling", "wanted"),
    [
        ("50", None, None, "50"),
        ("50", "60", None, "60"),
        ("50", None, "40", "40"),
        ("50", "40", "60", "50"),
        ("-5", None, None, "0"),
        ("50", "60", "40", "60"),
    ],
    ids=["free", "floor", "ceiling", "between", "never below zero", "floor wins"],
)
def test_floor_and_ceiling(amount, floor, ceiling, wanted):
    limits = [None if limit is None else dec(limit) for limit in (floor, ceiling)]
    assert within(dec(amount), *limits) == dec(wanted)


def test_a_child_plan_is_computed_from_the_unrounded_parent():
    """99.50 shown as 100, but ten percent less is 89.55, not 90."""
    parent = level_of(dec("99.50"), plan(rounding_step=1), CENT)
    assert parent == Level(dec("99.50"), dec("100.00"))
    assert derive(parent, plan(2, "Nrf", parent_id=1, offset_rate="-0.10"), CENT).shown == dec("89.55")


def test_each_level_rounds_once_with_its_own_step_and_mode():
    bar = plan(rounding_step=1)
    nrf = plan(2, "Nrf", parent_id=1, offset_rate="-0.10", rounding_step="0.5", rounding_mode="down")
    app = plan(3, "App", parent_id=2, offset_rate="-0.05", offset_amount="-2", rounding_mode="up")
    assert chain_prices(dec("123.45"), [bar], CENT)[-1].shown == dec("123.00")
    assert chain_prices(dec("123.45"), [bar, nrf], CENT)[-1].shown == dec("111.00")
    # 123.45 × 0.9 × 0.95 − 2 = 103.54975
    assert chain_prices(dec("123.45"), [bar, nrf, app], CENT)[-1] == Level(dec("103.5497500"), dec("103.55"))


def test_floor_and_ceiling_come_after_derivation_and_children_start_from_them():
    nrf = plan(2, "Nrf", parent_id=1, offset_rate="-0.50", floor=70)
    app = plan(3, "App", parent_id=2, offset_amount="-1")
    assert chain_prices(dec(100), [plan(), nrf], CENT)[-1].shown == dec("70.00")
    assert chain_prices(dec(100), [plan(), nrf, app], CENT)[-1].shown == dec("69.00")
    capped = plan(2, "Vip", parent_id=1, offset_rate="1", ceiling="150.00")
    assert chain_prices(dec(100), [plan(), capped], CENT)[-1].shown == dec("150.00")


def test_a_floor_holds_against_the_rounding_step():
    assert level_of(dec("52"), plan(rounding_step=10, floor=51), CENT).shown == dec("51.00")


def test_a_large_amount_off_ends_at_zero():
    off = plan(2, "Off", parent_id=1, offset_amount="-150")
    assert chain_prices(dec(100), [plan(), off], CENT)[-1] == Level(dec(0), dec("0.00"))


@pytest.mark.parametrize(("quantum", "wanted"), [("1", "90"), ("0.01", "89.55"), ("0.001", "89.550")])
def test_prices_lie_on_the_minor_unit_of_the_currency(quantum, wanted):
    """Yen have none, euros two digits, Kuwaiti dinars three."""
    nrf = plan(2, "Nrf", parent_id=1, offset_rate="-0.10")
    shown = chain_prices(dec("99.5"), [plan(), nrf], dec(quantum))[-1].shown
    assert str(shown) == wanted


def test_ancestry_goes_upwards_and_refuses_cycles():
    assert ancestry(3, {1: None, 2: 1, 3: 2}) == [3, 2, 1]
    with pytest.raises(DerivationCycle):
        ancestry(1, {1: 2, 2: 3, 3: 1})


HALF, TENTH, FLAT = (
    Discount("Half", dec("0.5")),
    Discount("Tenth", dec("0.1")),
    Discount("Flat", amount=dec(30)),
)
ALONE = Discount("Alone", dec("0.2"), is_combinable=False)


@pytest.mark.parametrize(
    ("discounts", "most", "left", "takes"),
    [
        ([], "1", "100", []),
        ([TENTH], "1", "90", ["10"]),
        ([TENTH, TENTH], "1", "81", ["10", "9"]),
        ([TENTH, FLAT], "1", "60", ["10", "30"]),
        ([FLAT, TENTH], "1", "63", ["30", "7"]),
        ([HALF, FLAT], "0.6", "40", ["50", "10"]),
        ([HALF, FLAT], "0.5", "50", ["50"]),
        ([HALF, TENTH], "0", "100", []),
        ([Discount("All", amount=dec(500))], "1", "0", ["100"]),
        ([ALONE, TENTH], "1", "80", ["20"]),
        ([TENTH, ALONE], "1", "90", ["10"]),
        ([TENTH, ALONE, FLAT], "1", "60", ["10", "30"]),
        ([Discount("Nil"), ALONE], "1", "80", ["20"]),
    ],
    ids=[
        "none", "one", "shares of what is left", "share then amount", "amount then share", "cap cuts the last",
        "cap is reached", "cap of nothing", "never below zero", "not combinable ends the row",
        "not combinable comes too late", "and later ones still count", "nothing taken does not count",
    ],
)  # fmt: skip
def test_discounts_are_taken_in_order_up_to_the_cap(discounts, most, left, takes):
    found, taken = discounted(dec(100), discounts, dec(most), CENT)
    assert (found, [off for _, off in taken]) == (dec(left), [dec(off) for off in takes])


def test_a_discount_rounds_half_up_on_the_minor_unit():
    left, taken = discounted(dec("33.35"), [TENTH, TENTH], Decimal(1), CENT)
    # 3.335 → 3.34; 3.001 → 3.00
    assert (left, [off for _, off in taken]) == (dec("27.01"), [dec("3.34"), dec("3.00")])


SHARES = st.decimals(0, 1, places=4)
AMOUNTS = st.decimals(0, 5000, places=2)


@given(
    price=AMOUNTS,
    discounts=st.lists(st.builds(Discount, st.just("D"), SHARES, AMOUNTS, st.booleans()), max_size=4),
    most=SHARES,
    quantum=st.sampled_from([Decimal(1), CENT, Decimal("0.001")]),
)
def test_parts_of_discounts_add_up_and_never_pass_the_cap(price, discounts, most, quantum):
    price = price.quantize(quantum)
    left, taken = discounted(price, discounts, most, quantum)
    assert left + sum(off for _, off in taken) == price
    assert left >= 0
    assert price - left <= price * most
    assert all(off > 0 and off == off.quantize(quantum) for _, off in taken)


@given(
    exact=AMOUNTS,
    step=st.sampled_from(["0.05", "0.5", "1", "10"]),
    mode=st.sampled_from(["up", "down", "half_up"]),
)
def test_a_step_is_never_missed_by_a_whole_step(exact, step, mode):
    found = to_step(exact, dec(step), mode)
    assert found % dec(step) == 0
    assert abs(found - exact) < dec(step)


@pytest.mark.parametrize(
    ("minutes", "step", "least", "paid"),
    [
        (60, 60, None, "1"),
        (61, 60, None, "2"),
        (61, 30, None, "1.5"),
        (90, 30, None, "1.5"),
        (91, 15, None, "1.75"),
        (61, 60, 3, "3"),
        (181, 60, 3, "4"),
        (0, 30, None, "0.5"),
        (0, 60, 2, "2"),
    ],
    ids=["whole", "begun", "half", "two halves", "quarter", "least", "beyond", "not told", "not told, least"],
)
def test_started_steps_count_whole_and_the_least_is_paid(minutes, step, least, paid):
    assert hours_paid(minutes, step, least) == Decimal(paid)


@given(st.integers(1, 24 * 60), st.sampled_from([15, 30, 60]), st.integers(0, 12))
def test_what_is_paid_is_never_less_than_it_lasts_nor_a_step_more_than_needed(minutes, step, least):
    paid = hours_paid(minutes, step, least)
    lasts = Decimal(minutes) / 60
    assert paid >= max(lasts, least)
    assert paid == least or paid - lasts < Decimal(step) / 60
