"""A person looks at the house as a colleague sees it: begun with a reason, ended by itself, by him or by others."""

from datetime import timedelta

from django.db import transaction

from hotel.accounts.choices import ImpersonationEnd
from hotel.accounts.domain.impersonations import LEAST_REASON, MOST_MINUTES
from hotel.accounts.models import Impersonation, User
from hotel.accounts.services.guards import (
    is_unlimited,
    property_ids_of,
    require_another,
    require_holds,
    require_manages,
    rights_ever,
)
from hotel.contracts.accounts import ImpersonationBegan
from hotel.core.actor import words
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, NotPermitted
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.security_events import security_event
from hotel.core.words import _
from hotel.properties.scoping import grants_of


@transaction.atomic
def impersonation_begin(
    *, user: User, reason: str, session: str, by: User, minutes: int = MOST_MINUTES
) -> Impersonation:
    """Let a person look as another from now on; the other is told by e-mail.

    Args:
        user: who is looked at.
        reason: why, in a sentence; the other reads it.
        session: what the list of sessions calls the one in which he looks.
        by: who looks, in person.
        minutes: until it ends by itself.

    Raises:
        NotPermitted, RightsExceeded: see ``require_may_impersonate``.
        InvalidInput: no reason, or a time that is too long.
        Conflict: he looks as somebody already (``acting_as_already``).

    Locks: who looks.

    Publishes: ImpersonationBegan.
    """
    [_locked] = lock_rows(User.objects.filter(pk=by.pk))
    require_may_impersonate(by=by, user=user)
    reason = words(reason)
    if len(reason) < LEAST_REASON:
        text = _("Say in a sentence why you have to look.")
        raise InvalidInput(text, fields={"reason": [text]})
    if not 1 <= minutes <= MOST_MINUTES:
        text = _("At most %(most_minutes)s minutes.") % {"most_minutes": MOST_MINUTES}
        raise InvalidInput(text, fields={"minutes": [text]})
    if not session:
        raise NotPermitted(_("Sign in to look as somebody else."), code="token_not_enough")
    _require_no_other(by)
    row = Impersonation.objects.create(
        actor=by, user=user, reason=reason, session=session, until=now() + timedelta(minutes=minutes)
    )
    security_event("impersonation_began", user=user.pk, by=by.pk, impersonation=row.pk)
    publish(
        ImpersonationBegan(
            property_id=None, user_id=user.pk, impersonation_id=row.pk, actor_id=by.pk, until=row.until
        )
    )
    return row


@transaction.atomic
def impersonation_end(
    *, impersonation: Impersonation, ending: str = ImpersonationEnd.ASKED, by: User | None = None
) -> Impersonation:
    """End it. Repeatable: the first ending stays.

    Args:
        impersonation: read again under its lock.
        ending: of ``ImpersonationEnd``; somebody else's is always stopped.
        by: who asks: who looks, or who manages him. None for the house itself.

    Raises:
        NotPermitted: ``by`` is neither.

    Locks: the impersonation.
    """
    [row] = lock_rows(Impersonation.objects.filter(pk=impersonation.pk))
    if by is not None and by.pk != row.actor_id:
        require_manages(by=by, user=row.actor)
        ending = ImpersonationEnd.STOPPED
    if row.ended_at is None:
        row.ended_at, row.ending = now(), ending
        row.save(update_fields=["ended_at", "ending", "updated_at"])
        security_event(
            "impersonation_ended",
            user=row.user_id,
            by=row.actor_id,
            impersonation=row.pk,
            ending=str(row.ending),
        )
    return row


def require_may_impersonate(*, by: User, user: User) -> None:
    """Refuse unless ``by`` may look as this person now; asked at the beginning and with every request of it.

    Raises:
        NotPermitted: a token, or somebody who looks as another already; oneself; a superuser, a machine or somebody
            who is shut out; no ``act_as`` at every property of the person, or the person has none.
        RightsExceeded: the person has or will have a right that he does not hold at that property.
    """
    if not by.is_active or by.is_machine or by.grant_limit is not None:
        raise NotPermitted(
            _("Only a person who is signed in himself looks as another."), code="token_not_enough"
        )
    require_another(by=by, user=user, text=_("You see the house as yourself already."))
    if user.is_superuser or user.is_machine or not user.is_active:
        raise NotPermitted(_("Nobody looks as a superuser, a machine or somebody who is shut out."))
    places = property_ids_of(user)
    if not is_unlimited(by) and not (places and places <= grants_of(by).property_ids("act_as", "accounts")):
        raise NotPermitted(_("You may not look as others at every property of this person."))
    for property_id, names in rights_ever(user).items():
        require_holds(by=by, codenames=names, property_id=property_id)


def _require_no_other(by: User) -> None:
    """One at a time; what is over, or lost its session, is ended."""
    for row in Impersonation.objects.filter(actor=by, ended_at=None):
        if Impersonation.objects.running().filter(pk=row.pk).exists():
            raise Conflict(
                _("You look as %(user)s already. End that first.") % {"user": row.user},
                code="acting_as_already",
            )
        over = row.until <= now()
        impersonation_end(
            impersonation=row, ending=ImpersonationEnd.OVER if over else ImpersonationEnd.SIGNED_OUT
        )
