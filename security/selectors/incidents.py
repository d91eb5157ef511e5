"""Reads of incidents: with how many steps wait, and what a caller may do about them."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from hotel.accounts.selectors.actions import NO_RIGHT, actions_for
from hotel.core.actions import Action
from hotel.core.words import _
from hotel.monitoring.models.limits import holds_everywhere
from hotel.properties.scoping import sees_everything
from security.domain.incident_commands import AREA, VERB, incident_actions
from security.incident_choices import StepStatus
from security.models import SecurityIncident


def incidents_counted() -> QuerySet[SecurityIncident]:
    """All incidents with ``open_steps``; to be narrowed by ``visible_to``."""
    return SecurityIncident.objects.annotate(
        open_steps=Count("steps", filter=Q(steps__status=StepStatus.OPEN))
    )


def actions_of(row: SecurityIncident, user: Any) -> list[Action]:
    """Every command on an incident as this caller may give it."""
    return actions_for_incident(row, user, incident_actions(row.standing))


def actions_for_incident(row: SecurityIncident, user: Any, found: list[Action]) -> list[Action]:
    """Commands on an incident, or on what hangs on it, as this caller may give them.

    Of one that concerns the whole installation only who holds the right everywhere may.
    """
    if row.property_id is not None:
        return found if sees_everything(user) else actions_for(user, row.property_id, found)
    if sees_everything(user) or _everywhere(user):
        return found
    return [action.denied("permission_denied", _(NO_RIGHT)) for action in found]


def _everywhere(user: Any) -> bool:
    """Asked once of each user object, as grants are."""
    if not hasattr(user, "_responds_everywhere"):
        user._responds_everywhere = holds_everywhere(user, VERB, AREA)
    return bool(user._responds_everywhere)
