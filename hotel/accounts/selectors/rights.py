"""What a user may do, and why."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hotel.accounts.models import RoleAssignment, User
from hotel.accounts.selectors.assignments import is_valid_at, places_of
from hotel.properties.models import Property, PropertyUserObjectPermission
from hotel.properties.scoping import grants_of, pair_of


@dataclass(frozen=True)
class Reason:
    """Through what a right is held.

    Attributes:
        assignment_id, role_id, role: the assignment and its role; None and empty for a direct grant.
        group_id, group: the group it was assigned on, if it was.
        source: ``role``, ``direct`` or ``superuser``.
        valid_until: when a direct grant ends by itself; None for never.
    """

    source: str
    assignment_id: int | None = None
    role_id: int | None = None
    role: str = ""
    group_id: int | None = None
    group: str = ""
    valid_until: datetime | None = None


@dataclass(frozen=True)
class Right:
    """A verb on an area at a property, with every reason it is held for."""

    property_id: int
    property_code: str
    area: str
    verb: str
    reasons: tuple[Reason, ...]


def rights_of(user: User, property_ids: Iterable[int]) -> list[Right]:
    """The user's rights now at some properties, each with its reasons, by property, area and verb.

    Rights are read from where they are enforced and explained from the assignments. Six queries.
    """
    places = {place.pk: place for place in Property.objects.filter(pk__in=property_ids)}
    reasons = _reasons(user, places)
    found = []
    for name, held in grants_of(user).by_codename.items():
        area, verb = pair_of(name)
        for pk in held & places.keys():
            why = (Reason("superuser"),) if user.is_superuser else tuple(reasons[pk, area, verb])
            found.append(Right(pk, places[pk].code, area, verb, why))
    return sorted(found, key=lambda right: (right.property_code, right.area, right.verb))


def _reasons(user: User, places: dict[int, Property]) -> dict[tuple[int, str, str], list[Reason]]:
    found: dict[tuple[int, str, str], list[Reason]] = defaultdict(list)
    rows = RoleAssignment.objects.filter(user=user).select_related("role", "property", "group")
    for row in rows.prefetch_related("role__permissions", "group__properties"):
        reason = Reason("role", row.pk, row.role_id, row.role.code, row.group_id, str(row.group or ""))
        for place in places_of(row):
            if place.pk in places and is_valid_at(row, place):
                for right in row.role.permissions.all():
                    found[place.pk, right.area, right.verb].append(reason)
    direct = PropertyUserObjectPermission.held().filter(user=user, content_object__in=places)
    for pk, name, end in direct.values_list("content_object_id", "permission__codename", "valid_until"):
        found[(pk, *pair_of(name))].append(Reason("direct", valid_until=end))
    return found


@dataclass(frozen=True)
class PropertyGrants:
    """What a caller may do at one property: area to verbs."""

    property: Property
    areas: dict[str, list[str]]


def grants_by_property(user: User) -> list[PropertyGrants]:
    """The caller's own rights (narrowed by his token), one entry per property, by name."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, ids in sorted(grants_of(user).by_codename.items()):
        area, verb = pair_of(name)
        for pk in ids:
            found[pk][area].append(verb)
    places = Property.objects.filter(pk__in=found)
    return [
        PropertyGrants(place, {area: found[place.pk][area] for area in sorted(found[place.pk])})
        for place in places
    ]
