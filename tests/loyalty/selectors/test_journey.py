"""Points and tiers of a guest, for his page at the desk."""

from hotel.core.clock import now
from hotel.properties.journeys import JourneyRow, JourneyWords
from loyalty.choices import MemberStatus
from loyalty.selectors.journey import guest_tiers, points_of_guest, points_told
from loyalty.services.enrolment import member_set_status
from tests.contracts.queries import queries_of
from tests.factories.loyalty import points_make


def test_points_are_told_with_their_sign_and_why(member, cast):
    gained = points_make(member, 1250)
    (row,) = points_of_guest(member.guest_id, {cast.alpha.pk}, "").values()
    assert (row["journey_key"], row["journey_target"]) == (gained.pk, member.pk)
    told = points_told(JourneyRow(now(), "points", gained.pk, gained.kind, member.pk, row["journey_more"]))
    assert told == JourneyWords("points", f"{gained.get_kind_display()}: +1,250", gained.because)
    assert not points_of_guest(member.guest_id, {cast.beta.pk}, "").exists()
    assert not points_of_guest(0, {cast.alpha.pk}, "").exists()


def test_a_tier_is_marked_in_one_query_while_the_membership_stands(member, cast):
    asked = queries_of(lambda: guest_tiers(member.guest_id, {cast.alpha.pk}))
    assert len(asked) == 1
    assert guest_tiers(member.guest_id, {cast.alpha.pk}) == [member]
    member_set_status(member=member, status=MemberStatus.CLOSED)
    assert guest_tiers(member.guest_id, {cast.alpha.pk}) == []
