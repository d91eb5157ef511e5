"""Breaches of personal data: assessed, told to the authority and to people, and reminded of while the clock runs.

Source: GDPR 33 and 34; security reference §4.10.
"""

from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.clock import now
from hotel.core.exceptions import InvalidInput
from hotel.core.words import _
from security.domain.incidents import NOTICE, REMINDERS, needs_reason
from security.incident_choices import BreachRisk, EntryKind
from security.models import SecurityIncident
from security.services.incident_log import entry_add, incident_locked
from security.services.incident_notices import clock_tell


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """What is known of a breach, as GDPR 33(3) asks; what is None stays as it was.

    Attributes:
        is_breach: whether personal data were touched.
        aware_at: when the house knew; the clock's start. Now, unless told otherwise.
        risk, risk_reason: for the people concerned, and why it is thought so.
        data_categories: which data of whom.
        people_affected, records_affected: about how many.
        consequences, measures: effects, and what is done against them.
    """

    is_breach: bool | None = None
    aware_at: datetime | None = None
    risk: str | None = None
    risk_reason: str | None = None
    data_categories: str | None = None
    people_affected: int | None = None
    records_affected: int | None = None
    consequences: str | None = None
    measures: str | None = None


@transaction.atomic
def breach_assess(*, incident: SecurityIncident, said: Assessment, by: User) -> SecurityIncident:
    """Say what is known of the personal data concerned; the 72 hours begin when it is first said that there are any.

    Raises:
        InvalidInput: aware in the future; unlikely to be risky without a reason; taken back after the authority was
            told; a figure for what is no breach.
        Conflict: the incident has ended.

    Locks: the incident.
    """
    row = incident_locked(incident, "assess")
    given = {name: value for name, value in asdict(said).items() if value is not None}
    for name in (field.name for field in fields(Assessment) if field.name in given):
        setattr(row, name, given[name].strip() if isinstance(given[name], str) else given[name])
    if row.is_breach:
        row.aware_at = row.aware_at or now()
        _require_past(row.aware_at, "aware_at")
    elif row.authority_told_at is not None:
        text = _("The authority was told; a breach cannot be taken back.")
        raise InvalidInput(text, fields={"is_breach": [text]})
    else:
        row.aware_at, row.risk = None, BreachRisk.UNKNOWN
    if row.risk == BreachRisk.UNLIKELY and not row.risk_reason:
        text = _("Say why no risk is likely: the register must show it.")
        raise InvalidInput(text, fields={"risk_reason": [text]})
    row.save()
    told = {**given, "aware_at": row.aware_at}
    words = "Personal data were touched." if row.is_breach else "No personal data were touched."
    entry_add(row, EntryKind.ASSESSED, words if "is_breach" in given else "Assessed anew.", by=by, **told)
    return row


@transaction.atomic
def authority_tell(
    *,
    incident: SecurityIncident,
    by: User,
    told_at: datetime | None = None,
    reference: str = "",
    late_reason: str = "",
) -> SecurityIncident:
    """Write down that the authority was told (GDPR 33(1)); the house itself sends it nothing.

    Args:
        incident: read again under its lock.
        told_at: when; now unless told otherwise.
        reference: the authority's number for it.
        late_reason: why later than 72 hours after the house knew.

    Raises:
        InvalidInput: in the future, before the house knew, or late without a reason.
        Conflict: a drill, no breach, told already, or the incident has ended.

    Locks: the incident.
    """
    row = incident_locked(incident, "tell_authority")
    moment = told_at or now()
    _require_past(moment, "told_at")
    if row.aware_at is None or moment < row.aware_at:
        text = _("The house did not know of it then.")
        raise InvalidInput(text, fields={"told_at": [text]})
    if needs_reason(row.aware_at, moment) and not late_reason.strip():
        text = _("This is later than 72 hours: say why (GDPR 33(1)).")
        raise InvalidInput(text, code="late_reason_missing", fields={"late_reason": [text]})
    row.authority_told_at, row.authority_reference = moment, reference.strip()
    row.late_reason = late_reason.strip() if needs_reason(row.aware_at, moment) else ""
    row.save()
    entry_add(row, EntryKind.NOTICE, f"The authority was told. {row.late_reason}".strip(), by=by, at=moment)
    return row


@transaction.atomic
def people_tell(
    *, incident: SecurityIncident, how: str, by: User, told_at: datetime | None = None
) -> SecurityIncident:
    """Write down that the people concerned were told, and how (GDPR 34).

    Raises:
        InvalidInput: not said how, or in the future.
        Conflict: a drill, no breach, told already, or the incident has ended.

    Locks: the incident.
    """
    row = incident_locked(incident, "tell_people")
    moment = told_at or now()
    _require_past(moment, "told_at")
    if not how.strip():
        raise InvalidInput(_("Say how they were told."), fields={"how": [_("Say how they were told.")]})
    row.people_told_at, row.people_told_how = moment, how.strip()
    row.save()
    entry_add(row, EntryKind.NOTICE, f"The people concerned were told: {how.strip()}", by=by, at=moment)
    return row


def clocks_remind() -> int:
    """Remind those who respond of clocks that run: after 24, 48 and 66 hours, and when the 72 are over.

    Repeatable: each is reminded once of each hour; whoever missed several gets the last. Returns how many incidents.
    """
    ripe = now() - REMINDERS[0]
    rows = SecurityIncident.objects.untold().filter(aware_at__lte=ripe).order_by("pk")
    return sum(_remind(row) for row in rows)


@transaction.atomic
def _remind(incident: SecurityIncident) -> bool:
    row = incident_locked(incident)
    if row.aware_at is None or not row.standing.needs_clock:
        return False
    passed = [mark for mark in (*REMINDERS, NOTICE) if now() >= row.aware_at + mark]
    hours = passed[-1] // timedelta(hours=1) if passed else 0
    if hours <= row.reminded_hours:
        return False
    row.reminded_hours = hours
    row.save(update_fields=["reminded_hours", "updated_at"])
    entry_add(row, EntryKind.REMINDER, f"{hours} hours have passed since the house knew of it.", hours=hours)
    clock_tell(incident=row, hours=hours)
    return True


def _require_past(moment: datetime, name: str) -> None:
    if moment > now():
        raise InvalidInput(_("This is in the future."), fields={name: [_("This is in the future.")]})
