"""Status matches over the API."""

import pytest

from loyalty.models import StatusMatch, StatusMatchRule
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.factories.loyalty import (
    challenge_make,
    loyalty_member_make,
    loyalty_program_make,
    loyalty_tier_make,
    status_match_make,
    status_match_rule_make,
)
from tests.loyalty.api.test_resources import APPROVE, ENROL, MANAGE, URL, VIEW, post


class TestRules(ReadContract):
    model, url, area = StatusMatchRule, f"{URL}/match-rules", "loyalty"

    def make(self, place, n):
        return status_match_rule_make(place, foreign_tier=f"T{n}")


class TestMatches(ReadContract):
    model, url, area = StatusMatch, f"{URL}/matches", "loyalty"

    def make(self, place, n):
        return status_match_make(place)


@pytest.fixture
def boss(stage):
    return stage.client_of((VIEW, APPROVE), stage.alpha)


def test_a_rule_is_made_told_and_ended(stage):
    manager = stage.client_of((VIEW, MANAGE), stage.alpha)
    tier = loyalty_tier_make(stage.alpha)
    body = {
        "program": loyalty_program_make(stage.alpha).pk, "foreign_program": "Other Club", "foreign_tier": "Gold",
        "tier": tier.pk, "days": 90, "challenge": challenge_make(stage.alpha, is_matched=True, max_members=1).pk,
    }  # fmt: skip
    answer = post(manager, "match-rules", body)
    assert (answer.status_code, answer.json()["says"]) == (
        201, "Who is Other Club Gold elsewhere is Silver here for 90 days, and takes part in Three nights.",
    )  # fmt: skip
    assert_problem(post(manager, "match-rules", body, key="2"), 409, "match_rule_taken")
    strange = {**body, "foreign_tier": "Onyx", "challenge": challenge_make(stage.alpha, code="all").pk}
    assert_problem(post(manager, "match-rules", strange, key="4"), 400, "challenge_invalid")
    ended = post(manager, f"match-rules/{answer.json()['id']}/end", {}, key="3")
    assert (ended.status_code, ended.json()["is_active"]) == (200, False)
    shown = manager.get(f"{URL}/match-rules?is_active=true").json()["results"]
    assert shown == []


def test_a_match_is_asked_and_approved_by_somebody_else(stage, boss):
    desk = stage.client_of((VIEW, ENROL), stage.alpha)
    status_match_rule_make(stage.alpha)
    body = {
        "property": stage.alpha.pk, "member": loyalty_member_make(stage.alpha).pk, "foreign_program": "Other Club",
        "foreign_tier": "Platinum", "foreign_number": "OC 1", "evidence": "His card",
    }  # fmt: skip
    answer = post(desk, "matches", body)
    assert (answer.status_code, answer.json()["status"]) == (201, "waiting")
    path = f"matches/{answer.json()['id']}"
    assert_problem(post(desk, f"{path}/approve", {}, key="a"), 403, "permission_denied")
    approved = post(boss, f"{path}/approve", {}, key="b").json()
    assert (approved["status"], approved["until"]) == ("approved", "2027-06-11")
    assert StatusMatch.objects.get().member.tier.code == "silver"
    assert_problem(post(boss, f"{path}/refuse", {"reason": "x"}, key="c"), 409, "match_decided")


def test_who_cannot_take_part_in_the_challenge_is_told_so(stage, boss):
    challenge = challenge_make(stage.alpha, is_matched=True, max_members=1)
    status_match_rule_make(stage.alpha, challenge=challenge)
    said = [
        post(boss, f"matches/{status_match_make(stage.alpha).pk}/approve", {}, key=str(n)).json()["because"]
        for n in range(2)
    ]
    assert said == ["", "He does not take part in Three nights: All places of this challenge are taken."]


def test_a_match_is_refused_with_a_reason(stage, boss):
    match = status_match_make(stage.alpha)
    assert_problem(post(boss, f"matches/{match.pk}/refuse", {}), 400, "invalid")
    refused = post(boss, f"matches/{match.pk}/refuse", {"reason": "Not his"}, key="2").json()
    assert (refused["status"], refused["because"]) == ("refused", "Not his")
