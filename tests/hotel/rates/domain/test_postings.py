"""What is posted on the folio is what was offered, to the cent."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from moneyed import Money

from hotel.core.money import quantum
from hotel.rates.domain.postings import night_postings, stay_postings
from hotel.rates.domain.quotes import Occupancy, night_price_dump, night_price_load
from hotel.rates.domain.terms import ChildTerms, Discount, Exemption, PromoTerms
from tests.factories.rate_terms import MONDAY, asked, dec, element, plan, price, quoted, sheet, tax


def eur(amount) -> Money:
    return Money(dec(amount), "EUR")


def test_room_packages_and_stay_taxes_are_lines_of_their_own():
    terms = sheet(
        price(110),
        taxes=[
            tax(groups=("room", "food")),
            tax("CITY", method="per_person_night", amount=2, is_inclusive=False, pk=2),
            tax("CLEAN", method="per_stay", amount=20, is_inclusive=False, pk=3),
        ],
        elements={
            1: [element("BF", 11), element("CAR", 10, pk=2, group="other", basis="flat", is_included=False)]
        },
    )
    lines = stay_postings(quoted(terms, asked()))
    assert [(line.code, line.group, line.net, line.gross) for line in lines] == [
        ("room", "room", eur("80.00"), eur("92.00")),
        ("BF", "food", eur("20.00"), eur("22.00")),
        ("CAR", "other", eur("10.00"), eur("10.00")),
        ("CLEAN", "stay", eur("0.00"), eur("20.00")),
    ]
    assert [tax.code for tax in lines[0].taxes] == ["VAT", "CITY"]
    assert {line.night for line in lines} == {MONDAY}


def test_elements_of_one_code_from_two_packages_are_one_line():
    terms = sheet(
        price(110),
        taxes=[tax(groups=("room", "food"))],
        elements={1: [element("BF", 11), element("BF", 11, pk=2, basis="flat", is_included=False)]},
    )
    quote = quoted(terms, asked())
    _, breakfast = night_postings(quote.nights[0])
    assert (breakfast.net, breakfast.gross) == (eur("30.00"), eur("33.00"))
    assert quote.total == eur("121.00")


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


@given(
    currency=st.sampled_from(["EUR", "JPY", "KWD"]),
    base=st.decimals(0, 900, places=3),
    offset=st.decimals(-1, 1, places=3),
    step=st.sampled_from([None, "1", "0.5"]),
    discounts=st.tuples(SHARES, st.decimals(0, 30, places=2)),
    rules=tax_rules(),
    packages=elements(),
    guests=st.tuples(st.integers(1, 3), st.lists(st.integers(0, 15), max_size=2)),
    nights=st.integers(1, 9),
    freed=st.integers(0, 3),
)
def test_the_total_offered_is_the_sum_of_what_is_posted(
    currency, base, offset, step, discounts, rules, packages, guests, nights, freed
):
    plans = [
        plan(room_type_ids=frozenset({1})),
        plan(2, "Nrf", parent_id=1, offset_rate=offset, **({"rounding_step": step} if step else {})),
    ]
    terms = sheet(
        price(base, extra_adult=Decimal("9.95"), by_child={"child": ChildTerms("share", Decimal("0.333"))}),
        plans=plans,
        currency=currency,
        taxes=rules,
        elements={1: packages},
        agreements={2: Discount("Acme", discounts[0])},
        promo=PromoTerms("S", Discount("S", amount=discounts[1])),
        exemptions=[Exemption("x", freed)] if freed else [],
    )
    adults, ages = guests
    occupancy = Occupancy(adults, child_ages=tuple(ages))
    quote = quoted(terms, asked(departure=MONDAY + timedelta(nights), occupancy=occupancy), plan_id=2)
    lines = stay_postings(quote)
    assert sum((line.gross.amount for line in lines), Decimal(0)) == quote.total.amount
    assert sum((line.net.amount for line in lines), Decimal(0)) == quote.net_total.amount
    assert quote.net_total + quote.tax_total == quote.total
    for night in quote.nights:
        posted = night_postings(night_price_load(night_price_dump(night)))
        assert sum((line.gross.amount for line in posted), Decimal(0)) == night.total.amount
        added = sum((line.amount.amount for line in night.packages if not line.is_included), Decimal(0))
        on_top = sum((line.amount.amount for line in night.taxes if not line.is_inclusive), Decimal(0))
        assert night.room_gross.amount + added + on_top == night.total.amount
    unit = quantum(currency)
    amounts = [line.net.amount for line in lines] + [
        tax.amount.amount for line in lines for tax in line.taxes
    ]
    assert all(amount >= 0 and amount == amount.quantize(unit) for amount in amounts)
