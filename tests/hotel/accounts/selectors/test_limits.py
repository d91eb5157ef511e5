from datetime import date
from decimal import Decimal

import pytest
from djmoney.money import Money

from hotel.accounts.models import Role, User
from hotel.accounts.selectors.limits import UNLIMITED, ApprovalLimits, approval_limits
from hotel.accounts.services.roles import role_assign
from tests.factories.properties import group_make

EUR0, JPY0 = Money(0, "EUR"), Money(0, "JPY")


def test_the_limits_of_the_front_desk_in_each_currency(cast):
    here, there = approval_limits(cast.bo, cast.alpha.pk), approval_limits(cast.eve, cast.beta.pk)
    assert here == ApprovalLimits(Decimal("0.1000"), Money("50.000", "EUR"), EUR0, False)
    assert there == ApprovalLimits(Decimal("0.1000"), Money("5000.000", "JPY"), JPY0, False)
    assert approval_limits(cast.bo, cast.beta.pk) == ApprovalLimits(Decimal(0), JPY0, JPY0, False)


def test_the_most_generous_role_counts_for_each_limit(cast):
    role_assign(user=cast.bo, role=Role.objects.get(code="accountant"), group=group_make(cast.alpha))
    role_assign(user=cast.bo, role=Role.objects.get(code="revenue_manager"), place=cast.alpha)
    assert approval_limits(cast.bo, cast.alpha.pk) == ApprovalLimits(
        Decimal("0.3000"), Money("500.000", "EUR"), Money("500.000", "EUR"), True
    )


def test_a_role_that_has_ended_counts_no_more(cast):
    role = Role.objects.get(code="accountant")
    role_assign(user=cast.ida, role=role, place=cast.alpha, valid_to=date(2020, 1, 1))
    assert approval_limits(cast.ida, cast.alpha.pk) == ApprovalLimits(Decimal(0), EUR0, EUR0, False)


def test_a_superuser_is_without_limits(cast):
    root = User.objects.create_superuser("root")
    assert approval_limits(root, cast.alpha.pk) == UNLIMITED
    assert UNLIMITED.max_refund is None


def test_queries_are_constant(cast, django_assert_num_queries):
    role_assign(user=cast.bo, role=Role.objects.get(code="accountant"), place=cast.alpha)
    with django_assert_num_queries(4):
        approval_limits(cast.bo, cast.alpha.pk)


BASE = ApprovalLimits(Decimal("0.1"), Money(10, "EUR"), Money(10, "EUR"), False)


@pytest.mark.parametrize(
    ("other", "covered"),
    [
        (BASE, True),
        (ApprovalLimits(Decimal("0.2"), Money(10, "EUR"), Money(10, "EUR"), False), False),
        (ApprovalLimits(Decimal("0.1"), Money(11, "EUR"), Money(10, "EUR"), False), False),
        (ApprovalLimits(Decimal("0.1"), Money(10, "EUR"), None, False), False),
        (ApprovalLimits(Decimal("0.1"), Money(10, "EUR"), Money(10, "EUR"), True), False),
    ],
)
def test_covers_compares_every_limit(other, covered):
    assert BASE.covers(other) is covered
    assert UNLIMITED.covers(other)
