"""A restriction tried on stays and requests says what the house would have said; nothing is written."""

from datetime import timedelta

import pytest
import time_machine

from hotel.core.exceptions import RuleBroken
from hotel.dashboard.selectors.restriction_trials import restriction_tried
from hotel.rates.models import Restriction
from hotel.reservations.models import Reservation, Turnaway
from hotel.reservations.services.cancellations import reservation_cancel
from tests.cast import TODAY
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.rates import price_make, rate_plan_make, restriction_make


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel("2027-03-14T12:00:00Z", tick=False) as clock:
        yield clock


def day(ahead: int):
    return TODAY + timedelta(days=ahead)


def tried(house, rule, days=30, nights=60):
    return restriction_tried(rule, house.place, days=days, nights=nights)


def test_stays_that_were_booked_before_the_rule_are_named_with_their_worth(house):
    short, long, other = house.reserve(1, 1), house.reserve(2, 3), house.reserve(20, 1)
    rule = restriction_make(house.place, "min_los", day(1), day(6), 2)
    before = {model: list(model.objects.order_by("pk").values()) for model in (Reservation, Restriction)}

    found = tried(house, rule)

    assert (found.looked_at, found.refused, found.worth.amount, found.requests) == (3, 1, 100, [])
    assert [row.reservation for row in found.stays] == [short]
    assert found.stays[0].because == "The house: at least 2 nights when arriving on Mon 15 Mar 2027."
    assert {long, other}.isdisjoint(row.reservation for row in found.stays)
    assert {model: list(model.objects.order_by("pk").values()) for model in before} == before
    with pytest.raises(RuleBroken) as refused:
        house.reserve(1, 1)
    assert refused.value.message == found.stays[0].because


def test_stays_booked_long_ago_count_when_they_sleep_here_soon(house, noon):
    stay = house.reserve(40, 2)
    rule = restriction_make(house.place, "closed", day(40), day(50))
    noon.shift(timedelta(days=20))
    assert [row.reservation for row in tried(house, rule, days=19, nights=41).stays] == [stay]
    assert tried(house, rule, days=19, nights=40).looked_at == 0
    assert tried(house, rule, days=21, nights=1).refused == 1


def test_what_was_cancelled_counts_among_the_bookings_and_not_among_the_nights_to_come(house, noon):
    stay = house.reserve(40, 2)
    reservation_cancel(reservation=Reservation.objects.get(pk=stay.pk), actor=None)
    rule = restriction_make(house.place, "closed", day(40), day(50))
    assert tried(house, rule).refused == 1
    noon.shift(timedelta(days=20))
    assert tried(house, rule, days=19, nights=60).looked_at == 0


def test_a_rule_of_a_plan_reaches_the_plans_that_inherit_it(house):
    heir = rate_plan_make(house.place, "WEEK", parent=house.plan, offset_rate="-0.1")
    loner = rate_plan_make(
        house.place, "SOLO", parent=house.plan, offset_rate="-0.1", inherits_restrictions=False
    )
    for plan in (heir, loner):
        price_make(plan, house.double, 80)
        price_make(plan, house.suite, 200)
    own = house.reserve(1, 1)
    inherits = house.reserve(1, 1, rate_plan=heir)
    house.reserve(1, 1, rate_plan=loner, room_type=house.suite)
    rule = restriction_make(house.place, "cta", day(1), day(2), rate_plan=house.plan)
    assert {row.reservation for row in tried(house, rule).stays} == {own, inherits}
    narrow = restriction_make(house.place, "cta", day(1), day(2), rate_plan=house.plan, room_type=house.suite)
    assert tried(house, narrow).refused == 0


def test_a_rule_on_guarantees_asks_what_stands_behind_a_stay(house):
    weak = house.reserve(1, 1, guarantee="hold_6pm")
    house.reserve(1, 1, guarantee="credit_card")
    rule = restriction_make(house.place, "min_guarantee", day(1), day(2), guarantee="credit_card")
    found = tried(house, rule)
    assert [row.reservation for row in found.stays] == [weak]
    assert (found.looked_at, found.worth.amount) == (2, 100)
    Reservation.objects.filter(pk=weak.pk).update(is_walk_in=True)
    assert (tried(house, rule).looked_at, tried(house, rule).refused) == (1, 0)


def test_what_another_system_sold_is_judged_as_if_it_had_been_sold_here_but_needs_no_guarantee(house):
    stay = house.reserve(1, 1)
    Reservation.objects.filter(pk=stay.pk).update(is_taken_over=True)
    assert tried(house, restriction_make(house.place, "closed", day(1), day(2))).refused == 1
    rule = restriction_make(house.place, "min_guarantee", day(1), day(2), guarantee="prepayment")
    assert tried(house, rule).looked_at == 0


def turned(house, ahead: int, nights: int, ago: int = 0, **over):
    return Turnaway.objects.create(
        property=house.place,
        arrival=day(ahead),
        departure=day(ahead + nights),
        reason="restricted",
        business_date=day(-ago),
        **over,
    )


def test_requests_that_were_turned_away_are_asked_as_far_as_they_are_known(house):
    short = turned(house, 1, 1)
    turned(house, 1, 2)
    suite = turned(house, 1, 1, room_type=house.suite)
    turned(house, 1, 1, ago=30)
    whole = restriction_make(house.place, "min_los", day(1), day(6), 2)
    typed = restriction_make(house.place, "min_los", day(1), day(6), 2, room_type=house.suite)
    plan = restriction_make(house.place, "min_los", day(1), day(6), 2, rate_plan=house.plan)
    assert [row.turnaway for row in tried(house, whole).requests] == [suite, short]
    assert [row.turnaway for row in tried(house, typed).requests] == [suite]
    assert tried(house, plan).requests == []
    assert len(tried(house, whole, days=31).requests) == 3


def test_many_stays_cost_what_few_do(house):
    house.reserve(1, 1)
    rule = restriction_make(house.place, "closed", day(1), day(3))
    few = queries_of(lambda: tried(house, rule))
    assert tried(house, rule).refused == 1
    rule.delete()
    for ahead in (1, 2, 2):
        house.reserve(ahead, 1)
    turned(house, 1, 1)
    rule = restriction_make(house.place, "closed", day(1), day(3))
    assert tried(house, rule).refused == 4
    assert_constant(few, queries_of(lambda: tried(house, rule)))
