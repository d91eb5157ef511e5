"""Who is asked for a second step, and whose sessions end for want of one."""

from hotel.accounts.models import User
from security.models import AccessPolicy
from security.services.second_steps import (
    holders_of,
    people_at,
    second_step_demand,
    second_step_withdraw,
    unproved_end,
)


def test_a_role_is_named_once_and_taken_out(house):
    role = house.chain.roles.get(code="front_desk")
    assert (second_step_demand(role=role), second_step_demand(role=role)) == (True, False)
    assert list(AccessPolicy.objects.get(chain=house.chain).second_factor_roles.all()) == [role]
    second_step_withdraw(role=role)
    second_step_withdraw(role=role)
    assert not AccessPolicy.objects.get(chain=house.chain).second_factor_roles.exists()


def test_superusers_are_asked_wherever_anybody_is(house):
    User.objects.create_superuser(username="root", password="x", chain=house.chain)
    role = house.chain.roles.get(code="front_desk")
    assert {user.username for user in holders_of(role)} == {"bo", "eve", "root"}
    assert {user.username for user in people_at(house.beta)} == {"ada", "eve", "root"}


def test_nobody_is_signed_in_so_none_ends(house):
    assert unproved_end(people=people_at(house.alpha)) == 0
