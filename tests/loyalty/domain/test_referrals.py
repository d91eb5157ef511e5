"""Why a referral is rewarded or not, in words."""

import pytest

from loyalty.domain.referrals import ReferralFacts, in_words, refusal
from tests.pages import worked_table

FACTS = {
    "–": {},
    "himself": {"is_same_guest": True},
    "a circle": {"is_circular": True},
    "e-mail and telephone": {"shared": frozenset({"email", "phone"})},
    "a household": {"shared": frozenset({"address"})},
    "an old guest": {"has_stayed_before": True},
    "a membership at rest": {"is_referrer_active": False},
    "the fourth of three a year": {"rewarded_this_year": 3, "yearly_limit": 3},
    "the third of three a year": {"rewarded_this_year": 2, "yearly_limit": 3},
}


def test_the_worked_table_of_the_page():
    rows = worked_table("points", "Who brings whom")
    assert [row["What is known"] for row in rows] == list(FACTS)
    for row in rows:
        said = refusal(ReferralFacts(**FACTS[row["What is known"]]))
        assert said == ("" if row["It says"] == "rewarded" else row["It says"])


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (
            (1000, 500, 1, None),
            "1000 points for who brings somebody and 500 points for who is brought, when the first stay of 1 night or "
            "more is over.",
        ),
        ((0, 500, 2, 3), "500 points for who is brought, when the first stay of 2 nights or more is over, at most 3 times a year."),
    ],
)  # fmt: skip
def test_what_referrals_give_in_words(values, text):
    assert in_words(*values) == text
