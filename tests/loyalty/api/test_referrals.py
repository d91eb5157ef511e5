"""Referrals over the API."""

from datetime import date, timedelta

import pytest

from loyalty.models import Referral, ReferralRule
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.factories.loyalty import loyalty_program_make, referral_make, referral_rule_make
from tests.loyalty.api.test_resources import MANAGE, URL, VIEW, post


class TestReferralRules(ReadContract):
    model, url, area = ReferralRule, f"{URL}/referral-rules", "loyalty"

    def make(self, place, n):
        return referral_rule_make(place, valid_from=date(2027, 1, 1) + timedelta(days=n))


class TestReferrals(ReadContract):
    model, url, area = Referral, f"{URL}/referrals", "loyalty"

    def make(self, place, n):
        return referral_make(place)


@pytest.fixture
def manager(stage):
    return stage.client_of((VIEW, MANAGE), stage.alpha)


def test_a_rule_is_made_told_and_ended(stage, manager):
    body = {
        "program": loyalty_program_make(stage.alpha).pk, "referrer_points": 1000, "valid_from": "2027-01-01",
        "yearly_limit": 5,
    }  # fmt: skip
    answer = post(manager, "referral-rules", body)
    made = answer.json()
    assert (answer.status_code, made["version"]) == (201, 1)
    assert made["says"].startswith("1000 points for who brings somebody, when the first stay of 1 night")
    assert_problem(post(manager, "referral-rules", body, key="2"), 400, "valid_from_invalid")
    ended = post(manager, f"referral-rules/{made['id']}/end", {"valid_until": "2027-06-30"}, key="3")
    assert ended.json()["valid_until"] == "2027-06-30"
    for day, found in (("2027-06-30", 1), ("2027-07-01", 0)):
        assert len(manager.get(f"{URL}/referral-rules?on={day}").json()["results"]) == found
