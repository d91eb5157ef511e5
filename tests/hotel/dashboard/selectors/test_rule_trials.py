"""Rules tried: what would have been owed, and what a code takes off; nothing is written."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from hotel.dashboard.selectors.rule_trials import cancellations_tried, promo_tried
from hotel.rates.models import PromoCode
from hotel.reservations.models import Reservation
from hotel.reservations.services.cancellations import reservation_cancel
from tests.cast import TODAY
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.rates import cancellation_policy_make, cancellation_step_make, promo_make


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel("2027-03-14T12:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def policy(house):
    """The whole stay is owed from 18:00 on the day before arrival; the house sells with the first night."""
    made = cancellation_policy_make(house.place)
    made.steps.all().delete()
    cancellation_step_make(
        made,
        deadline="before_arrival",
        days_before=1,
        at_time="18:00",
        penalty="percent",
        nights=None,
        share=1,
    )
    return made


def cancel(stay):
    reservation_cancel(reservation=Reservation.objects.get(pk=stay.pk), actor=None)


def test_each_cancelled_stay_is_reckoned_as_if_it_had_been_sold_under_these_terms(house, policy):
    late, early = house.reserve(0, 2), house.reserve(10, 2)
    house.reserve(3, 1)
    cancel(late)
    cancel(early)
    before = list(Reservation.objects.order_by("pk").values())

    found = {row.reservation.pk: row for row in cancellations_tried(policy, house.place, 30)}

    assert sorted(found) == sorted([late.pk, early.pk])
    assert (found[late.pk].owed.amount, found[late.pk].would_owe.amount) == (100, 200)
    assert found[late.pk].because == "100 % of the total is owed since Sat 13 Mar 2027 18:00 CET."
    assert found[early.pk].would_owe.amount == 0
    assert list(Reservation.objects.order_by("pk").values()) == before


def test_only_so_many_days_back_count(house, policy, noon):
    cancel(house.reserve(5, 1))
    noon.shift(timedelta(days=10))
    assert cancellations_tried(policy, house.place, 9) == []
    assert len(cancellations_tried(policy, house.place, 11)) == 1


def test_many_stays_cost_what_few_do(house, policy):
    cancel(house.reserve(5, 1))
    few = queries_of(lambda: cancellations_tried(policy, house.place, 30))
    for start in (6, 7, 8):
        cancel(house.reserve(start, 1))
    assert_constant(few, queries_of(lambda: cancellations_tried(policy, house.place, 30)))


def test_a_code_is_tried_on_a_stay_in_every_plan_and_used_by_none(house):
    promo = promo_make(house.place, discount_rate=Decimal("0.1"), discount_amount=None)
    stay = {"arrival": TODAY, "departure": TODAY + timedelta(days=2), "adults": 2}
    found = promo_tried(promo, house.place, **stay)
    row = next(row for row in found if row.rate_plan == house.plan and row.room_type == house.double)
    assert (row.without.amount, row.with_code.amount, row.saved.amount, row.why) == (200, 180, 20, ())
    assert PromoCode.objects.get().used_count == 0


def test_a_code_of_other_nights_takes_nothing_off(house):
    promo = promo_make(
        house.place,
        discount_rate=Decimal("0.1"),
        discount_amount=None,
        stay_from=TODAY + timedelta(days=30),
    )
    found = promo_tried(promo, house.place, arrival=TODAY, departure=TODAY + timedelta(days=1), adults=2)
    assert {row.saved.amount if row.saved else None for row in found} <= {Decimal(0), None}
    assert found
