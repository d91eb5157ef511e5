"""Pools: opened, joined by invitation and consent, left and closed; one at a time."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hotel.contracts.loyalty import PoolJoined, PoolLeft
from hotel.core.exceptions import InvalidInput, VersionConflict
from loyalty.models import PointPool, PoolMember
from loyalty.selectors.balances import member_balance
from loyalty.services.enrolment import member_set_status
from loyalty.services.pools import (
    pool_accept,
    pool_change,
    pool_close,
    pool_invite,
    pool_leave,
    pool_open,
    pools_left,
)
from loyalty.services.privacy import ERASED, guest_memberships_erase
from tests.cast import TODAY
from tests.factories.guests import company_make
from tests.factories.loyalty import loyalty_member_make, point_pool_make, points_make, pool_join
from tests.loyalty.services.test_merges import merge
from tests.loyalty.services.unchanged import refused, state, told
from tests.together import together

DAY = timedelta(days=1)


@pytest.fixture
def pool(cast, member):
    """A family of two at most; ``member`` is the head."""
    return point_pool_make(cast.alpha, head=member, max_members=2)


@pytest.fixture
def other(cast, member):
    return loyalty_member_make(cast.alpha)


def seats(pool):
    rows = PoolMember.objects.filter(pool=pool).order_by("pk")
    return list(rows.values_list("member_id", "joined_on", "left_on"))


def accept(pool, member, consent="Signed"):
    return pool_accept(pool=pool, member=member, consent=consent)


def change(pool, version=None, **changes):
    return pool_change(pool=pool, changes=changes, expected_version=version)


def test_the_head_alone_may_change_all_terms(pool):
    terms = {
        "name": "Moser and Berg", "share_percent": 50, "max_members": 9, "spenders": "head", "member_limit": 10,
        "waiting_days": 7,
    }  # fmt: skip
    change(pool, version=1, **terms)
    assert PointPool.objects.filter(pk=pool.pk, version=2, **terms).exists()
    change(pool, version=2, share_percent=100, spenders="all", member_limit=None, waiting_days=0)
    pool.refresh_from_db()
    assert (pool.share_percent, pool.spenders, pool.member_limit, pool.version) == (100, "all", None, 3)


def test_what_is_no_term_stays(pool, member, other):
    change(pool, head=other, kind="company", closed_on=TODAY)
    pool.refresh_from_db()
    assert (pool.head, pool.kind, pool.closed_on) == (member, "family", None)


def test_with_others_in_it_terms_are_narrowed_only(cast, member, other):
    agreed = {"spenders": "head", "share_percent": 50, "member_limit": 100, "waiting_days": 30}
    pool = point_pool_make(cast.alpha, head=member, **agreed)
    pool_invite(pool=pool, member=other)
    change(pool, waiting_days=20)  # who is only invited agrees when he joins
    accept(pool, other)
    wider = {"spenders": "all", "share_percent": 51, "member_limit": None, "waiting_days": 19}
    for name, value in wider.items():
        refused("pool_consent_needed", lambda name=name, value=value: change(pool, **{name: value}))
    change(pool, share_percent=49, member_limit=99, waiting_days=21, name="Moser", max_members=2)
    refused("pool_full", lambda: change(pool, max_members=1))
    pool_leave(pool=pool, member=other)
    assert change(pool, **wider).spenders == "all"


def test_a_closed_pool_is_not_changed(pool):
    assert pool_close(pool=pool).version == 2
    refused("pool_closed", lambda: change(pool, name="Other"))


def test_who_saw_another_version_changes_nothing(pool):
    change(pool, version=1, name="Berg")
    stale = refused("version_conflict", lambda: change(pool, version=1, name="Moser"), VersionConflict)
    assert stale.extra == {"version": 2}


@pytest.mark.django_db(transaction=True)
def test_of_four_who_change_one_version_at_once_one_does(pool):
    results = together(*[lambda n=n: change(pool, version=1, name=f"Name {n}") for n in range(4)])
    assert [getattr(one, "code", "done") for one in results].count("version_conflict") == 3
    pool.refresh_from_db()
    assert pool.version == 2


@pytest.mark.django_db(transaction=True)
def test_who_joins_meanwhile_agrees_on_the_terms_that_hold(cast, member, other):
    pool = point_pool_make(cast.alpha, head=member, share_percent=50)
    pool_invite(pool=pool, member=other)
    widened, joined = together(lambda: change(pool, share_percent=100), lambda: accept(pool, other))
    pool.refresh_from_db()
    told_no = getattr(widened, "code", "") == "pool_consent_needed"
    assert (pool.share_percent, joined.joined_on) == (50 if told_no else 100, TODAY)


def test_the_head_is_the_first_member(cast, pool, member):
    assert seats(pool) == [(member.pk, TODAY, None)]
    assert (pool.opened_on, pool.closed_on, pool.program) == (TODAY, None, member.program)
    assert [(fact["member_id"], fact["pool_id"], fact["on"]) for fact in told(PoolJoined)] == [
        (member.pk, pool.pk, "2027-03-14")
    ]


def test_who_is_invited_joins_by_his_consent(pool, member, other, noon):
    pool_invite(pool=pool, member=other)
    before = state()
    pool_invite(pool=pool, member=other)
    assert state() == before
    refused("consent_required", lambda: accept(pool, other, " "), InvalidInput)
    noon.shift(2 * DAY)
    seat = accept(pool, other, " Signed at the desk ")
    assert (seat.invited_on, seat.joined_on, seat.consent) == (TODAY, TODAY + 2 * DAY, "Signed at the desk")
    refused("not_invited", lambda: accept(pool, other))


def test_nobody_joins_uninvited(pool, other):
    refused("not_invited", lambda: accept(pool, other))


def test_a_pool_takes_no_more_than_its_members(cast, pool, member, other):
    late = loyalty_member_make(cast.alpha)
    pool_invite(pool=pool, member=late)
    pool_join(pool, other)
    refused("pool_full", lambda: accept(pool, late))
    pool_leave(pool=pool, member=other)
    accept(pool, late)
    assert PoolMember.objects.joined().filter(pool=pool).count() == 2


def test_a_full_pool_invites_nobody(cast, pool, other):
    pool_join(pool, other)
    late = loyalty_member_make(cast.alpha)
    refused("pool_full", lambda: pool_invite(pool=pool, member=late))


def test_a_member_is_in_one_pool_at_a_time(cast, pool, other):
    second = point_pool_make(cast.alpha, head=other)
    pool_invite(pool=pool, member=other)
    refused("pool_taken", lambda: accept(pool, other))
    refused("pool_taken", lambda: pool_open(head=other, values={"kind": "family", "name": "x"}))
    pool_close(pool=second)
    assert accept(pool, other).joined_on == TODAY


def test_the_database_knows_one_pool_at_a_time(cast, pool, member):
    other = point_pool_make(cast.alpha, head=loyalty_member_make(cast.alpha))
    with pytest.raises(IntegrityError, match="loyalty_pool_one_at_a_time"), transaction.atomic():
        PoolMember.objects.create(pool=other, member=member, invited_on=TODAY, joined_on=TODAY, consent="x")


def test_who_leaves_keeps_his_points_and_the_head_stays(pool, member, other):
    points_make(other, 300)
    pool_join(pool, other)
    pool_leave(pool=pool, member=other)
    assert seats(pool) == [(member.pk, TODAY, None), (other.pk, TODAY, TODAY)]
    assert member_balance(other, TODAY).usable == 300
    assert [fact["member_id"] for fact in told(PoolLeft)] == [other.pk]
    refused("not_in_pool", lambda: pool_leave(pool=pool, member=other))
    refused("pool_head", lambda: pool_leave(pool=pool, member=member))


def test_who_declines_is_told_of_to_nobody(pool, other):
    pool_invite(pool=pool, member=other)
    pool_leave(pool=pool, member=other)
    assert (seats(pool)[1], told(PoolLeft)) == ((other.pk, None, TODAY), [])


def test_a_closed_pool_has_nobody_and_takes_nobody(pool, member, other):
    pool_join(pool, other)
    pool_close(pool=pool)
    before = state()
    assert pool_close(pool=pool).closed_on == TODAY
    assert state() == before
    assert [left_on for _, _, left_on in seats(pool)] == [TODAY, TODAY]
    assert len(told(PoolLeft)) == 2
    refused("pool_closed", lambda: pool_invite(pool=pool, member=other))
    refused("pool_closed", lambda: accept(pool, other))


def test_a_member_of_another_programme_is_not_invited(cast, pool):
    stranger = loyalty_member_make(cast.beta)
    refused("member_invalid", lambda: pool_invite(pool=pool, member=stranger), InvalidInput)


def test_who_rests_neither_opens_nor_joins(cast, pool, other):
    pool_invite(pool=pool, member=other)
    member_set_status(member=other, status="suspended")
    other.refresh_from_db()
    refused("member_not_active", lambda: accept(pool, other))
    refused("member_not_active", lambda: pool_open(head=other, values={"kind": "family", "name": "x"}))


def test_a_company_pool_names_its_company(cast, member):
    company = company_make(cast.alpha)
    body = {"kind": "company", "name": "Danube"}
    refused("company_invalid", lambda: pool_open(head=member, values=body), InvalidInput)
    family = {**body, "kind": "family", "company": company}
    refused("company_invalid", lambda: pool_open(head=member, values=family), InvalidInput)
    assert pool_open(head=member, values={**body, "company": company}).company == company


def test_a_membership_that_is_closed_leaves_and_its_pool_goes_with_the_head(pool, member, other):
    pool_join(pool, other)
    member_set_status(member=other, status="closed")
    assert seats(pool)[1][2] == TODAY
    assert PointPool.objects.get().closed_on is None
    member_set_status(member=member, status="closed")
    assert PointPool.objects.get().closed_on == TODAY


def test_a_guest_who_is_erased_leaves_and_nothing_names_him(pool, member, other):
    pool_join(pool, other, "Anna signed")
    guest_memberships_erase(guest_id=other.guest_id)
    seat = PoolMember.objects.get(member=other)
    assert (seat.left_on, seat.consent) == (TODAY, ERASED)
    fresh = PointPool.objects.get()
    assert (fresh.closed_on, fresh.name) == (None, pool.name)
    assert guest_memberships_erase(guest_id=other.guest_id) == 0


def test_the_pool_of_a_head_who_is_erased_is_closed_and_has_no_name(pool, member, other):
    pool_join(pool, other)
    guest_memberships_erase(guest_id=member.guest_id)
    fresh = PointPool.objects.get()
    assert (fresh.closed_on, fresh.name, seats(pool)[1][2]) == (TODAY, ERASED, TODAY)


def test_who_is_merged_leaves_and_who_goes_on_is_invited_anew(cast, pool, member, other):
    pool_join(pool, other)
    heir = loyalty_member_make(cast.alpha)
    merge((heir, other))
    assert [seat[2] for seat in seats(pool)] == [None, TODAY]
    assert PoolMember.objects.joined().filter(member=heir).count() == 0
    pool_join(pool, heir)


def test_who_goes_on_keeps_his_own_pool(cast, pool, member, other):
    pool_join(pool, other)
    own = point_pool_make(cast.alpha, head=loyalty_member_make(cast.alpha))
    heir = loyalty_member_make(cast.alpha)
    pool_join(own, heir)
    merge((heir, other))
    assert PoolMember.objects.joined().get(member=heir).pool == own


def test_what_ends_counts_pools_and_invitations(cast, pool, member, other):
    pool_invite(pool=pool, member=other)
    with transaction.atomic():
        assert (pools_left(member=other), pools_left(member=other)) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_of_six_who_join_at_once_one_gets_the_last_seat(cast, pool):
    members = [loyalty_member_make(cast.alpha) for _ in range(6)]
    for one in members:
        pool_invite(pool=pool, member=one)
    found = together(*[lambda one=one: accept(pool, one) for one in members])
    codes = [getattr(one, "code", "in") for one in found]
    assert sorted(codes) == ["in"] + ["pool_full"] * 5
