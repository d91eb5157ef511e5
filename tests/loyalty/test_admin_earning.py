"""What earns beside stays, and merged memberships, in the admin."""

from django.test import Client

from loyalty.models import BonusCampaign
from tests.factories.loyalty import (
    bonus_campaign_make,
    loyalty_program_make,
    member_merge_make,
    stay_claim_make,
)

ADMIN = "/admin/loyalty"


def test_a_merge_is_looked_at_without_its_snapshot(cast):
    manager = Client()
    manager.force_login(cast.ada)
    merge = member_merge_make(cast.alpha)
    assert merge.merged.number in manager.get(f"{ADMIN}/membermerge/").content.decode()
    page = manager.get(f"{ADMIN}/membermerge/{merge.pk}/change/")
    assert page.status_code == 200
    assert "merged_status" in merge.snapshot
    assert "merged_status" not in page.content.decode()
    assert manager.get(f"{ADMIN}/membermerge/add/").status_code == 403


def test_a_campaign_is_made_told_and_given_another_budget(cast):
    manager = Client()
    manager.force_login(cast.ada)
    program = loyalty_program_make(cast.alpha)
    body = {
        "program": program.pk, "code": "spring", "name": "Spring", "stay_from": "2027-03-01", "stay_until": "2027-05-31",
        "budget": "900",
    }  # fmt: skip
    assert manager.post(f"{ADMIN}/bonuscampaign/add/", body).status_code == 302
    made = BonusCampaign.objects.get()
    assert "900 points in all, 0 of them given" in manager.get(f"{ADMIN}/bonuscampaign/").content.decode()
    path = f"{ADMIN}/bonuscampaign/{made.pk}/change/"
    change = {"name": "May", "budget": "950", "stay_until": "2027-05-31", "times": "7"}
    assert manager.post(path, change).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.budget, made.times, made.version) == ("May", 950, None, 2)


def test_registrations_are_looked_at(cast):
    manager = Client()
    manager.force_login(cast.ada)
    bonus_campaign_make(cast.alpha)
    assert manager.get(f"{ADMIN}/campaignregistration/").status_code == 200
    assert manager.get(f"{ADMIN}/campaignregistration/add/").status_code == 403


def test_a_claim_of_a_stay_that_the_house_does_not_have_is_not_approved_here(cast):
    manager = Client()
    manager.force_login(cast.ada)
    claim = stay_claim_make(cast.alpha)
    body = {"action": "approve", "_selected_action": [claim.pk]}
    answer = manager.post(f"{ADMIN}/stayclaim/", body, follow=True)
    assert "points by hand" in next(str(message) for message in answer.context["messages"])
    claim.refresh_from_db()
    assert claim.status == "waiting"
