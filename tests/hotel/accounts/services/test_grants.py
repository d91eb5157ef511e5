"""Assignments and the rights of roles are the truth; groups and grants follow them."""

from datetime import timedelta

from django.contrib.auth.models import Group

from hotel.accounts.models import RoleAssignment, RolePermission, User
from hotel.accounts.services.grants import (
    dated_roles_materialise,
    group_name,
    role_materialise,
    roles_materialise,
)
from hotel.core.clock import now
from hotel.properties.models import PropertyGroupObjectPermission
from hotel.properties.scoping import grants_of
from tests.factories.accounts import role_make
from tests.factories.properties import group_make


def held(user, place) -> set[str]:
    grants = grants_of(User.objects.get(pk=user.pk)).by_codename
    return {name for name, places in grants.items() if place.pk in places}


def test_a_role_is_one_group_per_property_with_its_rights_as_guardian_grants(cast):
    role = role_make(cast.chain, "rooms.view", "rooms.block")
    RoleAssignment.objects.create(user=cast.ida, role=role, property=cast.alpha)
    RoleAssignment.objects.create(user=cast.ida, role=role, group=group_make(cast.beta))
    role_materialise(role=role)
    for place in (cast.alpha, cast.beta):
        group = Group.objects.get(name=group_name(role.pk, place.pk))
        assert list(group.user_set.all()) == [cast.ida]
        assert held(cast.ida, place) == {"view_rooms_area", "block_rooms_area"}
    assert cast.ida.has_perm("properties.block_rooms_area", cast.alpha) is True


def test_what_the_truth_no_longer_says_goes(cast, django_assert_max_num_queries):
    role = role_make(cast.chain, "rooms.view", "rooms.block")
    row = RoleAssignment.objects.create(user=cast.ida, role=role, property=cast.alpha)
    role_materialise(role=role)
    RolePermission.objects.get(role=role, verb="block").delete()
    role_materialise(role=role)
    assert held(cast.ida, cast.alpha) == {"view_rooms_area"}
    row.delete()
    roles_materialise(roles=[role])
    assert held(cast.ida, cast.alpha) == set()
    assert not Group.objects.filter(name__startswith=f"role {role.pk} at").exists()


def test_doing_it_again_writes_nothing(cast):
    def rows():
        return list(PropertyGroupObjectPermission.objects.order_by("pk").values())

    before = rows()
    assert len(before) > 50
    roles_materialise(roles=cast.chain.roles.all())
    assert rows() == before


def test_dates_begin_and_end_by_the_schedule(cast):
    role = role_make(cast.chain, "rooms.view")
    today = now().astimezone(cast.alpha.zone).date()
    row = RoleAssignment.objects.create(
        user=cast.ida, role=role, property=cast.alpha, valid_from=today + timedelta(days=1)
    )
    assert dated_roles_materialise() == 1
    assert held(cast.ida, cast.alpha) == set()
    RoleAssignment.objects.filter(pk=row.pk).update(valid_from=today, valid_to=today)
    assert dated_roles_materialise(user=cast.bo) == 0
    assert dated_roles_materialise(user=cast.ida) == 1
    assert held(cast.ida, cast.alpha) == {"view_rooms_area"}
    RoleAssignment.objects.filter(pk=row.pk).update(
        valid_from=today - timedelta(days=2), valid_to=today - timedelta(days=1)
    )
    dated_roles_materialise()
    assert held(cast.ida, cast.alpha) == set()
