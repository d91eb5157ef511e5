"""The night audit as its page tells it: what is done before, how long each step took, and who has left owing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hotel.folios.choices import FolioStatus
from hotel.folios.models import Folio
from hotel.folios.selectors.balances import folio_balances
from hotel.properties.models import Property
from hotel.reservations.choices import ReservationStatus
from hotel.stays.choices import StepName
from hotel.stays.models import NightAudit, NightAuditStep

OVER = (ReservationStatus.CHECKED_OUT, ReservationStatus.CANCELLED, ReservationStatus.NO_SHOW)
# first step of a phase -> what it is called
PHASES: dict[str, str | Promise] = {
    StepName.CHECKS: _("Before"),
    StepName.NO_SHOWS: _("Post"),
    StepName.ROOMS: _("Count and prove"),
    StepName.ROLL: _("Roll the business date"),
}
# code of a blocker -> what is so when there is none
CALM: dict[str, str | Promise] = {
    "guests_due_out": _("Every guest who was to leave has left."),
    "moves_due": _("Every guest is in the room of tonight."),
    "cashiers_open": _("Every till is closed."),
}


@dataclass(frozen=True)
class TimedStep:
    """A step, the phase that it begins, and how long it took.

    Attributes:
        phase: in words; empty for a step that begins none.
        seconds: None before it is done.
    """

    step: NightAuditStep
    phase: str
    seconds: float | None


def steps_timed(audit: NightAudit | None, steps: Sequence[NightAuditStep]) -> list[TimedStep]:
    """The steps in order; each begins when the one before it is done, the first two when the check had passed."""
    found, begun = [], audit.started_at if audit is not None else None
    for step in steps:
        found.append(TimedStep(step, str(PHASES.get(step.name, "")), _seconds(begun, step.done_at)))
        begun = step.done_at or begun
    return found


def _seconds(begun: datetime | None, done: datetime | None) -> float | None:
    return max((done - begun).total_seconds(), 0) if begun is not None and done is not None else None


def folios_left(place: Property) -> list[Folio]:
    """Open folios of stays that are over and are not at zero, with ``balance``, the largest first; two queries."""
    rows = Folio.objects.at(place.pk).filter(status=FolioStatus.OPEN, reservation__status__in=OVER)
    folios = {folio.pk: folio for folio in rows.select_related("reservation__primary_guest")}
    balances = folio_balances(place.pk, list(folios)) if folios else {}
    for pk, balance in balances.items():
        folios[pk].balance = balance
    owing = [folio for folio in folios.values() if folio.pk in balances and folio.balance.amount]
    return sorted(owing, key=lambda folio: (-folio.balance.amount, folio.number))
