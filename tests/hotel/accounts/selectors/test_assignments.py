"""Which assignments count, where and on which days."""

from datetime import date, timedelta

import pytest
import time_machine

from hotel.accounts.selectors.assignments import assignments_now, is_valid_at, people_of_role, places_of
from tests.factories.accounts import assignment_make, role_make, user_make
from tests.factories.properties import group_make

DAY = date(2027, 3, 14)


def test_an_assignment_reaches_one_property_or_those_now_in_the_group(cast):
    row = assignment_make(cast.alpha)
    assert places_of(row) == [cast.alpha]
    group = group_make(cast.alpha, cast.beta)
    row.property, row.group = None, group
    assert places_of(row) == [cast.alpha, cast.beta]
    group.properties.remove(cast.alpha)
    assert places_of(row) == [cast.beta]


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "counts"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (DAY + timedelta(days=1), None, False),
        (None, DAY - timedelta(days=1), False),
    ],
    ids=["always", "this day alone", "from tomorrow", "until yesterday"],
)
def test_dates_are_inclusive(cast, valid_from, valid_to, counts):
    row = assignment_make(cast.alpha, valid_from=valid_from, valid_to=valid_to)
    with time_machine.travel("2027-03-14T12:00:00Z", tick=False):
        assert is_valid_at(row, cast.alpha) is counts
        assert assignments_now(row.user, cast.alpha) == ([row] if counts else [])


def test_the_day_is_that_of_the_property(cast):
    row = assignment_make(cast.alpha, valid_from=DAY)
    with time_machine.travel("2027-03-13T15:30:00Z", tick=False):  # half past midnight in Tokyo
        assert is_valid_at(row, cast.beta)
        assert not is_valid_at(row, cast.alpha)


def test_assignments_come_with_their_roles_in_one_query(cast, django_assert_num_queries):
    user, role = user_make(cast.alpha), role_make(cast.chain)
    assignment_make(cast.alpha, user=user, role=role)
    with django_assert_num_queries(1):
        assert [row.role for row in assignments_now(user, cast.alpha)] == [role]


def test_who_holds_a_role_at_a_hotel(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert people_of_role(cast.alpha, "housekeeping") == [cast.di]
    assert people_of_role(cast.beta, "front_desk") == [cast.eve]
    assert people_of_role(cast.alpha, "maintenance") == []
    cast.di.is_active = False
    cast.di.save()
    assert people_of_role(cast.alpha, "housekeeping") == []
