"""Claims over the API."""

import pytest

from loyalty.models import StayClaim
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.factories.loyalty import loyalty_member_make, stay_claim_make
from tests.loyalty.api.test_resources import APPROVE, ENROL, URL, VIEW, post


class TestClaims(ReadContract):
    model, url, area = StayClaim, f"{URL}/claims", "loyalty"

    def make(self, place, n):
        return stay_claim_make(place)


@pytest.fixture
def desk(stage):
    return stage.client_of((VIEW, ENROL), stage.alpha)


def test_a_claim_is_made_and_decided_by_somebody_else(stage, desk):
    member = loyalty_member_make(stage.alpha)
    body = {
        "property": stage.alpha.pk, "member": member.pk, "arrival": "2027-03-14", "departure": "2027-03-14",
        "evidence": "A bill",
    }  # fmt: skip
    answer = post(desk, "claims", body)
    assert (answer.status_code, answer.json()["status"]) == (201, "waiting")
    path = f"claims/{answer.json()['id']}"
    assert_problem(post(desk, f"{path}/approve", {"points": 50}, key="a"), 403, "permission_denied")
    boss = stage.client_of((VIEW, APPROVE), stage.alpha)
    approved = post(boss, f"{path}/approve", {"points": 50}, key="b").json()
    assert (approved["status"], StayClaim.objects.get().transaction.points) == ("approved", 50)
    assert_problem(post(boss, f"{path}/refuse", {"reason": "x"}, key="c"), 409, "claim_decided")


def test_a_claim_is_refused_with_a_reason(stage):
    claim = stay_claim_make(stage.alpha)
    boss = stage.client_of((VIEW, APPROVE), stage.alpha)
    assert_problem(post(boss, f"claims/{claim.pk}/refuse", {}), 400, "invalid")
    refused = post(boss, f"claims/{claim.pk}/refuse", {"reason": "Not his"}, key="2").json()
    assert (refused["status"], refused["because"]) == ("refused", "Not his")
