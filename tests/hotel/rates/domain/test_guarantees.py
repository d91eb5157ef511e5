"""What must stand behind a stay at least, as the page tells it and quotes carry it."""

from datetime import timedelta

import pytest

from hotel.rates.choices import MinGuarantee
from hotel.rates.domain.guarantees import STRENGTH, guarantees_enough, is_enough
from hotel.rates.domain.restrictions import GUARANTEES
from hotel.reservations.choices import Guarantee
from tests.factories.rate_terms import DOUBLE, MONDAY, asked, plan, price, quoted, rule, sheet
from tests.pages import worked_table


@pytest.mark.parametrize("line", worked_table("restrictions", "Guarantees"), ids=lambda line: line["Least"])
def test_what_is_enough(line):
    enough = line["Enough"].split(", ")
    assert guarantees_enough(line["Least"]) == enough
    assert {name for name in STRENGTH if is_enough(name, line["Least"])} == set(enough)


def test_every_guarantee_has_a_strength_and_every_least_one_its_words():
    assert set(STRENGTH) == set(Guarantee.values)
    assert set(GUARANTEES) == set(MinGuarantee.values)
    assert [line["Least"] for line in worked_table("restrictions", "Guarantees")] == MinGuarantee.values


def least(guarantee, day=MONDAY, **over):
    return rule("min_guarantee", guarantee=guarantee, start=day, end=day + timedelta(1), **over)


PLANS = [plan(room_type_ids=frozenset({1})), plan(2, "Nrf", parent_id=1, offset_rate="-0.1")]


@pytest.mark.parametrize(
    ("rules", "plan_id", "told"),
    [
        ([], 1, None),
        ([least("hold_6pm")], 1, "The house: held until the evening at least on Mon 1 Mar 2027."),
        (
            [least("credit_card"), least("prepayment", MONDAY + timedelta(1), reason="Fair")],
            1,
            "The house: prepaid on Tue 2 Mar 2027 (Fair).",
        ),
        ([least("prepayment", MONDAY + timedelta(2))], 1, None),
        ([least("company", plan_id=1)], 2, "Bar: a company that answers for it at least on Mon 1 Mar 2027."),
        ([least("company", plan_id=2)], 1, None),
        ([least("credit_card", type_id=1)], 1, "Double: a credit card at least on Mon 1 Mar 2027."),
        ([least("credit_card", type_id=9)], 1, None),
    ],
    ids=["none", "house", "strictest", "departure day", "inherited", "other plan", "type", "other type"],
)
def test_the_strictest_rule_of_the_nights_counts_and_closes_nothing(rules, plan_id, told):
    terms = sheet(price(100), plans=PLANS, types=(DOUBLE,), restrictions=rules)
    quote = quoted(terms, asked(departure=MONDAY + timedelta(2)), plan_id=plan_id)
    assert quote.is_sellable
    assert quote.policies.get("guarantee", {}).get("text") == told


def test_a_quote_names_what_is_enough():
    quote = quoted(sheet(price(100), restrictions=[least("company")]), asked())
    assert quote.policies["guarantee"] == {
        "least": "company",
        "allowed": ["company", "ota", "prepayment"],
        "text": "The house: a company that answers for it at least on Mon 1 Mar 2027.",
    }
