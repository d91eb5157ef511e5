"""Roles that wait for a second person, and who that may be."""

from typing import Any

from hotel.accounts.models import User
from hotel.accounts.request_ports import RoleWaiting
from hotel.properties.models import Property
from security.models import AccessRequest
from security.selectors.holders import places_held

LISTED = 50


def roles_waiting(place: Property, viewer: Any) -> list[RoleWaiting]:
    """The open requests that reach a property and that the viewer may see, oldest first; a constant number of queries.

    Who agrees must hold the right at each property concerned, and neither has asked nor gains.
    """
    rows = AccessRequest.objects.visible_to(viewer).open().select_related("user", "role", "requested_by")
    rows = rows.select_related("property", "group").prefetch_related("group__properties").order_by("pk")
    reached = {row: {at.pk for at in _places(row)} for row in rows[:LISTED]}
    found = [row for row, ids in reached.items() if place.pk in ids]
    if not found:
        return []
    concerned = {pk for row in found for pk in reached[row]}
    held = places_held("approve", "security", concerned)
    names = {person.pk: str(person) for person in User.objects.filter(pk__in=held)}

    def approvers(row: AccessRequest) -> tuple[str, ...]:
        able = {pk for pk, places in held.items() if places >= reached[row]} - {
            row.requested_by_id,
            row.user_id,
        }
        return tuple(sorted(names[pk] for pk in able if pk in names))

    return [
        RoleWaiting(
            user=row.user,
            role=row.role,
            where=str(row.property or row.group),
            asked_by=row.requested_by,
            reason=row.reason,
            lapses_on=row.lapses_at.astimezone(place.zone).date(),
            approvers=approvers(row),
        )
        for row in found
    ]


def _places(row: AccessRequest) -> list[Property]:
    """As ``AccessRequest.places``, of rows that were read with the members of their groups."""
    if row.group is not None:
        return list(row.group.properties.all())
    return [row.property] if row.property is not None else []
