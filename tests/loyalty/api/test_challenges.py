"""Challenges over the API."""

from loyalty.models import Challenge, ChallengeEntry
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.factories.loyalty import (
    challenge_entry_make,
    challenge_make,
    loyalty_member_make,
    loyalty_program_make,
)
from tests.loyalty.api.test_resources import ENROL, MANAGE, URL, VIEW, post


class TestChallenges(ReadContract):
    model, url, area = Challenge, f"{URL}/challenges", "loyalty"

    def make(self, place, n):
        return challenge_make(place, code=f"c{n}")


class TestEntries(ReadContract):
    model, url, area = ChallengeEntry, f"{URL}/challenge-entries", "loyalty"

    def make(self, place, n):
        return challenge_entry_make(place)


def test_a_challenge_is_made_joined_told_and_ended(stage):
    manager = stage.client_of((VIEW, ENROL, MANAGE), stage.alpha)
    body = {
        "program": loyalty_program_make(stage.alpha).pk, "code": "nights", "name": "Three nights", "days": 30,
        "min_nights": 3, "points": 2000, "max_members": 1, "credit_nights": 2, "credit_stays": 1,
    }  # fmt: skip
    answer = post(manager, "challenges", body)
    assert (answer.status_code, answer.json()["says"]) == (
        201,
        "3 nights within 30 days of joining: 2,000 points and 2 nights and 1 stay more for the tier. 0 joined.",
    )  # fmt: skip
    path = f"challenges/{answer.json()['id']}"
    who = {"property": stage.alpha.pk, "member": loyalty_member_make(stage.alpha).pk}
    joined = post(manager, f"{path}/join", who, key="j").json()
    assert (joined["status"], joined["says"]) == ("open", "3 nights to go by 12 April 2027")
    other = {**who, "member": loyalty_member_make(stage.alpha).pk}
    assert_problem(post(manager, f"{path}/join", other, key="o"), 409, "challenge_full")
    assert post(manager, f"{path}/invite", other, key="i").json()["status"] == "invited"
    ended = post(manager, f"{path}/end", {}, key="e").json()
    assert (ended["is_open"], ended["joined"]) == (False, 1)
    assert_problem(
        post(manager, "challenges", {**body, "points": 0, "credit_nights": 0, "credit_stays": 0}, key="x"),
        400,
        "challenge_gives_nothing",
    )
