"""Free nights follow their stay: what it has no more goes back by the rules of the reward, once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from hotel.contracts.loyalty import RedemptionReduced, RedemptionUndone
from hotel.properties.services.business_days import business_day_close
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.stays.services.departures import early_departure
from loyalty.models import PointTransaction, RewardRedemption
from loyalty.services.free_nights import free_nights_of_stay_fit
from loyalty.services.redemptions import redemption_cancel, redemption_confirm
from loyalty.services.settlements import redemption_settle
from tests.cast import TODAY
from tests.factories.folios import charge_make, vat_make
from tests.factories.loyalty import (
    Visit,
    loyalty_member_make,
    point_pool_make,
    points_make,
    pool_join,
    reward_make,
    reward_redemption_make,
)
from tests.factories.reservations import house_make
from tests.loyalty.services.test_redemptions import left
from tests.loyalty.services.unchanged import state, told

DAY = timedelta(days=1)


@pytest.fixture
def reward(cast):
    """1000 a night; a fifth is kept from the day before on; the hotel gets 80 for one."""
    return reward_make(
        cast.alpha, kind="free_night", penalty_percent=20, settlement_rate=80, cash_percent=50,
        cash_per_point=Decimal("0.05"),
    )  # fmt: skip


def three_nights(member, reward, *, days=5, points=None, is_held=False):
    """Free nights of a stay that comes in so many days."""
    points_make(member, 3000)
    place = member.home
    stay = house_make(place).reserve(days, 3, primary_guest=member.guest)
    held = reward_redemption_make(place, member, reward, reservation=stay, points=points)
    return held if is_held else redemption_confirm(redemption=held, actor=None)


def amend(done, **dates):
    reservation_amend(reservation=done.reservation, amendment=Amendment(**dates), actor=None)


def shown(done):
    done.refresh_from_db()
    return done.status, done.quantity, done.first_day, done.past_day, done.returned


def test_a_night_less_goes_back(member, reward, drain):
    done = three_nights(member, reward)
    arrival = done.reservation.arrival
    amend(done, departure=arrival + 2 * DAY)
    drain()
    assert shown(done) == ("confirmed", 2, arrival, arrival + 2 * DAY, 1000)
    assert (done.points, done.value, left()) == (3000, 160, [1000])
    back = PointTransaction.objects.get(kind="given_back")
    assert back.because == "Breakfast: nights that the stay has no more"
    (fact,) = told(RedemptionReduced)
    assert (fact["nights"], fact["returned"], fact["value"]) == (2, 1000, "160.00")
    before = state()
    free_nights_of_stay_fit(reservation_id=done.reservation_id)
    assert state() == before


def test_lost_nights_that_begin_tomorrow_cost_nothing(member, reward, drain):
    done = three_nights(member, reward, days=0)
    amend(done, departure=TODAY + DAY)
    drain()
    assert shown(done) == ("confirmed", 1, TODAY, TODAY + DAY, 2000)


def test_of_lost_nights_that_begin_today_a_part_is_kept(member, reward, drain):
    done = three_nights(member, reward, days=0)
    amend(done, arrival=TODAY + 2 * DAY)
    drain()
    assert shown(done) == ("confirmed", 1, TODAY + 2 * DAY, TODAY + 3 * DAY, 1600)


def test_nights_that_the_stay_gains_are_not_free(member, reward, drain):
    done = three_nights(member, reward)
    before = shown(done)
    amend(done, departure=done.reservation.departure + DAY)
    drain()
    assert shown(done) == before


def test_a_stay_that_moves_away_cancels_them_by_their_rules(member, reward, drain):
    done = three_nights(member, reward)
    amend(done, arrival=TODAY + 12 * DAY, departure=TODAY + 15 * DAY)
    drain()
    assert shown(done)[0::4] == ("cancelled", 3000)
    assert (done.reason, left(), told(RedemptionReduced)) == ("The stay was moved", [3000], [])
    assert [fact["returned"] for fact in told(RedemptionUndone)] == [3000]


def test_the_part_in_money_shrinks_with_them(member, reward, drain):
    done = three_nights(member, reward, points=1500)
    assert done.cash == 75
    amend(done, departure=done.reservation.arrival + DAY)
    drain()
    assert shown(done)[1::3] == (1, 1000)
    assert (done.cash, done.value, left()) == (25, 80, [2500])


def test_what_is_held_goes_back_whole_and_is_told_to_nobody(member, reward, drain):
    done = three_nights(member, reward, days=0, is_held=True)
    amend(done, arrival=TODAY + DAY)
    drain()
    assert shown(done) == ("held", 2, TODAY + DAY, TODAY + 3 * DAY, 1000)
    assert told(RedemptionReduced) == []


def test_cancelled_later_only_what_is_out_comes_back(member, reward, drain):
    done = three_nights(member, reward)
    amend(done, departure=done.reservation.arrival + 2 * DAY)
    drain()
    redemption_cancel(redemption=done, actor=None)
    done.refresh_from_db()
    assert (done.status, done.returned, left()) == ("cancelled", 3000, [3000])


def test_a_pool_has_its_points_back(cast, member, reward, drain):
    points_make(member, 1000)
    other = loyalty_member_make(cast.alpha)
    points_make(other, 2000)
    pool = point_pool_make(cast.alpha, head=member)
    pool_join(pool, other)
    stay = house_make(cast.alpha).reserve(5, 3, primary_guest=member.guest)
    held = reward_redemption_make(cast.alpha, member, reward, reservation=stay, from_pool=True)
    done = redemption_confirm(redemption=held, actor=None)
    assert left() == [0, 0]
    amend(done, departure=stay.arrival + 2 * DAY)
    drain()
    done.refresh_from_db()
    assert (done.returned, left()) == (1000, [0, 1000])


def test_who_leaves_early_settles_the_nights_he_slept_at_once(cast, member, reward):
    """Before the fact of his departure has come: the nights he did not sleep go back in the same step."""
    points_make(member, 3000)
    vat_make(cast.alpha)
    visit = Visit(cast.alpha, member.guest, nights=3)
    charge_make(visit.folio, "100.00", code="room", revenue_date=TODAY)
    held = reward_redemption_make(cast.alpha, member, reward, reservation=visit.reservation)
    done = redemption_confirm(redemption=held, actor=None)
    business_day_close(place=cast.alpha)
    early_departure(reservation=visit.reservation, actor=None)
    settled = redemption_settle(redemption=done, actor=cast.bo)
    assert settled.settlement.gross.amount == -80  # the internal rate of one night
    assert shown(done) == ("fulfilled", 1, TODAY, TODAY + DAY, 1600)
    assert PointTransaction.objects.get(kind="given_back").actor == cast.bo


@pytest.mark.parametrize(
    "values",
    [
        {"quantity": 4},
        {"quantity": 2},
        {"quantity": 2, "past_day": TODAY + 8 * DAY},
        {"quantity": 2, "first_day": TODAY + 4 * DAY, "past_day": TODAY + 6 * DAY},
        {"quantity": 2, "past_day": TODAY + 7 * DAY, "cash": 1},
        {"quantity": 2, "past_day": TODAY + 7 * DAY, "value": 241},
        {"quantity": 2, "past_day": TODAY + 7 * DAY, "points": 2000},
        {"returned": 1000},
    ],
)
def test_the_database_lets_nights_be_lost_and_nothing_else(member, reward, values):
    three_nights(member, reward)
    with pytest.raises(IntegrityError, match="keeps what it is"), transaction.atomic():
        RewardRedemption.objects.update(**values)


def test_all_points_are_out_of_no_living_redemption(member, reward):
    three_nights(member, reward)
    with pytest.raises(IntegrityError, match="loyalty_redemption_returned"), transaction.atomic():
        RewardRedemption.objects.update(quantity=2, past_day=TODAY + 7 * DAY, returned=3000)


def test_a_night_that_was_lost_may_be_redeemed_again(member, reward, drain):
    done = three_nights(member, reward)
    stay = done.reservation
    amend(done, departure=stay.arrival + 2 * DAY)
    drain()
    amend(done, departure=stay.arrival + 3 * DAY)
    drain()
    stay.refresh_from_db()
    first = stay.arrival + 2 * DAY
    again = reward_redemption_make(member.home, member, reward, reservation=stay, first_day=first)
    assert (again.quantity, again.points, left()) == (1, 1000, [0])
