"""Pools: who is in one, and what is open to whom."""

from datetime import timedelta

from loyalty.domain.pools import Terms
from loyalty.selectors.pools import open_lots, pool_balance, pool_seat, spent_of_others, terms_of
from loyalty.services.enrolment import member_set_status
from loyalty.services.pools import pool_invite
from tests.cast import TODAY
from tests.factories.loyalty import (
    loyalty_member_make,
    point_pool_make,
    points_make,
    pool_join,
    reward_make,
    reward_redemption_make,
)

DAY = timedelta(days=1)


def test_what_each_has_and_what_is_open(cast, member, django_assert_num_queries):
    other, invited = loyalty_member_make(cast.alpha), loyalty_member_make(cast.alpha)
    pool = point_pool_make(cast.alpha, head=member, share_percent=40)
    pool_join(pool, other)
    pool_invite(pool=pool, member=invited)
    points_make(member, 100)
    points_make(other, 55)
    points_make(other, 500, usable_from=TODAY + DAY)
    with django_assert_num_queries(3):
        found = pool_balance(pool)
    assert (found.on, found.open) == (TODAY, 62)
    assert [(row.member, row.is_head, row.usable, row.open) for row in found.seats] == [
        (member, True, 100, 40),
        (other, False, 55, 22),
    ]
    assert (pool_seat(member).pool, pool_seat(invited)) == (pool, None)


def test_lots_of_who_rests_are_not_open(cast, member):
    pool = point_pool_make(cast.alpha, head=member)
    points_make(member, 100)
    assert [lot.left for lot in open_lots(pool, [member.pk])[0]] == [100]
    member_set_status(member=member, status="suspended")
    assert open_lots(pool, [member.pk]) == ([], {})


def test_what_was_spent_of_others_is_of_the_year(cast, member):
    other = loyalty_member_make(cast.alpha)
    pool = point_pool_make(cast.alpha, head=member)
    pool_join(pool, other)
    points_make(other, 30)
    points_make(member, 70)
    reward_redemption_make(cast.alpha, other, reward_make(cast.alpha, base=90), from_pool=True)
    assert [spent_of_others(other, pool, year) for year in (2026, 2027)] == [0, 60]
    assert spent_of_others(member, pool, 2027) == 0


def test_terms_are_those_of_the_row(cast, member):
    pool = point_pool_make(cast.alpha, head=member, spenders="head", member_limit=9, waiting_days=3)
    assert terms_of(pool) == Terms(share_percent=100, head_only=True, member_limit=9, waiting_days=3)
