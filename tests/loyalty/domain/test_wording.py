"""Rules as managers read them."""

from decimal import Decimal

import pytest

from loyalty.domain.accrual import Conditions, EarningRule
from loyalty.domain.wording import in_words


def rule(basis, rate, **over):
    return EarningRule(id=1, name="R", basis=basis, rate=Decimal(rate), **over)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (rule("spend", "10.0000"), "10 points for each EUR spent without taxes, rounded down."),
        (
            rule("spend", "1", groups=frozenset({"food", "beverage"}), rounding="up", most=500),
            "1 point for each EUR spent on beverage or food without taxes, rounded up, at most 500 for a stay.",
        ),
        (rule("night", "500", is_qualifying=False), "500 points for each night, rounded down; does not count for the tier."),
        (
            rule("percent", "25", conditions=Conditions(only={"tier": frozenset({"gold"})}, with_awards=True)),
            "25 % more on the points of the other rules, rounded down; only tier gold; also stays paid with points.",
        ),
        (
            rule(
                "stay", "1000", rounding="nearest",
                conditions=Conditions(never={"rate_plan": frozenset({"OTA"})}, min_nights=2, max_nights=7, to_stay=1),
            ),
            "1000 points for the stay, rounded to the nearest; not for rate plan OTA; stays of 2 to 7 nights;"
            " the member's stays 1.",
        ),
        (
            rule("stay", "5", conditions=Conditions(min_nights=3, from_stay=2)),
            "5 points for the stay, rounded down; stays of 3 or more nights; the member's stays 2 or more.",
        ),
    ],
)  # fmt: skip
def test_a_rule_is_one_sentence(given, words):
    assert in_words(given, "EUR") == words
