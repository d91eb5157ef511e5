"""Groups of properties: roles granted on a group follow its members at once."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from hotel.contracts.properties import GroupChanged
from hotel.core.exceptions import InvalidInput
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.properties.group_ports import group_members_changed
from hotel.properties.models import Chain, Property, PropertyGroup


@transaction.atomic
def group_create(*, chain: Chain, name: str, properties: Iterable[Property], by: Any = None) -> PropertyGroup:
    """Create a group.

    Args:
        chain: the chain of all members.
        name: once per chain.
        properties: one at least.
        by: the user who asks; None for the house itself.

    Publishes: GroupChanged.

    Raises:
        InvalidInput: no member, or one of another chain.
        ValidationError: the name is empty or taken.
    """
    group = PropertyGroup(chain=chain, name=name)
    group.full_clean()
    group.save()
    _set_members(group, list(properties), by)
    return group


@transaction.atomic
def group_change(
    *,
    group: PropertyGroup,
    name: str | None = None,
    properties: Iterable[Property] | None = None,
    by: Any = None,
) -> PropertyGroup:
    """Rename a group or give it other members; None leaves as it is.

    Publishes: GroupChanged.

    Raises:
        InvalidInput: no member would be left, or one is of another chain.
        NotPermitted: a listener refuses, such as rights that ``by`` could not grant at a new member.
        ValidationError: the name is empty or taken.

    Locks: the group.
    """
    [group] = lock_rows(PropertyGroup.objects.filter(pk=group.pk))
    if name is not None:
        group.name = name
    group.full_clean()
    group.save()
    _set_members(group, list(group.properties.all() if properties is None else properties), by)
    return group


@transaction.atomic
def group_delete(*, group: PropertyGroup, by: Any = None) -> None:
    """Delete a group on which no role is granted.

    Publishes: GroupChanged.

    Raises:
        ProtectedError: a role is granted on it; revoke it first.

    Locks: the group.
    """
    [group] = lock_rows(PropertyGroup.objects.filter(pk=group.pk))
    removed = tuple(sorted(group.properties.values_list("pk", flat=True)))
    publish(
        GroupChanged(property_id=None, group_id=group.pk, chain_id=group.chain_id, added=(), removed=removed)
    )
    group.delete()


def _set_members(group: PropertyGroup, places: list[Property], by: Any) -> None:
    if not places:
        raise InvalidInput(_("A group has one property at least."), code="group_empty")
    if any(place.chain_id != group.chain_id for place in places):
        raise InvalidInput(_("All properties of a group belong to its chain."), code="group_of_another_chain")
    before = frozenset(group.properties.values_list("pk", flat=True))
    after = frozenset(place.pk for place in places)
    group.properties.set(places)
    added, removed = after - before, before - after
    if added or removed:
        group_members_changed(group=group, added=added, removed=removed, by=by)
    publish(
        GroupChanged(
            property_id=None,
            group_id=group.pk,
            chain_id=group.chain_id,
            added=tuple(sorted(added)),
            removed=tuple(sorted(removed)),
        )
    )
