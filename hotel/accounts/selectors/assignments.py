"""Which assignments count, where, and on which days."""

from typing import Any

from django.db.models import Q, QuerySet

from hotel.accounts.models import RoleAssignment, User
from hotel.core.clock import now
from hotel.properties.models import Property


def places_of(assignment: RoleAssignment) -> list[Property]:
    """The properties an assignment reaches: one, or those now in its group."""
    if assignment.group is not None:
        return list(assignment.group.properties.all())
    return [assignment.property] if assignment.property is not None else []


def is_valid_at(assignment: RoleAssignment, place: Property) -> bool:
    """Whether the assignment counts on the property's present calendar day."""
    today = now().astimezone(place.zone).date()
    started = assignment.valid_from is None or assignment.valid_from <= today
    return started and (assignment.valid_to is None or today <= assignment.valid_to)


def assignments_now(user: Any, place: Property) -> list[RoleAssignment]:
    """The person's assignments that reach the property and count today, with their roles; one query."""
    rows = RoleAssignment.objects.filter(user_id=user.pk).reaching([place.pk])
    return [row for row in rows.select_related("role", "group") if is_valid_at(row, place)]


def roles_now(user: Any, place: Property) -> QuerySet[RoleAssignment, Any]:
    """Ids of the roles that a person has at a property on its present calendar day; for a statement that is asked."""
    today = now().astimezone(place.zone).date()
    rows = RoleAssignment.objects.filter(user_id=user.pk).reaching([place.pk])
    begun = Q(valid_from=None) | Q(valid_from__lte=today)
    return rows.filter(begun, Q(valid_to=None) | Q(valid_to__gte=today)).values("role")


def people_of_role(place: Property, code: str) -> list[User]:
    """Who holds a role at a property today, by name; one query."""
    rows = RoleAssignment.objects.filter(role__code=code, user__is_active=True).reaching([place.pk])
    found = {row.user for row in rows.select_related("user", "role", "group") if is_valid_at(row, place)}
    return sorted(found, key=lambda user: user.username)
