"""Campaigns over the API."""

import pytest

from loyalty.models import BonusCampaign, CampaignRegistration
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.factories.loyalty import (
    bonus_campaign_make,
    earning_rule_make,
    loyalty_member_make,
    loyalty_program_make,
)
from tests.loyalty.api.test_resources import ENROL, MANAGE, URL, VIEW, post


class TestCampaigns(ReadContract):
    model, url, area = BonusCampaign, f"{URL}/campaigns", "loyalty"

    def make(self, place, n):
        return bonus_campaign_make(place, code=f"c{n}")


@pytest.fixture
def manager(stage):
    return stage.client_of((VIEW, ENROL, MANAGE), stage.alpha)


def test_a_campaign_is_made_told_joined_and_changed(stage, manager):
    program, member = loyalty_program_make(stage.alpha), loyalty_member_make(stage.alpha)
    body = {
        "program": program.pk, "code": "spring", "name": "Spring", "stay_from": "2027-03-01", "stay_until": "2027-05-31",
        "needs_registration": True, "budget": 5000,
    }  # fmt: skip
    answer = post(manager, "campaigns", body)
    made = answer.json()
    assert (answer.status_code, made["given"], made["version"]) == (201, 0, 1)
    rule = {
        "program": program.pk, "campaign": made["id"], "code": "more", "name": "More", "basis": "night",
        "rate": "500", "valid_from": "2027-03-01",
    }  # fmt: skip
    assert post(manager, "rules", rule, key="r").status_code == 201
    shown = manager.get(f"{URL}/campaigns/{made['id']}").json()
    assert shown["says"].endswith("0 of them given: 500 points for each night, rounded down.")
    joined = post(manager, f"campaigns/{made['id']}/register", {"member": member.pk}, key="j")
    assert (joined.status_code, joined.json()["on"]) == (200, "2027-03-14")
    assert CampaignRegistration.objects.get().member == member
    patched = manager.patch(f"{URL}/campaigns/{made['id']}", {"budget": 9000}, format="json")
    assert (patched.status_code, patched.json()["budget"], patched["ETag"]) == (200, 9000, '"v2"')
    assert_problem(post(manager, "campaigns", body, key="again"), 409, "campaign_code_taken")


def test_a_change_of_a_rule_neither_moves_it_to_a_campaign_nor_to_a_programme(stage, manager):
    rule, campaign = earning_rule_make(stage.alpha), bonus_campaign_make(stage.alpha)
    body = {"campaign": campaign.pk, "rate": "11", "valid_from": "2027-04-01"}
    answer = post(manager, f"rules/{rule.pk}/change", body)
    assert (answer.status_code, answer.json()["campaign"], answer.json()["rate"]) == (201, None, "11.0000")


def test_campaigns_around_a_day(stage, manager):
    bonus_campaign_make(stage.alpha)
    for day, found in (("2027-12-31", 1), ("2028-01-01", 0)):
        assert len(manager.get(f"{URL}/campaigns?on={day}").json()["results"]) == found
