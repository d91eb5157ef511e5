"""Roles become guardian grants: one Django group per role and property, its rights, and who is in it.

The assignments and the rights of the roles are the truth; groups and grants are derived and can be rebuilt
at any time by ``role_materialise``.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from hotel.accounts.models import Role, RoleAssignment, User
from hotel.accounts.selectors.assignments import is_valid_at, places_of
from hotel.core.locks import lock_rows
from hotel.properties.models import Property, PropertyGroupObjectPermission
from hotel.properties.scoping import codename


def group_name(role_id: int, property_id: int) -> str:
    """The name of the Django group of a role at a property."""
    return f"role {role_id} at property {property_id}"


@transaction.atomic
def role_materialise(*, role: Role) -> None:
    """Bring groups, grants and memberships of one role in line with its rights and assignments.

    An assignment counts on a property's calendar days from ``valid_from`` to ``valid_to``, both inclusive,
    read on that property's own clock now. Repeatable; writes only what differs.

    Locks: the role.
    """
    lock_rows(Role.objects.filter(pk=role.pk))
    members = _members(role)
    prefix = group_name(role.pk, 0).removesuffix("0")
    present = {
        int(name.removeprefix(prefix)): group_id
        for name, group_id in Group.objects.filter(name__startswith=prefix).values_list("name", "pk")
    }
    Group.objects.filter(pk__in=[present[place] for place in present.keys() - members.keys()]).delete()
    rights = _permission_ids(role)
    for place, users in members.items():
        group_id = present.get(place) or Group.objects.create(name=group_name(role.pk, place)).pk
        _set_rights(group_id, place, rights)
        _set_members(group_id, users)


def roles_materialise(*, roles: Iterable[Role]) -> None:
    """``role_materialise`` for several roles, in the order of their ids."""
    for role in sorted(roles, key=lambda role: role.pk):
        role_materialise(role=role)


@transaction.atomic
def dated_roles_materialise(*, user: User | None = None) -> int:
    """Let assignments with dates begin and end; run by a schedule, and for one person when he signs in.

    Repeatable. Returns how many roles were looked at.

    Locks: the roles, in the order of their ids.
    """
    dated = RoleAssignment.objects.exclude(valid_from=None, valid_to=None)
    if user is not None:
        dated = dated.filter(user=user)
    roles = list(Role.objects.filter(pk__in=dated.values("role")))
    roles_materialise(roles=roles)
    return len(roles)


def _members(role: Role) -> dict[int, set[int]]:
    """Property id to the ids of the users who hold the role there today."""
    found: dict[int, set[int]] = defaultdict(set)
    assignments = RoleAssignment.objects.filter(role=role).select_related("property", "group")
    for assignment in assignments.prefetch_related("group__properties"):
        for place in places_of(assignment):
            if is_valid_at(assignment, place):
                found[place.pk].add(assignment.user_id)
    return found


def _permission_ids(role: Role) -> set[int]:
    names = {codename(verb, area) for area, verb in role.permissions.values_list("area", "verb")}
    content_type = ContentType.objects.get_for_model(Property)
    held = Permission.objects.filter(content_type=content_type, codename__in=names)
    return set(held.values_list("pk", flat=True))


def _set_rights(group_id: int, property_id: int, wanted: set[int]) -> None:
    rows = PropertyGroupObjectPermission.objects.filter(group_id=group_id, content_object_id=property_id)
    present = set(rows.values_list("permission_id", flat=True))
    rows.exclude(permission_id__in=wanted).delete()
    PropertyGroupObjectPermission.objects.bulk_create(
        PropertyGroupObjectPermission(
            group_id=group_id, content_object_id=property_id, permission_id=permission_id
        )
        for permission_id in sorted(wanted - present)
    )


def _set_members(group_id: int, wanted: set[int]) -> None:
    membership = User.groups.through
    rows = membership.objects.filter(group_id=group_id)
    present = set(rows.values_list("user_id", flat=True))
    rows.exclude(user_id__in=wanted).delete()
    membership.objects.bulk_create(
        membership(group_id=group_id, user_id=user_id) for user_id in sorted(wanted - present)
    )
