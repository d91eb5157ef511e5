"""A member who is forgotten."""

from loyalty.models import PointTransaction
from loyalty.services.privacy import guest_memberships_erase
from loyalty.services.redemptions import redemption_cancel
from tests.factories.loyalty import (
    point_adjustment_make,
    reward_redemption_make,
    status_match_make,
    stay_claim_make,
)


def test_an_erased_guest_is_no_member_and_nothing_is_written_about_him(cast):
    asked = point_adjustment_make(cast.alpha, reason="His wife was ill")
    other = point_adjustment_make(cast.alpha, reason="Late room")
    assert guest_memberships_erase(guest_id=asked.member.guest_id) == 2
    for row in (asked, other, asked.member, other.member):
        row.refresh_from_db()
    assert (asked.reason, asked.member.status) == ("erased", "closed")
    assert (other.reason, other.member.status) == ("Late room", "active")
    assert set(PointTransaction.objects.values_list("because", "points")) == {("Adjusted by hand", 100)}
    assert guest_memberships_erase(guest_id=asked.member.guest_id) == 0


def test_why_an_erased_guest_gave_a_reward_up_is_forgotten(cast):
    gone = redemption_cancel(redemption=reward_redemption_make(cast.alpha), actor=None, reason="Divorced")
    held = reward_redemption_make(cast.alpha)
    assert guest_memberships_erase(guest_id=gone.member.guest_id) == 2
    assert guest_memberships_erase(guest_id=held.member.guest_id) == 1
    for row in (gone, held):
        row.refresh_from_db()
    assert (gone.reason, held.reason, held.status) == ("erased", "", "held")


def test_what_a_member_showed_for_a_claim_is_forgotten(cast):
    claim = stay_claim_make(cast.alpha, stated_number="ALPHA-1", evidence="A bill of Mrs Berg")
    assert guest_memberships_erase(guest_id=claim.member.guest_id) == 2
    claim.refresh_from_db()
    assert (claim.evidence, claim.stated_number, claim.because) == ("erased", "", "")
    assert guest_memberships_erase(guest_id=claim.member.guest_id) == 0


def test_what_a_member_showed_for_a_match_is_forgotten(cast):
    match = status_match_make(cast.alpha, evidence="A card of Mrs Berg")
    assert guest_memberships_erase(guest_id=match.member.guest_id) == 2
    match.refresh_from_db()
    assert (match.evidence, match.foreign_number, match.because) == ("erased", "", "")
    assert guest_memberships_erase(guest_id=match.member.guest_id) == 0
