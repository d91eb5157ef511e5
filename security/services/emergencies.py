"""Breaking the glass: more rights for some minutes, and what follows."""

from datetime import timedelta

from django.db import transaction

from hotel.accounts.models import User
from hotel.accounts.services.direct_grants import lent_take_back, role_lend
from hotel.contracts.security import EmergencyAccessOpened, EmergencyAccessReviewed
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, NotPermitted, RuleBroken
from hotel.core.facts import publish
from hotel.core.locks import LockSpace, advisory_lock, lock_rows
from hotel.core.words import _
from hotel.properties.models import Property
from security.choices import EmergencyVerdict
from security.models import EmergencyAccess
from security.selectors.policies import policy_of


@transaction.atomic
def emergency_open(*, place: Property, reason: str, by: User, minutes: int | None = None) -> EmergencyAccess:
    """Take the chain's emergency role at a property, in person, until an instant; effective at once.

    The right to do so was asked by the door. The rights end by themselves: each request reads their end.

    Args:
        place: the property.
        reason: what has happened; told to everybody who may agree to rights.
        by: the person; a token never breaks the glass.
        minutes: how long, at most the policy's; None for that.

    Publishes: EmergencyAccessOpened.

    Raises:
        InvalidInput: no reason, or longer than the policy allows.
        NotPermitted: a machine or a token.
        RuleBroken: the chain has named no emergency role.
        Conflict: one is open already.

    Locks: one advisory lock per person.
    """
    if by.is_machine or getattr(by, "grant_limit", None) is not None:
        raise NotPermitted(_("An emergency access is taken in person, not by a token."))
    if len(reason.strip()) < 10:
        text = _("Say in a sentence what has happened.")
        raise InvalidInput(text, fields={"reason": [text]})
    policy = policy_of(place.chain_id)
    wanted = policy.emergency_minutes if minutes is None else minutes
    if not 1 <= wanted <= policy.emergency_minutes:
        text = _("At most %(emergency_minutes)s minutes.") % {"emergency_minutes": policy.emergency_minutes}
        raise InvalidInput(text, fields={"minutes": [text]})
    if policy.emergency_role is None:
        raise RuleBroken(_("The chain has named no role for emergencies."), code="emergency_role_missing")
    advisory_lock(LockSpace.PROPERTY_SETUP, f"emergency {by.pk}")
    if EmergencyAccess.objects.at(place.pk).filter(user=by, closed_at=None, ends_at__gt=now()).exists():
        raise Conflict(_("You have an emergency access here already."), code="emergency_open")
    emergency = EmergencyAccess.objects.create(
        property=place,
        user=by,
        role=policy.emergency_role,
        reason=reason.strip(),
        ends_at=now() + timedelta(minutes=wanted),
    )
    role_lend(user=by, role=emergency.role, place=place, until=emergency.ends_at)
    publish(
        EmergencyAccessOpened(
            property_id=place.pk,
            emergency_id=emergency.pk,
            user_id=by.pk,
            role_id=emergency.role_id,
            ends_at=emergency.ends_at,
        )
    )
    return emergency


@transaction.atomic
def emergency_close(*, emergency: EmergencyAccess, by: User | None) -> EmergencyAccess:
    """Give the rights back before their end, or take them from somebody. Repeatable.

    Locks: the emergency access.
    """
    [emergency] = lock_rows(EmergencyAccess.objects.filter(pk=emergency.pk))
    if emergency.closed_at is None:
        emergency.closed_at, emergency.closed_by = min(now(), emergency.ends_at), by
        emergency.save(update_fields=["closed_at", "closed_by", "updated_at"])
        lent_take_back(user=emergency.user, place=emergency.property, until=emergency.ends_at)
    return emergency


@transaction.atomic
def emergency_review(*, emergency: EmergencyAccess, verdict: str, note: str, by: User) -> EmergencyAccess:
    """Say afterwards whether it was justified.

    Publishes: EmergencyAccessReviewed.

    Raises:
        NotPermitted: one's own.
        Conflict: it still runs, or was looked at already.
        InvalidInput: no verdict, or an unjustified one without a note.

    Locks: the emergency access.
    """
    [emergency] = lock_rows(EmergencyAccess.objects.filter(pk=emergency.pk))
    if by.pk == emergency.user_id:
        raise NotPermitted(_("Somebody else looks at your emergency access."), code="four_eyes")
    if emergency.closed_at is None and emergency.ends_at > now():
        raise Conflict(_("It still runs. Close it first."), code="emergency_running")
    if emergency.verdict != EmergencyVerdict.OPEN:
        raise Conflict(_("It was looked at already."), code="emergency_reviewed")
    if verdict not in {EmergencyVerdict.JUSTIFIED, EmergencyVerdict.UNJUSTIFIED}:
        raise InvalidInput(_("Say justified or unjustified."), fields={"verdict": [_("Not a verdict.")]})
    if verdict == EmergencyVerdict.UNJUSTIFIED and not note.strip():
        raise InvalidInput(_("Say why it was not justified."), fields={"note": [_("Say why.")]})
    emergency.verdict, emergency.review_note = verdict, note.strip()
    emergency.reviewed_by, emergency.reviewed_at = by, now()
    emergency.save(update_fields=["verdict", "review_note", "reviewed_by", "reviewed_at", "updated_at"])
    publish(
        EmergencyAccessReviewed(
            property_id=emergency.property_id,
            emergency_id=emergency.pk,
            user_id=emergency.user_id,
            verdict=verdict,
            reviewed_by_id=by.pk,
        )
    )
    return emergency


def emergencies_end() -> int:
    """Sweep away what was lent and is over; it gave nothing any more. Repeatable. Returns how many were closed."""
    over = EmergencyAccess.objects.filter(closed_at=None, ends_at__lte=now())
    ended = [emergency_close(emergency=row, by=None) for row in over.order_by("pk")]
    return len(ended)
