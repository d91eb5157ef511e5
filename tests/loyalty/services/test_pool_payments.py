"""Redemptions that a pool pays: each out of his own lots, back into the very ones, and never below nothing."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotel.core.exceptions import Conflict
from hotel.core.locks import LockRefused, lock_rows
from loyalty.models import PointLot, PointTransaction, PoolPayment, RewardRedemption
from loyalty.selectors.balances import member_balance
from loyalty.selectors.pools import taken_by_pool
from loyalty.services import pool_payments
from loyalty.services.enrolment import member_set_status
from loyalty.services.points import PointsMissing, points_spend
from loyalty.services.pools import pool_leave
from loyalty.services.redemptions import (
    redemption_cancel,
    redemption_confirm,
    redemption_refund,
    redemption_release,
)
from tests.cast import TODAY, make_cast
from tests.factories.loyalty import (
    loyalty_member_make,
    point_pool_make,
    points_make,
    pool_join,
    reward_make,
    reward_redemption_make,
)
from tests.loyalty.services.test_merges import merge
from tests.loyalty.services.test_points import event
from tests.loyalty.services.unchanged import refused
from tests.together import Actor, together

DAY = timedelta(days=1)


class Family:
    """Some members of a pool with so many points each; the first one is its head."""

    def __init__(self, place, *points, **over):
        self.members = [loyalty_member_make(place) for _ in points]
        for member, lots in zip(self.members, points, strict=True):
            for lot in [lots] if isinstance(lots, int) else lots:
                points_make(member, lot)
        self.pool = point_pool_make(place, head=self.members[0], **over)
        for member in self.members[1:]:
            pool_join(self.pool, member)
        self.place = place

    def hold(self, member, points, reward=None):
        reward = reward or reward_make(self.place, code=f"r{points}", base=points)
        return reward_redemption_make(self.place, member, reward, from_pool=True)

    @property
    def left(self):
        rows = PointLot.objects.filter(member__in=self.members).order_by("pk")
        return list(rows.values_list("left", flat=True))


@pytest.fixture
def family(cast):
    """Three members of 100, 300 and 200 points."""
    return Family(cast.alpha, 100, 300, 200)


def paid(redemption):
    rows = redemption.pool_payments.order_by("pk")
    return list(rows.values_list("member_id", "points", "returned"))


def test_who_redeems_pays_first_and_the_others_by_who_ends_first(family):
    anna, ben, cleo = family.members
    PointLot.objects.filter(member=cleo).update(expires_on=TODAY + DAY)
    held = family.hold(anna, 400)
    assert (held.points, held.spent, held.pool, held.member) == (400, None, family.pool, anna)
    assert paid(held) == [(anna.pk, 100, 0), (ben.pk, 100, 0), (cleo.pk, 200, 0)]
    assert family.left == [0, 200, 0]


def test_each_ledger_names_the_redemption(family):
    held = family.hold(family.members[0], 150)
    for payment in held.pool_payments.all():
        assert (payment.spent.member, payment.spent.kind, payment.spent.points) == (
            payment.member, "redemption", -payment.points,
        )  # fmt: skip
        assert payment.spent.because == f"Breakfast: redemption {held.pk} of the pool"
    assert PointTransaction.objects.filter(kind="redemption").count() == 2


def test_who_has_enough_pays_alone(family):
    ben = family.members[1]
    assert paid(family.hold(ben, 300)) == [(ben.pk, 300, 0)]


def test_what_is_cancelled_goes_back_into_the_very_lots(family):
    held = family.hold(family.members[0], 450)
    family.members[1].lots.update(expires_on=TODAY + DAY)
    redemption_cancel(redemption=held, actor=None)
    assert family.left == [100, 300, 200]
    assert [returned for _, _, returned in paid(held)] == [100, 300, 50]
    backs = PointTransaction.objects.filter(kind="given_back").order_by("-pk")
    assert [(row.member, row.points) for row in backs] == [
        (family.members[0], 100), (family.members[1], 300), (family.members[2], 50),
    ]  # fmt: skip


def test_the_penalty_is_borne_by_who_redeemed(cast, family):
    anna, ben, _ = family.members
    reward = reward_make(cast.alpha, base=400, penalty_percent=20)
    held = family.hold(anna, 400, reward=reward)
    redemption_confirm(redemption=held, actor=None)
    done = redemption_cancel(redemption=held, actor=None)
    assert (done.returned, paid(held)) == (320, [(anna.pk, 100, 20), (ben.pk, 300, 300)])


def test_a_hold_that_is_over_and_a_refund_give_back_to_all(family, noon):
    held = family.hold(family.members[0], 500)
    noon.shift(DAY)
    assert redemption_release(redemption_id=held.pk)
    assert family.left == [100, 300, 200]
    again = redemption_confirm(redemption=family.hold(family.members[1], 600), actor=None)
    redemption_refund(redemption=again, actor=None, reason="A noise")
    assert family.left == [100, 300, 200]


def test_who_has_left_gets_back_what_he_paid(family):
    held = family.hold(family.members[0], 400)
    pool_leave(pool=family.pool, member=family.members[1])
    redemption_cancel(redemption=held, actor=None)
    assert family.left == [100, 300, 200]


def test_what_goes_back_to_who_was_merged_goes_on_to_his_heir(cast, family):
    held = family.hold(family.members[0], 400)
    heir = loyalty_member_make(cast.alpha)
    merge((heir, family.members[1]))
    redemption_cancel(redemption=held, actor=None)
    assert [member_balance(one, TODAY).usable for one in (*family.members, heir)] == [100, 0, 200, 300]


def test_more_than_all_have_is_refused(cast, family):
    reward = reward_make(cast.alpha, base=601)
    short = refused(
        "points_missing", lambda: family.hold(family.members[0], 601, reward=reward), PointsMissing
    )
    assert short.extra == {"missing": 1}


def test_who_left_or_rests_pays_nothing(cast, family):
    reward = reward_make(cast.alpha, base=301)
    pool_leave(pool=family.pool, member=family.members[1])
    short = refused(
        "points_missing", lambda: family.hold(family.members[0], 301, reward=reward), PointsMissing
    )
    assert short.extra == {"missing": 1}
    member_set_status(member=family.members[2], status="suspended")
    short = refused(
        "points_missing", lambda: family.hold(family.members[0], 301, reward=reward), PointsMissing
    )
    assert short.extra == {"missing": 201}
    refused("not_in_pool", lambda: family.hold(family.members[1], 301, reward=reward))


def test_without_the_pool_nobody_else_pays(cast, family):
    reward = reward_make(cast.alpha, base=200)
    call = lambda: reward_redemption_make(cast.alpha, family.members[0], reward)  # noqa: E731
    assert refused("points_missing", call, PointsMissing).extra == {"missing": 100}


def test_the_head_alone_when_it_was_agreed(cast):
    family = Family(cast.alpha, 100, 300, spenders="head")
    head, other = family.members
    reward = reward_make(cast.alpha, base=350)
    refused("pool_head_only", lambda: family.hold(other, 350, reward=reward))
    assert paid(family.hold(head, 350, reward=reward)) == [(head.pk, 100, 0), (other.pk, 250, 0)]


def test_his_own_points_anybody_may_spend_from_a_pool(cast):
    family = Family(cast.alpha, 100, 300, spenders="head", waiting_days=9, member_limit=1)
    assert paid(family.hold(family.members[1], 300)) == [(family.members[1].pk, 300, 0)]


def test_who_joined_waits(cast, noon):
    family = Family(cast.alpha, 100, 300, waiting_days=7)
    reward = reward_make(cast.alpha, base=350, hold_minutes=60)
    noon.shift(6 * DAY)
    refused("pool_waiting", lambda: family.hold(family.members[0], 350, reward=reward))
    noon.shift(DAY)
    assert family.hold(family.members[0], 350, reward=reward).points == 350


def test_the_limit_of_a_member_counts_what_others_paid_less_what_went_back(cast):
    family = Family(cast.alpha, 500, 100, member_limit=150)
    _, other = family.members
    reward = reward_make(cast.alpha, base=200)
    first = family.hold(other, 200, reward=reward)
    refused("pool_limit_reached", lambda: family.hold(other, 200, reward=reward))
    redemption_cancel(redemption=first, actor=None)
    assert family.hold(other, 200, reward=reward).points == 200


def test_the_part_of_a_member_stays_his(cast):
    family = Family(cast.alpha, 10, [100, 51], share_percent=50)
    reward = reward_make(cast.alpha, base=86)
    refused("points_missing", lambda: family.hold(family.members[0], 86, reward=reward), PointsMissing)
    reward_make(cast.alpha, code="less", base=85)
    held = family.hold(family.members[0], 85)
    assert (held.points, family.left) == (85, [0, 50, 26])


def test_what_the_pool_took_of_a_member_is_told(family):
    anna, ben, _ = family.members
    held = family.hold(anna, 400)
    family.hold(ben, 50)
    assert (taken_by_pool(anna), taken_by_pool(ben)) == (0, 300)
    redemption_cancel(redemption=held, actor=None)
    assert taken_by_pool(ben) == 0


def test_the_database_wants_payments_that_are_just_the_points(family):
    held = family.hold(family.members[0], 150)
    payment = held.pool_payments.first()
    for change in (payment.delete, lambda: PoolPayment.objects.update(points=1)):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            change()
    spent = points_spent(family.members[2])
    payment.pk, payment.member, payment.spent, payment.points = None, family.members[2], spent, 10
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="just the points"), transaction.atomic():
        payment.save(force_insert=True)


def points_spent(member):
    return points_spend(event(member, kind="redemption"), 10, on=TODAY)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["hold", "hold", "alone", "cancel", "leave", "join"]),
        st.integers(0, 3),
        st.integers(1, 250),
    ),
    max_size=10,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_redeemed_and_given_up_no_point_is_lost(cast, steps):
    with transaction.atomic():
        family, held = Family(cast.alpha, 100, [150, 50], 300, 7, share_percent=75), []
        for step, who, points in steps:
            member = family.members[who]
            try:
                with transaction.atomic():
                    if step in {"hold", "alone"}:
                        reward = reward_make(cast.alpha, code=f"x{len(held)}{points}{who}", base=points)
                        held.append(
                            reward_redemption_make(cast.alpha, member, reward, from_pool=step == "hold")
                        )
                    elif step == "cancel" and held:
                        redemption_cancel(redemption=held.pop(points % len(held)), actor=None)
                    elif step == "leave":
                        pool_leave(pool=family.pool, member=member)
                    elif step == "join":
                        pool_join(family.pool, member)
            except Conflict:
                pass
        spent = sum(one.points for one in held)
        there = PointLot.objects.filter(member__in=family.members).aggregate(Sum("left"))["left__sum"]
        assert there + spent == 607
        rows = PoolPayment.objects.filter(redemption__in=[one for one in held if one.pool_id])
        assert (rows.aggregate(Sum("points"))["points__sum"] or 0) == sum(
            one.points for one in held if one.pool_id
        )
        transaction.set_rollback(True)


def patiently(family, member, reward):
    while True:
        try:
            return family.hold(member, 100, reward=reward)
        except LockRefused:
            continue


@pytest.mark.django_db(transaction=True)
def test_of_16_redeemers_over_a_pool_of_four_as_many_win_as_its_points_allow():
    alpha = make_cast().alpha
    family = Family(alpha, 250, [130, 120], 300, 150)  # 950
    reward = reward_make(alpha, base=100)
    calls = [lambda n=n: patiently(family, family.members[n % 4], reward) for n in range(16)]

    found = together(*calls)

    won = [one for one in found if isinstance(one, RewardRedemption)]
    assert {type(one) for one in found if one not in won} == {PointsMissing}
    assert (len(won), sum(family.left), min(family.left)) == (9, 50, 0)
    assert PoolPayment.objects.aggregate(Sum("points"))["points__sum"] == 900
    assert sum(member_balance(member, TODAY).total for member in family.members) == 50


@pytest.mark.django_db(transaction=True)
def test_who_left_while_others_waited_pays_nothing(monkeypatch):
    alpha = make_cast().alpha
    family = Family(alpha, 10, 100)
    reward = reward_make(alpha, base=100)
    with Actor() as leaver:

        def after_he_left(rows):
            leaver.do(lambda: pool_leave(pool=family.pool, member=family.members[1]))
            return lock_rows(rows)

        monkeypatch.setattr(pool_payments, "lock_rows", after_he_left)
        with pytest.raises(PointsMissing) as short:
            family.hold(family.members[0], 100, reward=reward)
    assert (short.value.extra, family.left) == ({"missing": 90}, [10, 100])
