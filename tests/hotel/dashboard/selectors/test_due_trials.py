"""Deposits and not coming tried on real stays; nothing is written."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from hotel.dashboard.selectors.due_trials import deposits_tried, no_shows_tried
from hotel.rates.models import DepositPolicy, NoShowPolicy
from hotel.reservations.models import Reservation
from hotel.reservations.services.cancellations import reservation_no_show
from tests.cast import TODAY
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.rates import deposit_policy_make, no_show_policy_make


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel("2027-03-14T12:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def policy(house):
    """A third when booking, all that is left a week before."""
    made = deposit_policy_make(house.place)
    made.steps.create(property=house.place, position=2, due="before_arrival", days_before=7, kind="balance")
    return made


def missed(stay):
    reservation_no_show(reservation=Reservation.objects.get(pk=stay.pk), actor=None)
    return stay


def test_each_booked_stay_is_asked_as_if_it_had_been_sold_under_these_terms(house, policy):
    late, early = house.reserve(3, 1), house.reserve(30, 2)
    before = {model: list(model.objects.order_by("pk").values()) for model in (Reservation, DepositPolicy)}

    found = {row.reservation.pk: row for row in deposits_tried(policy, house.place, 30)}

    assert sorted(found) == sorted([late.pk, early.pk])
    told = [(part.due_on, part.amount.amount) for part in found[early.pk].instalments]
    assert told == [(TODAY, 60), (TODAY + timedelta(days=23), 140)]
    told = [(part.due_on, part.amount.amount) for part in found[late.pk].instalments]
    assert told == [(TODAY, 30), (TODAY, 70)]
    assert (found[early.pk].asked.amount, found[early.pk].would_ask.amount) == (0, 200)
    assert {model: list(model.objects.order_by("pk").values()) for model in before} == before


def test_what_was_asked_for_is_told_from_the_terms_it_was_sold_under(house, policy):
    house.plan.deposit_policy = deposit_policy_make(house.place, "OWN")
    house.plan.save()
    stay = house.reserve(10, 2)
    row = next(row for row in deposits_tried(policy, house.place, 30) if row.reservation.pk == stay.pk)
    assert (row.asked.amount, row.would_ask.amount) == (60, 200)


def test_only_stays_booked_in_the_days_and_sold_here_are_asked(house, policy, noon):
    stay, other = house.reserve(20, 1), house.reserve(21, 1)
    Reservation.objects.filter(pk=other.pk).update(is_taken_over=True)
    noon.shift(timedelta(days=10))
    assert deposits_tried(policy, house.place, 9) == []
    assert [row.reservation.pk for row in deposits_tried(policy, house.place, 11)] == [stay.pk]


def test_each_guest_who_did_not_come_is_reckoned_under_these_terms(house):
    policy = no_show_policy_make(house.place, "HALF", penalty="percent", nights=None, share=Decimal("0.5"))
    card, evening = (
        missed(house.reserve(0, 2, guarantee="credit_card")),
        house.reserve(0, 1, guarantee="hold_6pm"),
    )
    missed(evening)
    house.reserve(0, 1, room_type=house.suite)
    before = {model: list(model.objects.order_by("pk").values()) for model in (Reservation, NoShowPolicy)}

    found = {row.reservation.pk: row for row in no_shows_tried(policy, house.place, 30)}

    assert sorted(found) == sorted([card.pk, evening.pk])
    row = found[card.pk]
    assert (row.owed.amount, row.would_owe.amount) == (200, 100)
    assert row.because == "50 % of the total is owed for not arriving."
    row = found[evening.pk]
    assert (row.owed.amount, row.would_owe.amount) == (0, 0)
    assert row.because == "The room was held until the evening only."
    assert {model: list(model.objects.order_by("pk").values()) for model in before} == before


def test_only_so_many_days_back_count(house, noon):
    policy = no_show_policy_make(house.place)
    missed(house.reserve(0, 1))
    noon.shift(timedelta(days=10))
    assert no_shows_tried(policy, house.place, 9) == []
    assert len(no_shows_tried(policy, house.place, 11)) == 1


def test_many_stays_cost_what_few_do(house, policy):
    missing = no_show_policy_make(house.place)

    def both():
        deposits_tried(policy, house.place, 30)
        no_shows_tried(missing, house.place, 30)

    missed(house.reserve(0, 1))
    few = queries_of(both)
    missed(house.reserve(0, 1))
    house.reserve(5, 1)
    assert_constant(few, queries_of(both))
