"""Quotes of every shape: taxes, packages, parties, discounts and certificates drawn at random, in three currencies."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from hotel.rates.domain.quotes import Occupancy, StayQuote
from hotel.rates.domain.terms import ChildTerms, Discount, Exemption, PromoTerms
from tests.factories.rate_terms import MONDAY, asked, element, plan, price, quoted, sheet, tax

METHODS = ("percent", "per_person_night", "per_room_night", "per_person_stay", "per_stay")
SHARES = st.decimals(0, "0.3", places=4)


@st.composite
def tax_rules(draw) -> list:
    """Up to four taxes of any method, stacked on earlier ones; stay taxes are always added."""
    rules: list[Any] = []
    for n in range(draw(st.integers(0, 4))):
        method = draw(st.sampled_from(METHODS))
        inclusive = not method.endswith("stay") and draw(st.booleans())
        below = [r.code for r in rules if r.is_inclusive or not inclusive]
        over: dict[str, Any] = {"min_age": draw(st.sampled_from([0, 12]))}
        if draw(st.booleans()):
            over["max_nights"] = draw(st.integers(1, 4))
        if draw(st.booleans()):
            over["max_amount"] = draw(st.decimals(0, 20, places=2))
        if method != "percent":
            over["amount"] = draw(st.decimals(0, 9, places=2))
        else:
            over["groups"] = draw(st.sets(st.sampled_from(["room", "food"]), min_size=1))
            over["stacked_on"] = draw(st.sets(st.sampled_from(below))) if below else []
        rules.append(
            tax(
                f"T{n}",
                draw(SHARES),
                pk=n,
                method=method,
                is_inclusive=inclusive,
                exempt_reasons=["x"],
                **over,
            )
        )
    return rules


@st.composite
def elements(draw) -> list:
    """Up to three package elements of any rhythm and basis."""
    found = []
    for n in range(draw(st.integers(0, 3))):
        basis = draw(st.sampled_from(["flat", "per_person", "per_adult", "per_child", "share_of_rate"]))
        over = {
            "rhythm": draw(
                st.sampled_from(["once", "every_night", "every_n_nights", "departure", "weekdays"])
            ),
            "every_nights": 2,
            "weekdays": 48,
            "band": "child",
            "group": draw(st.sampled_from(["food", "other"])),
            "is_included": draw(st.booleans()),
            "share": draw(SHARES),
        }
        found.append(element(f"E{n}", draw(st.decimals(0, 60, places=2)), pk=n, basis=basis, **over))
    return found


@st.composite
def stay_quotes(draw) -> StayQuote:
    """A stay of one to nine nights, or some hours of a day, priced by a derived plan."""
    lasts: dict[str, Any] = {"departure": MONDAY + timedelta(draw(st.integers(1, 9)))}
    by_hour: dict[str, Any] = {}
    if draw(st.booleans()):
        lasts = {"departure": MONDAY, "is_day_use": True, "minutes": draw(st.integers(1, 720))}
        by_hour = {"day_use_step": draw(st.sampled_from([None, 15, 30, 60])), "day_use_hours": 12}
    step, freed = draw(st.sampled_from([None, "1", "0.5"])), draw(st.integers(0, 3))
    derived = {"offset_rate": draw(st.decimals(-1, 1, places=3)), **({"rounding_step": step} if step else {})}
    terms = sheet(
        price(
            draw(st.decimals(0, 900, places=3)),
            extra_adult=Decimal("9.95"),
            by_child={"child": ChildTerms("share", Decimal("0.333"))},
        ),
        plans=[plan(room_type_ids=frozenset({1}), **by_hour), plan(2, "Nrf", parent_id=1, **derived)],
        currency=draw(st.sampled_from(["EUR", "JPY", "KWD"])),
        taxes=draw(tax_rules()),
        elements={1: draw(elements())},
        agreements={2: Discount("Acme", draw(SHARES))},
        promo=PromoTerms("S", Discount("S", amount=draw(st.decimals(0, 30, places=2)))),
        exemptions=[Exemption("x", freed)] if freed else [],
    )
    ages = draw(st.lists(st.integers(0, 15), max_size=2))
    occupancy = Occupancy(draw(st.integers(1, 3)), child_ages=tuple(ages))
    return quoted(terms, asked(occupancy=occupancy, **lasts), plan_id=2)
