"""Status matches in the admin."""

from django.test import Client

from loyalty.models import StatusMatchRule
from tests.factories.loyalty import loyalty_program_make, loyalty_tier_make, status_match_make

ADMIN = "/admin/loyalty"


def test_a_rule_is_added_and_told(cast):
    manager = Client()
    manager.force_login(cast.ada)
    tier = loyalty_tier_make(cast.alpha)
    body = {
        "program": loyalty_program_make(cast.alpha).pk, "foreign_program": "Other Club", "foreign_tier": "Gold",
        "tier": tier.pk, "days": "90",
    }  # fmt: skip
    assert manager.post(f"{ADMIN}/statusmatchrule/add/", body).status_code == 302
    assert StatusMatchRule.objects.get().days == 90
    page = manager.get(f"{ADMIN}/statusmatchrule/").content.decode()
    assert "Who is Other Club Gold elsewhere is Silver here for 90 days." in page


def test_matches_are_approved_by_somebody_else(cast):
    manager = Client()
    manager.force_login(cast.ada)
    own, other = status_match_make(cast.alpha, actor=cast.ada), status_match_make(cast.alpha, actor=cast.bo)
    body = {"action": "approve", "_selected_action": [own.pk, other.pk]}
    manager.post(f"{ADMIN}/statusmatch/", body, follow=True)
    for row in (own, other):
        row.refresh_from_db()
    assert (own.status, other.status) == ("waiting", "approved")
