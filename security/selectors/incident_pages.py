"""What the pages of incidents show: the list with its clocks, and one incident with all that hangs on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from hotel.core.actions import Action
from hotel.core.clock import now
from security.domain.containment import WAYS, Way, containment_actions, step_actions
from security.domain.incident_commands import WAYS as MOVES
from security.domain.incidents import hours_left
from security.incident_choices import ENDED
from security.models import IncidentContainment, IncidentStep, SecurityIncident
from security.selectors.incidents import actions_for_incident, actions_of, incidents_counted

SEVERITIES = ("critical", "high", "medium", "low")


@dataclass(frozen=True)
class Clock:
    """How the 72 hours stand.

    Attributes:
        state: ``none`` (no breach, or nobody has said), ``runs``, ``over``, ``told`` or ``not_needed``.
        hours: whole hours left, rounded down; below zero when they are over.
        due_at: when they end.
    """

    state: str
    hours: int = 0
    due_at: datetime | None = None

    @property
    def late_hours(self) -> int:
        """Whole hours since they ended."""
        return max(-self.hours, 0)


def clock_of(row: SecurityIncident, at: datetime) -> Clock:
    """The clock of an incident at a moment; that of a drill runs as if it were real."""
    if row.aware_at is None or row.notice_due_at is None:
        return Clock("none")
    if row.authority_told_at is not None:
        return Clock("told", due_at=row.notice_due_at)
    if not row.standing.needs_clock:
        return Clock("not_needed", due_at=row.notice_due_at)
    hours = hours_left(row.aware_at, at)
    return Clock("over" if at > row.notice_due_at else "runs", hours, row.notice_due_at)


def incidents_found(user: Any, wanted: Mapping[str, Any]) -> QuerySet[SecurityIncident]:
    """Incidents that a person sees, newest first.

    Args:
        user: who looks.
        wanted: ``show`` (empty for open ones, ``ended``, ``all``), ``severity`` and words ``q``; all may be missing.
    """
    seen = SecurityIncident.objects.all().visible_to(user).values("pk")
    rows = incidents_counted().filter(pk__in=seen).select_related("property")
    if wanted.get("show") != "all":
        ended = Q(status__in=ENDED)
        rows = rows.filter(ended if wanted.get("show") == "ended" else ~ended)
    if severity := wanted.get("severity"):
        rows = rows.filter(severity=severity)
    if words := wanted.get("q"):
        rows = rows.filter(
            Q(title__icontains=words) | Q(summary__icontains=words) | Q(subject__icontains=words)
        )
    return rows.order_by("-detected_at", "-pk")


def with_clocks(rows: Iterable[SecurityIncident]) -> list[tuple[SecurityIncident, Clock]]:
    """Incidents with how their clocks stand now."""
    moment = now()
    return [(row, clock_of(row, moment)) for row in rows]


@dataclass(frozen=True)
class StepLine:
    """One step, what the house can do about it, and what may be done by whom looks."""

    row: IncidentStep
    way: Way | None
    may: Mapping[str, Action]


@dataclass(frozen=True)
class ContainmentLine:
    """One containment, what undoing does, and whether whoever looks may."""

    row: IncidentContainment
    way: Way
    undo: Action


def steps_of(row: SecurityIncident, user: Any) -> list[StepLine]:
    """The check-list in order; two queries."""
    found = []
    for step in row.steps.select_related("done_by").order_by("pk"):
        step.incident = row
        actions = actions_for_incident(row, user, step_actions(step.standing))
        found.append(StepLine(step, WAYS.get(step.action), {one.name: one for one in actions}))
    return found


def containments_of(row: SecurityIncident, user: Any) -> list[ContainmentLine]:
    """What the house did at once, newest first."""
    found = []
    for made in row.containments.select_related("taken_by", "undone_by"):
        [undo] = actions_for_incident(row, user, containment_actions(made.standing))
        found.append(ContainmentLine(made, WAYS[made.action], undo))
    return found


def commands_of(row: SecurityIncident, user: Any) -> dict[str, Action]:
    """Every command by its name, as whoever looks may give it."""
    return {one.name: one for one in actions_of(row, user)}


def moves_allowed(commands: Mapping[str, Action]) -> list[Action]:
    """Those that bring it further now."""
    return [commands[name] for name in MOVES if commands[name].is_allowed]


def moves_held(commands: Mapping[str, Action]) -> list[str]:
    """Why it does not come further although its state would allow it: what has to be done first."""
    ignored = {"", "status_forbids", "permission_denied"}
    return [commands[name].reason for name in MOVES if commands[name].code not in ignored]
