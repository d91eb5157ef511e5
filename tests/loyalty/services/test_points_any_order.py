"""Whatever is given, spent, taken back, given back and ended: no point is lost, and none is made up."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotel.core.exceptions import Conflict
from loyalty.choices import PointKind
from loyalty.domain.lots import Balance
from loyalty.models import PointLot, PointMovement, PointTransaction
from loyalty.selectors.balances import member_balance
from loyalty.services.expiry import points_expire
from loyalty.services.points import (
    PointsMissing,
    points_claw_back,
    points_give,
    points_give_back,
    points_spend,
)
from tests.cast import TODAY
from tests.factories.loyalty import loyalty_member_make, loyalty_program_make, points_make
from tests.loyalty.services.test_points import event, ledger
from tests.together import together

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["give", "give", "spend", "claw back", "give back", "end"]),
        st.integers(1, 300),
        st.integers(0, 9),
    ),
    max_size=12,
)


@pytest.fixture
def program(cast):
    """Points end after a month."""
    return loyalty_program_make(cast.alpha, expiry="term", expiry_months=1)


@pytest.fixture
def member_of_ten(program, cast):
    """Points for exactly ten rewards of a hundred, in three lots that end on different days."""
    with transaction.atomic():
        member = loyalty_member_make(cast.alpha)
        for points, days in ((450, 0), (250, 1), (300, 2)):
            points_make(member, points, day=TODAY - timedelta(days=days))
    return member


class Till:
    """Does the steps for one member; keeps what he must have in all, and refuses nothing silently."""

    def __init__(self, member):
        self.member, self.total = member, 0
        self.given, self.spent = [], []

    def step(self, kind, points, n):
        before = ledger()
        try:
            moved = {
                "give": self.give,
                "spend": self.spend,
                "claw back": self.claw_back,
                "give back": self.give_back,
                "end": self.end,
            }[kind](points, n)
        except (PointsMissing, Conflict):
            moved = 0
            assert ledger() == before
        self.total += moved

    def give(self, points, n):
        """Earned up to nine weeks ago, or usable from some day on."""
        day = TODAY - timedelta(weeks=n)
        usable_from = TODAY + timedelta(days=n) if n % 2 else None
        self.given.append(
            points_give(
                replace(event(self.member, PointKind.BONUS), day=day), points, usable_from=usable_from
            )
        )
        return points

    def spend(self, points, n):
        self.spent.append(points_spend(event(self.member), points, on=TODAY))
        return -points

    def claw_back(self, points, n):
        if not self.given:
            return 0
        lot = self.given[n % len(self.given)].lots.first()
        points_claw_back(event(self.member, PointKind.STAY), points, lot_id=lot and lot.pk)
        return -points

    def give_back(self, points, n):
        if not self.spent:
            return 0
        points_give_back(event(self.member, PointKind.GIVEN_BACK), self.spent[n % len(self.spent)], points)
        return points

    def end(self, points, n):
        over = PointLot.objects.over(TODAY).filter(member=self.member)
        lost = over.aggregate(Sum("left"))["left__sum"] or 0
        points_expire(program=self.member.program)
        return -lost


def summed(rows, name, member):
    return rows.objects.filter(member=member).aggregate(Sum(name))[f"{name}__sum"] or 0


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_ledger_adds_up_after_any_steps(cast, program, steps):
    till = Till(loyalty_member_make(cast.alpha))
    member = till.member
    for step in steps:
        till.step(*step)
        member.refresh_from_db()
        assert summed(PointTransaction, "points", member) == till.total
        assert summed(PointMovement, "points", member) == till.total
        assert summed(PointLot, "left", member) - member.debt == till.total
        assert all(0 <= lot.left <= lot.points for lot in PointLot.objects.filter(member=member))
    for lot in PointLot.objects.filter(member=member):
        assert lot.movements.aggregate(Sum("points"))["points__sum"] == lot.left
    connection.check_constraints()


@pytest.mark.django_db(transaction=True)
def test_of_thirty_two_who_spend_points_for_ten_ten_succeed(program, member_of_ten):
    def spend():
        with transaction.atomic():
            return points_spend(event(member_of_ten), 100, on=TODAY)

    results = together(*[spend] * 32)
    won = [result for result in results if isinstance(result, PointTransaction)]
    lost = [result for result in results if not isinstance(result, PointTransaction)]
    assert (len(won), len({made.pk for made in won})) == (10, 10)
    assert [(type(one), one.code, one.extra) for one in lost] == [
        (PointsMissing, "points_missing", {"missing": 100})
    ] * 22
    member_of_ten.refresh_from_db()
    assert member_balance(member_of_ten, TODAY) == Balance(0, 0)
    assert list(PointLot.objects.values_list("left", flat=True)) == [0, 0, 0]
    assert summed(PointTransaction, "points", member_of_ten) == 0
    assert summed(PointMovement, "points", member_of_ten) == 0
    assert PointMovement.objects.filter(points__lt=0).count() == 11


@pytest.mark.django_db(transaction=True)
def test_who_gives_while_others_take_back_loses_no_point(program, member_of_ten):
    """Debts are made and paid at once by several."""
    lot = PointLot.objects.order_by("pk")[0].pk

    def give():
        with transaction.atomic():
            points_give(event(member_of_ten, PointKind.BONUS), 70)

    def take_back():
        with transaction.atomic():
            points_claw_back(event(member_of_ten, PointKind.STAY), 200, lot_id=lot)

    assert together(*[give, take_back] * 8) == [None] * 16
    member_of_ten.refresh_from_db()
    left = summed(PointLot, "left", member_of_ten)
    assert left - member_of_ten.debt == 1000 + 8 * 70 - 8 * 200
    assert summed(PointMovement, "points", member_of_ten) == left - member_of_ten.debt
    assert summed(PointTransaction, "points", member_of_ten) == left - member_of_ten.debt
