"""Memberships in short, for the pages of guests and stays."""

from hotel.core.plugs import PANEL_QUERIES
from loyalty.choices import MemberStatus
from loyalty.selectors.panels import guest_memberships, reservation_memberships
from loyalty.services.enrolment import member_set_status
from tests.contracts.queries import queries_of
from tests.factories.guests import guest_make
from tests.factories.loyalty import loyalty_member_make, loyalty_tier_make, points_make
from tests.factories.reservations import house_make


def of(member, place):
    return guest_memberships(member.guest_id, {place.pk})


def test_points_the_way_up_and_what_to_honour(member, cast):
    loyalty_tier_make(cast.alpha)
    member.tier.benefits = {"breakfast": True, "late_check_out": "16:00"}
    member.tier.save()
    points_make(member, 1250)

    (row,) = of(member, cast.alpha)

    assert (row.member, row.usable) == (member, 1250)
    assert row.next_tier == "10 nights to Silver by 31 December 2027"
    assert row.benefits == ["check-out until 16:00", "breakfast included"]


def test_a_membership_at_rest_honours_nothing_and_one_that_ended_is_not_shown(member, cast):
    member.tier.benefits = {"breakfast": True}
    member.tier.save()
    points_make(member, 1250)
    member_set_status(member=member, status=MemberStatus.SUSPENDED)
    (row,) = of(member, cast.alpha)
    assert (row.member.status, row.usable, row.benefits) == ("suspended", 0, [])
    member_set_status(member=member, status=MemberStatus.CLOSED)
    assert of(member, cast.alpha) == []


def test_only_hotels_of_the_programme_see_it(member, cast):
    assert of(member, cast.alpha)
    assert of(member, cast.beta) == []


def test_a_stay_shows_the_membership_of_its_guest_in_few_queries(cast):
    house = house_make(cast.alpha)
    member = loyalty_member_make(cast.alpha, guest_make(cast.alpha))
    stay, other = (
        house.reserve(primary_guest=member.guest),
        house.reserve(primary_guest=guest_make(cast.alpha)),
    )

    assert [row.member for row in reservation_memberships(stay.pk, {cast.alpha.pk})] == [member]
    assert reservation_memberships(stay.pk, {cast.beta.pk}) == []
    assert reservation_memberships(other.pk, {cast.alpha.pk}) == []
    asked = queries_of(lambda: reservation_memberships(stay.pk, {cast.alpha.pk}))
    assert len(asked) == 5 <= PANEL_QUERIES
