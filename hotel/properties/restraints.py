"""What is held back at which property, as this process read it last: asking costs a request nothing.

A thread of each process reads it each second. What must be exact asks the tables: ``selectors.restraints``.
"""

from dataclasses import dataclass
from datetime import datetime

from hotel.core.clock import now
from hotel.core.words import _, gettext_noop
from hotel.properties.choices import RestraintKind
from hotel.properties.models import PropertyRestraint
from hotel.properties.tenancy import EVERYTHING, tenant_scope

SENTENCES = {
    RestraintKind.READ_ONLY: gettext_noop(
        "Nothing can be changed here at present: this hotel is read-only until %(until)s UTC, or until somebody "
        "ends it. Why: %(reason)s"
    ),
    RestraintKind.EXPORTS: gettext_noop(
        "No files with personal data are given out here at present: exports are frozen until %(until)s UTC, or "
        "until somebody ends it. Why: %(reason)s"
    ),
    RestraintKind.SECOND_STEP: gettext_noop(
        "Signing in here asks for a second step at present until %(until)s UTC, or until somebody ends it. "
        "Why: %(reason)s"
    ),
}


@dataclass(frozen=True)
class Restraint:
    """One that stands.

    Attributes:
        property_id: where.
        kind: a ``RestraintKind``.
        reason: why.
        until: when it ends by itself.
    """

    property_id: int
    kind: str
    reason: str
    until: datetime

    @property
    def sentence(self) -> str:
        """What holds, why and until when, for whoever is refused."""
        told = {"until": f"{self.until:%Y-%m-%d %H:%M}", "reason": self.reason}
        return _(SENTENCES[RestraintKind(self.kind)]) % told


class Standing:
    """What this process knows; nothing until it has read."""

    def __init__(self) -> None:
        """Nothing is known."""
        self.forget()

    def forget(self) -> None:
        """As new."""
        self._read: tuple[Restraint, ...] = ()

    def refresh(self) -> None:
        """Read what stands at all properties; one query."""
        self._read = restraints_read()

    @property
    def rows(self) -> tuple[Restraint, ...]:
        """What holds now: also where nothing was read since, it ends when its time is over."""
        if not self._read:
            return ()
        instant = now()
        return tuple(row for row in self._read if row.until > instant)

    def at(self, property_id: int, kind: str) -> Restraint | None:
        """One that stands at a property."""
        return next((row for row in self.rows if row.property_id == property_id and row.kind == kind), None)


def restraints_read() -> tuple[Restraint, ...]:
    """What stands at all properties, by property; one query."""
    with tenant_scope(EVERYTHING):
        rows = PropertyRestraint.objects.standing().order_by("property_id", "kind")
        return tuple(
            Restraint(*values) for values in rows.values_list("property_id", "kind", "reason", "until")
        )


standing = Standing()
