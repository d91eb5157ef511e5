"""The register of breaches of personal data (GDPR 33(5)): facts, effects, remedy, and what was decided and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from hotel.core.clock import now
from security.domain.breach_register import AUTHORITY, PEOPLE, Facts, authority_decision, people_decision
from security.models import IncidentContainment, SecurityIncident


@dataclass(frozen=True)
class BreachLine:
    """One breach as the register tells it.

    Attributes:
        row: the incident.
        authority, people: codes of ``domain.breach_register``.
        done: what the house did at once and was not taken back, in words, in order.
    """

    row: SecurityIncident
    authority: str
    people: str
    done: tuple[str, ...]

    @property
    def authority_words(self) -> str:
        """The decision for people."""
        return AUTHORITY[self.authority]

    @property
    def people_words(self) -> str:
        """The decision for people."""
        return PEOPLE[self.people]


def breaches_all() -> QuerySet[SecurityIncident]:
    """Every breach, newest first; no drills and no false alarms. To be narrowed by ``visible_to``."""
    standing = IncidentContainment.objects.filter(undone_at=None).order_by("pk")
    rows = SecurityIncident.objects.all().breaches().select_related("property")
    return rows.prefetch_related(
        Prefetch("containments", standing, to_attr="standing_containments")
    ).order_by("-aware_at", "-pk")


def breach_line(row: SecurityIncident, at: datetime) -> BreachLine:
    """A breach of ``breaches_all`` as the register tells it at a moment."""
    assert row.aware_at is not None  # noqa: S101  (a constraint of the table)
    facts = Facts(row.aware_at, row.risk, row.authority_told_at, row.people_told_at)
    done = tuple(made.result for made in row.standing_containments)  # type: ignore[attr-defined]
    return BreachLine(row, authority_decision(facts, at), people_decision(facts), done)


def register_of(user: Any) -> list[BreachLine]:
    """The register as a person sees it, now; two queries."""
    moment = now()
    seen = SecurityIncident.objects.all().visible_to(user).values("pk")
    return [breach_line(row, moment) for row in breaches_all().filter(pk__in=seen)]
