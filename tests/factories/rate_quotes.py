"""Quotes of every shape: taxes, packages, parties, discounts and certificates drawn at random, in three currencies."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
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
    """A stay of one to nine nights, priced by a derived plan."""
    step, freed = draw(st.sampled_from([None, "1", "0.5"])), draw(st.integers(0, 3))
    derived = {"offset_rate": draw(st.decimals(-1, 1, places=3)), **({"rounding_step": step} if step else {})}
    terms = sheet(
        price(
            draw(st.decimals(0, 900, places=3)),
            extra_adult=Decimal("9.95"),
            by_child={"child": ChildTerms("share", Decimal("0.333"))},
        ),
        plans=[plan(room_type_ids=frozenset({1})), plan(2, "Nrf", parent_id=1, **derived)],
        currency=draw(st.sampled_from(["EUR", "JPY", "KWD"])),
        taxes=draw(tax_rules()),
        elements={1: draw(elements())},
        agreements={2: Discount("Acme", draw(SHARES))},
        promo=PromoTerms("S", Discount("S", amount=draw(st.decimals(0, 30, places=2)))),
        exemptions=[Exemption("x", freed)] if freed else [],
    )
    ages = draw(st.lists(st.integers(0, 15), max_size=2))
    occupancy = Occupancy(draw(st.integers(1, 3)), child_ages=tuple(ages))
    nights = draw(st.integers(1, 9))
    return quoted(terms, asked(departure=MONDAY + timedelta(nights), occupancy=occupancy), plan_id=2)


def quotes_seeded(seed: int, count: int, currency: str = "") -> Iterator[StayQuote]:
    """So many stays of every shape, the same for the same seed; in one currency, or in all three by turns.

    For numbers that ``stay_quotes`` is too slow for: each stay has one to four nights and up to three taxes,
    contained and added, stacked, per head up to a number of nights or an amount, by age, changing within the stay,
    and freed by a certificate; packages, children, an agreement and a promotion as they come.
    """
    random = Random(seed)
    for number in range(count):
        yield _drawn(random, currency or ("EUR", "JPY", "KWD")[number % 3])


def _drawn(random: Random, currency: str) -> StayQuote:
    nights = random.randint(1, 4)
    freed = random.choice([None, 0, 1, 2])
    terms = sheet(
        price(
            _amount(random, 900),
            extra_adult=Decimal("9.95"),
            by_child={"child": ChildTerms("share", Decimal("0.333"))},
        ),
        plans=[
            plan(room_type_ids=frozenset({1})),
            plan(2, "Nrf", parent_id=1, offset_rate=_share(random, 1000) - Decimal("0.5")),
        ],
        currency=currency,
        taxes=_taxes(random),
        elements={1: [_element(random, n) for n in range(random.randint(0, 3))]},
        agreements={2: Discount("Acme", _share(random, 300))},
        promo=PromoTerms("S", Discount("S", amount=_amount(random, 30))),
        exemptions=[] if freed is None else [Exemption("x", freed)],
    )
    ages = tuple(random.randint(0, 15) for _ in range(random.randint(0, 2)))
    occupancy = Occupancy(random.randint(1, 3), child_ages=ages)
    return quoted(terms, asked(departure=MONDAY + timedelta(nights), occupancy=occupancy), plan_id=2)


def _taxes(random: Random) -> list[Any]:
    rules: list[Any] = []
    for n in range(random.randint(0, 3)):
        method = random.choice(METHODS)
        inclusive = not method.endswith("stay") and random.random() < 0.5  # a coin, not money
        over: dict[str, Any] = {
            "min_age": random.choice([0, 0, 12]),
            "max_age": random.choice([199, 199, 11]),
        }
        if random.random() < 0.4:
            over["max_nights"] = random.randint(1, 3)
        if random.random() < 0.4:
            over["max_amount"] = _amount(random, 20)
        if method == "percent":
            below = [rule.code for rule in rules if rule.is_inclusive or not inclusive]
            over["groups"] = random.choice([{"room"}, {"food"}, {"room", "food"}])
            over["stacked_on"] = set(random.sample(below, random.randint(0, len(below))))
        else:
            over["amount"] = _amount(random, 9)
        shape = {
            "method": method,
            "is_inclusive": inclusive,
            "exempt_reasons": ["x"] * random.randint(0, 1),
            **over,
        }
        rules += _versions(random, n, shape)
    return rules


def _versions(random: Random, n: int, shape: dict[str, Any]) -> list[Any]:
    """One rule, or two versions of it of which the second counts from the second night."""
    changes: date | None = MONDAY + timedelta(1) if random.random() < 0.25 else None
    first = tax(f"T{n}", _share(random, 300), pk=2 * n, valid_until=changes, **shape)
    if changes is None:
        return [first]
    return [first, tax(f"T{n}", _share(random, 300), pk=2 * n + 1, valid_from=changes, **shape)]


def _element(random: Random, n: int) -> Any:
    return element(
        f"E{n}",
        _amount(random, 60),
        pk=n,
        basis=random.choice(["flat", "per_person", "per_adult", "per_child", "share_of_rate"]),
        rhythm=random.choice(["once", "every_night", "every_n_nights", "departure", "weekdays"]),
        every_nights=2,
        weekdays=48,
        band="child",
        group=random.choice(["food", "other"]),
        is_included=random.random() < 0.5,
        share=_share(random, 300),
    )


def _amount(random: Random, highest: int) -> Decimal:
    return Decimal(random.randint(0, highest * 1000)) / 1000


def _share(random: Random, thousandths: int) -> Decimal:
    return Decimal(random.randint(0, thousandths)) / 1000
