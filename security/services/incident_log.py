"""Lines of a timeline, written in the transaction of what they tell of."""

from typing import Any

from hotel.accounts.models import User
from hotel.core.exceptions import NotFound
from hotel.core.locks import lock_rows
from hotel.core.words import _
from security.domain.incident_commands import incident_actions
from security.models import IncidentEntry, SecurityIncident


def entry_add(
    incident: SecurityIncident, kind: str, text: str, *, by: User | None = None, **detail: Any
) -> IncidentEntry:
    """Add one line; by nobody when the house itself does something."""
    return IncidentEntry.objects.create(
        incident=incident, kind=kind, text=text[:4000], actor=by, detail=detail
    )


def incident_locked(incident: SecurityIncident, command: str = "") -> SecurityIncident:
    """The incident, locked and read anew, if it takes a command now.

    Raises:
        NotFound: it does not exist.
        Conflict: what ``actions[]`` says of the command.
    """
    found = lock_rows(SecurityIncident.objects.filter(pk=incident.pk))
    if not found:
        raise NotFound(_("There is no such incident."))
    [row] = found
    if command:
        [action] = [one for one in incident_actions(row.standing) if one.name == command]
        if not action.is_allowed:
            raise action.refusal(row.status)
    return row
