"""Challenges in the admin."""

from django.test import Client

from loyalty.models import Challenge
from tests.factories.loyalty import challenge_entry_make, loyalty_program_make

ADMIN = "/admin/loyalty"


def test_a_challenge_is_added_and_told(cast):
    manager = Client()
    manager.force_login(cast.ada)
    body = {
        "program": loyalty_program_make(cast.alpha).pk, "code": "nights", "name": "Three nights", "days": "30",
        "min_nights": "3", "points": "2000", "tiers": "", "credit_nights": "0", "credit_stays": "0", "credit_points": "0",
    }  # fmt: skip
    assert manager.post(f"{ADMIN}/challenge/add/", body).status_code == 302
    assert Challenge.objects.get().points == 2000
    page = manager.get(f"{ADMIN}/challenge/").content.decode()
    assert "3 nights within 30 days of joining: 2,000 points." in page


def test_who_takes_part_is_looked_at(cast):
    manager = Client()
    manager.force_login(cast.ada)
    challenge_entry_make(cast.alpha)
    assert "3 nights to go by 12 April 2027" in manager.get(f"{ADMIN}/challengeentry/").content.decode()
    assert manager.get(f"{ADMIN}/challengeentry/add/").status_code == 403
