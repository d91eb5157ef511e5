"""Guests join a programme once, and their membership rests or ends."""

from datetime import timedelta

import pytest

from hotel.contracts.loyalty import MemberEnrolled
from hotel.core.exceptions import Conflict, InvalidInput, NotFound, VersionConflict
from hotel.guests.services.merges import guest_merge
from hotel.reservations.domain.numbers import is_valid
from loyalty.choices import EnrolmentChannel, MemberStatus
from loyalty.models import LoyaltyMember
from loyalty.services.enrolment import member_enrol, member_set_status
from loyalty.services.programs import house_join, house_leave, program_change, program_create
from tests.cast import TODAY
from tests.factories.guests import guest_make
from tests.factories.loyalty import loyalty_member_make, loyalty_program_make, program_property_make
from tests.loyalty.services.unchanged import refused, told
from tests.together import together

DAY = timedelta(days=1)


@pytest.fixture
def program(cast):
    return loyalty_program_make(cast.alpha)


@pytest.fixture
def guest(cast):
    return guest_make(cast.alpha)


def set_status(member, status, **over):
    return member_set_status(member=member, status=MemberStatus(status), **over)


def test_a_guest_becomes_a_member_on_the_business_date(program, guest, cast):
    member = member_enrol(place=cast.alpha, guest=guest)
    assert (member.program, member.guest, member.home) == (program, guest, cast.alpha)
    assert (member.status, member.channel, member.version, member.debt) == ("active", "desk", 1, 0)
    assert (member.enrolled_on, member.tier_since, member.tier_until) == (TODAY, TODAY, None)
    assert (member.tier.level, member.floor, member.active_on, member.referred_by) == (0, None, None, None)
    assert member.number.startswith("ALPHA-")
    assert is_valid(member.number)


def test_the_house_is_told(program, guest, cast):
    member = member_enrol(place=cast.alpha, guest=guest, channel=EnrolmentChannel.API)
    (fact,) = told(MemberEnrolled)
    wanted = {
        "property_id": cast.alpha.pk,
        "member_id": member.pk,
        "guest_id": guest.pk,
        "program_id": program.pk,
        "channel": "api",
        "business_date": TODAY.isoformat(),
    }
    assert {name: fact[name] for name in wanted} == wanted


def test_a_member_brings_another_one(member, guest, cast):
    brought = member_enrol(
        place=cast.alpha, guest=guest, channel=EnrolmentChannel.REFERRAL, referred_by=member
    )
    assert (brought.referred_by, list(member.referrals.all())) == (member, [brought])


def test_nobody_brings_himself_nor_a_stranger_anybody(member, guest, cast):
    stars = program_create(
        chain=cast.chain,
        values={"code": "STARS", "name": "Stars", "currency": "JPY", "time_zone": "Asia/Tokyo"},
    )
    house_join(program=stars, place=cast.beta, joined_on=TODAY)
    stranger = loyalty_member_make(cast.beta)
    for who, brings in ((guest, stranger), (member.guest, member)):
        refused(
            "referrer_invalid",
            lambda who=who, brings=brings: member_enrol(place=cast.alpha, guest=who, referred_by=brings),
            InvalidInput,
        )


def test_a_member_cannot_join_twice(member, cast):
    again = refused("member_exists", lambda: member_enrol(place=cast.alpha, guest=member.guest))
    assert again.extra == {"number": member.number}
    set_status(member, "suspended")
    refused("member_exists", lambda: member_enrol(place=cast.alpha, guest=member.guest))


def test_who_left_may_join_anew(member, cast):
    set_status(member, "closed")
    again = member_enrol(place=cast.alpha, guest=member.guest)
    assert again.number != member.number
    assert list(LoyaltyMember.objects.order_by("pk").values_list("status", flat=True)) == ["closed", "active"]


def test_a_hotel_without_a_programme_enrols_nobody(guest, cast):
    refused("program_missing", lambda: member_enrol(place=cast.alpha, guest=guest), NotFound)


def test_a_hotel_enrols_only_while_it_takes_part(program, guest, cast):
    cast.alpha.business_date = TODAY - 500 * DAY
    refused("program_missing", lambda: member_enrol(place=cast.alpha, guest=guest), NotFound)
    cast.alpha.business_date = TODAY
    house_leave(house=program_property_make(cast.alpha), left_on=TODAY)
    refused("program_missing", lambda: member_enrol(place=cast.alpha, guest=guest), NotFound)


def test_a_programme_at_rest_takes_nobody(program, guest, cast):
    program_change(program=program, changes={"is_active": False})
    refused("program_missing", lambda: member_enrol(place=cast.alpha, guest=guest), NotFound)


def test_a_merged_profile_is_not_enrolled_also_by_who_saw_it_before(program, guest, cast):
    guest_merge(kept=guest_make(cast.alpha), merged=guest, by=cast.ada, reason="Twice")
    assert guest.merged_into_id is None
    refused("guest_merged", lambda: member_enrol(place=cast.alpha, guest=guest))


def test_a_membership_rests_goes_on_and_ends(member):
    assert (set_status(member, "suspended", expected_version=1).version, member.status) == (2, "active")
    member.refresh_from_db()
    assert member.status == "suspended"
    assert set_status(member, "active").status == "active"
    ended = set_status(member, "closed", expected_version=3)
    assert (ended.status, ended.version) == ("closed", 4)


def test_a_stale_change_of_the_status_is_refused(member):
    set_status(member, "suspended")
    stale = refused(
        "version_conflict", lambda: set_status(member, "closed", expected_version=1), VersionConflict
    )
    assert stale.extra == {"version": 2}


def test_a_closed_membership_stays_closed(member):
    set_status(member, "closed")
    for status in MemberStatus:
        refused("member_closed", lambda status=status: set_status(member, status))


@pytest.mark.django_db(transaction=True)
def test_two_desks_enrol_one_guest_once(program, guest, cast):
    results = together(*(lambda: member_enrol(place=cast.alpha, guest=guest) for _ in range(4)))
    (member,) = LoyaltyMember.objects.all()
    assert results.count(member) == 1
    losers = [result for result in results if result != member]
    assert [(type(one), one.code, one.extra) for one in losers] == [
        (Conflict, "member_exists", {"number": member.number})
    ] * 3
    assert len(told(MemberEnrolled)) == 1
