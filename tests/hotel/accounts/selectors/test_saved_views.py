"""Which views a person has before him: his own, and those of his roles."""

from datetime import date, timedelta

import pytest
import time_machine

from hotel.accounts.models import Role, RoleAssignment
from hotel.accounts.selectors.saved_views import may_share, views_of
from tests.contracts.queries import queries_of
from tests.factories.accounts import saved_view_make
from tests.factories.properties import group_make

DAY = date(2027, 3, 14)
PAGE = "reservation_list"


def role(cast, code):
    return Role.objects.get(chain=cast.chain, code=code)


def seen(user, place, page=PAGE):
    return [str(view) for view in views_of(user, place, page)]


@pytest.fixture
def views(cast):
    saved_view_make(cast.alpha, owner=cast.bo, name="mine")
    saved_view_make(cast.alpha, owner=cast.bo, name="Arrivals")
    saved_view_make(cast.alpha, owner=cast.bo, name="elsewhere", page="board")
    saved_view_make(cast.alpha, owner=cast.rae, name="hers")
    saved_view_make(cast.alpha, role=role(cast, "front_desk"), name="desk's")
    saved_view_make(cast.alpha, role=role(cast, "accountant"), name="books")
    saved_view_make(cast.beta, role=role(cast, "front_desk"), name="Beta's")


def test_ones_own_come_first_then_those_of_the_roles(cast, views):
    assert seen(cast.bo, cast.alpha) == ["Arrivals", "mine", "desk's"]
    assert seen(cast.rae, cast.alpha) == ["hers"]
    assert seen(cast.cy, cast.alpha) == ["books"]
    assert seen(cast.eve, cast.alpha) == []
    assert seen(cast.eve, cast.beta) == ["Beta's"]
    assert seen(cast.bo, cast.alpha, "board") == ["elsewhere"]


def test_who_may_share_sees_those_of_all_roles_and_nobody_elses_own(cast, views):
    assert (may_share(cast.ada, cast.alpha), may_share(cast.bo, cast.alpha)) == (True, False)
    assert seen(cast.ada, cast.alpha) == ["books", "desk's"]


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "is_seen"),
    [(DAY, DAY, True), (DAY + timedelta(days=1), None, False), (None, DAY - timedelta(days=1), False)],
    ids=["today", "from tomorrow", "until yesterday"],
)
def test_a_role_counts_on_its_days_by_the_clock_of_the_hotel(cast, views, valid_from, valid_to, is_seen):
    RoleAssignment.objects.filter(user=cast.bo).update(valid_from=valid_from, valid_to=valid_to)
    with time_machine.travel("2027-03-13T23:30:00Z", tick=False):  # half past midnight in Vienna
        assert ("desk's" in seen(cast.bo, cast.alpha)) is is_seen


def test_a_role_held_by_a_group_of_hotels_counts_there(cast, views):
    RoleAssignment.objects.filter(user=cast.bo).update(property=None, group=group_make(cast.alpha))

    assert seen(cast.bo, cast.alpha) == ["Arrivals", "mine", "desk's"]


def test_they_are_one_statement(cast, views):
    cast.bo.has_perm("x")
    may_share(cast.bo, cast.alpha)
    asked = queries_of(
        lambda: [(str(view), view.role and str(view.role)) for view in views_of(cast.bo, cast.alpha, PAGE)]
    )

    assert len(asked) == 1
