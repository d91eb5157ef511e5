"""What members have is the sum of their lots, as of a day."""

from datetime import timedelta

from loyalty.choices import PointKind
from loyalty.domain.lots import Balance, Lot
from loyalty.selectors.balances import lots_of, member_balance
from loyalty.services.points import points_claw_back, points_give, points_spend
from tests.cast import TODAY
from tests.factories.loyalty import loyalty_member_make, points_make
from tests.loyalty.services.test_points import event

DAY = timedelta(days=1)


def test_lots_are_those_with_something_left_of_each_member(member, cast, django_assert_num_queries):
    member.program.expiry, member.program.expiry_months = "term", 1
    member.program.save()
    other, poor = loyalty_member_make(cast.alpha), loyalty_member_make(cast.alpha)
    points_make(member, 100)
    second = points_make(member, 50, day=TODAY - DAY)
    theirs = points_make(other, 7)
    points_spend(event(member), 60, on=TODAY)
    with django_assert_num_queries(1):
        found = lots_of([member.pk, other.pk, poor.pk])
    assert found[poor.pk] == []
    assert [lot.id for lot in found[other.pk]] == [theirs.lots.get().pk]
    (lot,) = found[member.pk]
    assert lot.id != second.lots.get().pk
    assert lot == Lot(lot.id, 90, TODAY, TODAY, TODAY.replace(month=4))


def test_a_balance_tells_what_may_be_spent_what_waits_and_what_is_owed(member, django_assert_num_queries):
    assert member_balance(member, TODAY) == Balance(0, 0, 0)
    points_make(member, 100)
    points_give(event(member, PointKind.BONUS), 40, usable_from=TODAY + 3 * DAY)
    with django_assert_num_queries(1):
        assert member_balance(member, TODAY + 2 * DAY) == Balance(100, 40, 0)
    assert member_balance(member, TODAY + 3 * DAY) == Balance(140, 0, 0)
    points_claw_back(event(member, PointKind.STAY), 200)
    member.refresh_from_db()
    owed = member_balance(member, TODAY)
    assert (owed, owed.total) == (Balance(0, 0, 60), -60)


def test_a_lot_that_is_over_counts_no_more_though_nobody_booked_it_out(member):
    member.program.expiry, member.program.expiry_months = "term", 1
    member.program.save()
    points_make(member, 100)
    end = TODAY.replace(month=4)
    assert member_balance(member, end) == Balance(100, 0)
    assert member_balance(member, end + DAY) == Balance(0, 0)
