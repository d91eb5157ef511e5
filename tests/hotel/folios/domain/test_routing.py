"""Routing: priority, codes and days, limits that cut, folios that hand on."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.folios.domain.routing import Charge, RuleTerms, route

DAY = date(2027, 3, 14)
CENT = Decimal("0.01")
GUEST, COMPANY, MASTER = 1, 2, 3


def rule(number: int, window: int, folio: int = GUEST, target: int = GUEST, **over) -> RuleTerms:
    return RuleTerms(id=number, folio_id=folio, window_id=window, target_folio_id=target, **over)


def sent(gross, *rules: RuleTerms, code="room", group="room", day=DAY, used=None) -> list[tuple]:
    by_folio: dict[int, list[RuleTerms]] = {}
    for one in rules:
        by_folio.setdefault(one.folio_id, []).append(one)
    charge = Charge(Decimal(gross), code, group, day)
    parts = route(charge, GUEST, by_folio, {} if used is None else used, CENT)
    return [(f"{part.gross:.2f}".removesuffix(".00"), part.window_id, part.rule_id) for part in parts]


def test_without_a_rule_it_stays():
    assert sent("100") == [("100", None, None)]


def test_the_first_rule_that_takes_it_gets_it():
    rules = rule(1, 11, codes=frozenset({"minibar"})), rule(2, 12, groups=frozenset({"room"})), rule(3, 13)
    assert sent("100", *rules) == [("100", 12, 2)]
    assert sent("8", *rules, code="minibar", group="beverage") == [("8", 11, 1)]
    assert sent("8", *rules, code="taxi", group="other") == [("8", 13, 3)]


@pytest.mark.parametrize(("days", "window"), [(-1, None), (0, 11), (1, 11), (2, None)])
def test_a_rule_counts_on_its_days(days, window):
    dated = rule(1, 11, valid_from=DAY, valid_until=DAY + timedelta(days=2))
    assert sent("100", dated, day=DAY + timedelta(days=days))[0][1] == window


def test_a_limit_cuts_a_charge_in_two():
    assert sent("200", rule(1, 11, limit_amount=Decimal(150))) == [("150", 11, 1), ("50", None, None)]


def test_a_limit_per_day_counts_what_was_sent_that_day():
    used = {}
    limited = rule(1, 11, limit_amount=Decimal(150))
    assert sent("100", limited, used=used) == [("100", 11, 1)]
    assert sent("100", limited, used=used) == [("50", 11, 1), ("50", None, None)]
    assert sent("100", limited, used=used) == [("100", None, None)]
    assert sent("100", limited, used=used, day=DAY + timedelta(days=1)) == [("100", 11, 1)]


def test_a_limit_in_total_counts_all_days():
    used = {}
    limited = rule(1, 11, limit_amount=Decimal(150), limit_per_day=False)
    assert sent("100", limited, used=used) == [("100", 11, 1)]
    assert sent("100", limited, used=used, day=DAY + timedelta(days=1)) == [("50", 11, 1), ("50", None, None)]


def test_a_share_is_rounded_and_the_rest_goes_on():
    half = rule(1, 11, limit_rate=Decimal("0.5"))
    assert sent("0.05", half, rule(2, 12)) == [("0.03", 11, 1), ("0.02", 12, 2)]
    assert sent("100", half, rule(2, 12, limit_rate=Decimal("0.5"))) == [("50", 11, 1), ("50", 12, 2)]


def test_share_and_limit_hold_together():
    both = rule(1, 11, limit_rate=Decimal("0.5"), limit_amount=Decimal(20))
    assert sent("100", both) == [("20", 11, 1), ("80", None, None)]


def test_another_folio_hands_on_by_its_own_rules():
    to_company = rule(1, 21, target=COMPANY)
    to_master = rule(2, 31, folio=COMPANY, target=MASTER, limit_amount=Decimal(60))
    assert sent("100", to_company, to_master) == [("60", 31, 2), ("40", 21, 1)]


def test_what_is_taken_back_is_sent_whole_whatever_the_limit():
    limited = rule(1, 11, limit_amount=Decimal(10))
    assert sent("-50", limited) == [("-50", 11, 1)]
    assert sent("0", limited) == [("0", 11, 1)]


limits = st.tuples(
    st.none() | st.decimals(1, 300, places=2), st.none() | st.decimals("0.01", 1, places=2), st.booleans()
)


@given(st.lists(limits, max_size=4), st.lists(st.decimals(0, 500, places=2), min_size=1, max_size=5))
def test_parts_add_up_and_limits_are_kept(shapes, charges):
    rules = [
        rule(n, 10 + n, limit_amount=amount, limit_rate=rate, limit_per_day=per_day)
        for n, (amount, rate, per_day) in enumerate(shapes)
    ]
    used = {}
    for gross in charges:
        parts = route(Charge(gross, "room", "room", DAY), GUEST, {GUEST: rules}, used, CENT)
        assert sum(part.gross for part in parts) == gross
        assert all(part.gross >= 0 and part.gross % CENT == 0 for part in parts)
    for (number, _), amount in used.items():
        assert rules[number].limit_amount is None or amount <= rules[number].limit_amount
