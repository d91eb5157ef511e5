"""Rules are told in words and tried from their page in the administration."""

from decimal import Decimal

import pytest

from hotel.accounts.models import Role, User
from hotel.accounts.services.roles import role_assign
from hotel.reservations.models import Reservation
from hotel.reservations.services.cancellations import reservation_cancel
from tests.factories.rates import cancellation_policy_make, promo_make

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


def test_rules_of_another_hotel_are_not_there(cast, val, signed_in):
    policy, promo = cancellation_policy_make(cast.beta), promo_make(cast.beta)
    for path in (f"/dashboard/rules/cancellation/{policy.pk}", f"/dashboard/rules/promo/{promo.pk}"):
        assert val.get(path).status_code == 404
        assert signed_in(cast.di).get(path).status_code == 403
