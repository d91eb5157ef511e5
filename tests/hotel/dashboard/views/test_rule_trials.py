"""Rules are told in words and tried from their page in the administration."""

from datetime import timedelta
from decimal import Decimal

import pytest

from hotel.accounts.models import Role, User
from hotel.accounts.services.roles import role_assign
from hotel.reservations.models import Reservation
from hotel.reservations.services.cancellations import reservation_cancel, reservation_no_show
from tests.factories.rates import (
    cancellation_policy_make,
    deposit_policy_make,
    no_show_policy_make,
    promo_make,
    restriction_make,
)

SAYS = "From 18:00 on the day 2 days before arrival: the first night is owed. Before: free of charge."


@pytest.fixture
def val(cast, signed_in):
    return signed_in(cast.val)


def words(answer):
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_policy_is_told_in_words_and_tried_on_cancelled_stays(house, val, cast, signed_in):
    policy = cancellation_policy_make(house.place)
    stay = house.reserve(5, 2)
    reservation_cancel(reservation=Reservation.objects.get(pk=stay.pk), actor=None)
    path = f"/dashboard/rules/cancellation/{policy.pk}"

    form = words(val.get(f"/admin/rates/cancellationpolicy/{policy.pk}/change/"))
    assert f'href="{path}">Try it on stays that were cancelled</a>' in form
    assert SAYS in form

    page = words(val.get(path))
    assert (SAYS in page, stay.number in page) == (True, True)
    assert "These terms" in page
    assert stay.number in words(val.get(f"{path}?days=1"))
    assert "greater than or equal to 1" in words(val.get(f"{path}?days=0"))


def test_who_may_not_view_reservations_sees_the_words_alone(house, cast, signed_in):
    policy = cancellation_policy_make(house.place)
    stay = house.reserve(5, 2)
    reservation_cancel(reservation=Reservation.objects.get(pk=stay.pk), actor=None)
    role_assign(user=cast.ida, role=Role.objects.get(chain=cast.chain, code="marketing"), place=cast.alpha)
    page = words(
        signed_in(User.objects.get(pk=cast.ida.pk)).get(f"/dashboard/rules/cancellation/{policy.pk}")
    )
    assert (SAYS in page, stay.number in page) == (True, False)


def test_a_code_is_told_in_words_and_tried_on_a_stay(house, val):
    promo = promo_make(house.place, discount_rate=Decimal("0.1"), discount_amount=None)
    path = f"/dashboard/rules/promo/{promo.pk}"
    form = words(val.get(f"/admin/rates/promocode/{promo.pk}/change/"))
    assert f'href="{path}">Try it on a stay</a>' in form
    assert "10 % off each night" in form

    page = words(val.get(path))
    assert ("EUR 100.00" in page, "EUR 90.00" in page, "EUR 10.00" in page) == (True, True, True)
    page = words(val.get(f"{path}?arrival=2027-03-20&departure=2027-03-19&adults=2"))
    assert "must be after the arrival" in page


def test_a_restriction_is_told_in_words_and_tried_on_stays(house, val):
    day = house.place.business_date + timedelta(days=5)
    stay = house.reserve(5, 1)
    rule = restriction_make(house.place, "min_los", day, day + timedelta(days=1), 2, reason="Fair")
    path = f"/dashboard/rules/restriction/{rule.pk}"
    said = "In the whole house, on Fri 19 Mar 2027: who arrives stays at least 2 nights. Reason: Fair."

    form = words(val.get(f"/admin/rates/restriction/{rule.pk}/change/"))
    assert f'href="{path}">Try it on stays that were booked</a>' in form
    assert said in form

    page = words(val.get(path))
    assert (said in page, stay.number in page, "1 of 1" in page) == (True, True, True)
    assert "The house: at least 2 nights when arriving on Fri 19 Mar 2027 (Fair)." in page
    assert "EUR 100.00" in page
    assert "less than or equal to 180" in words(val.get(f"{path}?days=181&nights=60"))


def test_deposits_and_missing_guests_are_told_in_words_and_tried(house, val):
    deposit, missing = deposit_policy_make(house.place), no_show_policy_make(house.place)
    stay, missed = house.reserve(5, 2), house.reserve(0, 1)
    reservation_no_show(reservation=Reservation.objects.get(pk=missed.pk), actor=None)

    form = words(val.get(f"/admin/rates/depositpolicy/{deposit.pk}/change/"))
    path = f"/dashboard/rules/deposit/{deposit.pk}"
    assert f'href="{path}">Try it on stays that were booked</a>' in form
    assert "When booking: 30 % of the total." in form
    page = words(val.get(path))
    assert (stay.number in page, "EUR 60.00 on 14 Mar 2027" in page) == (True, True)
    assert "greater than or equal to 1" in words(val.get(f"{path}?days=0"))

    form = words(val.get(f"/admin/rates/noshowpolicy/{missing.pk}/change/"))
    path = f"/dashboard/rules/no-show/{missing.pk}"
    assert f'href="{path}">Try it on guests who did not come</a>' in form
    assert "Who does not come: the first night is owed." in form
    page = words(val.get(path))
    assert (missed.number in page, stay.number in page) == (True, False)
    assert "The first night is owed for not arriving." in page


def test_who_may_not_view_reservations_sees_no_stay_of_any_rule(house, cast, signed_in):
    day = house.place.business_date
    stay = house.reserve(5, 2)
    rules = {
        "deposit": deposit_policy_make(house.place),
        "no-show": no_show_policy_make(house.place),
        "restriction": restriction_make(house.place, "closed", day, day + timedelta(days=9)),
    }
    role_assign(user=cast.ida, role=Role.objects.get(chain=cast.chain, code="marketing"), place=cast.alpha)
    ida = signed_in(User.objects.get(pk=cast.ida.pk))
    for kind, rule in rules.items():
        page = words(ida.get(f"/dashboard/rules/{kind}/{rule.pk}"))
        assert stay.number not in page
        assert "shown to those who may view reservations" in page


def test_rules_of_another_hotel_are_not_there(cast, val, signed_in):
    day = cast.beta.business_date
    rules = {
        "cancellation": cancellation_policy_make(cast.beta),
        "deposit": deposit_policy_make(cast.beta),
        "no-show": no_show_policy_make(cast.beta),
        "restriction": restriction_make(cast.beta, "closed", day, day + timedelta(days=1)),
        "promo": promo_make(cast.beta),
    }
    for kind, rule in rules.items():
        path = f"/dashboard/rules/{kind}/{rule.pk}"
        assert val.get(path).status_code == 404
        assert signed_in(cast.di).get(path).status_code == 403
