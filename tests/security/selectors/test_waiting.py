"""What waits for a second person, and who may agree."""

import pytest

from hotel.accounts.request_ports import RoleWanted, request_desk
from security.models import AccessRequest
from security.selectors.waiting import roles_waiting
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.accounts import role_make, user_make


@pytest.fixture
def helper(house):
    return role_make(house.chain, "accounts.manage")


def ask(house, role, user, reason="Stands in for Ada."):
    request_desk().ask(RoleWanted(user=user, role=role, place=house.alpha), reason, house.ada)


def test_a_role_that_waits_names_who_may_agree(house, second, helper):
    ask(house, helper, house.ida)
    [row] = roles_waiting(house.alpha, second)
    assert (row.user, row.role, row.where, row.asked_by, row.reason, row.approvers) == (
        house.ida,
        helper,
        "Alpha",
        house.ada,
        "Stands in for Ada.",
        ("second",),
    )


def test_neither_who_asked_nor_who_gains_may_agree(house, second, helper):
    ask(house, helper, second)
    [row] = roles_waiting(house.alpha, house.ada)
    assert row.approvers == ()


def test_it_is_seen_at_its_hotel_by_who_may_see_it(house, second, helper):
    ask(house, helper, house.ida)
    assert roles_waiting(house.beta, house.ada) == []
    assert roles_waiting(house.alpha, house.bo) == []
    AccessRequest.objects.update(status="refused")
    assert roles_waiting(house.alpha, second) == []


def test_many_cost_what_few_do(house, second, helper):
    ask(house, helper, house.ida)
    roles_waiting(house.alpha, second)
    few = queries_of(lambda: roles_waiting(house.alpha, second))
    for n in range(4):
        ask(house, helper, user_make(house.alpha, username=f"more{n}"))
    assert_constant(few, queries_of(lambda: roles_waiting(house.alpha, second)))
