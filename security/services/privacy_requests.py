"""Requests of guests: recorded, identified, extended, carried out, refused."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from hotel.contracts.privacy import GuestObjected, GuestProcessingRestricted, GuestRectified
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, NotPermitted, RuleBroken
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.words import _, in_sentence
from hotel.guests.models import Guest
from hotel.guests.services.guests import CHANGEABLE, guest_change
from hotel.guests.services.privacy import objection_record, processing_restrict
from hotel.properties.models import Property
from security.domain.deadlines import due_on
from security.domain.privacy_requests import OPEN, may_become
from security.models import PrivacyRequest
from security.privacy_choices import RequestKind, RequestStatus
from security.selectors.erasures import erasure_obstacles


@transaction.atomic
def request_record(
    *,
    place: Property,
    guest: Guest,
    kind: str,
    by: Any,
    received_on: date | None = None,
    purpose: str = "",
    changes: Mapping[str, Any] | None = None,
    words: str = "",
) -> PrivacyRequest:
    """Note that a guest asks for one of his rights; its month begins on the day it was received.

    Args:
        place: where it was received.
        guest: whose data it is about; a merged profile leads to nothing, give the one that lives on.
        kind: one of RequestKind.
        by: who records it; None for the guest himself.
        received_on: calendar day at the property, not in the future; today there when None.
        purpose: of an objection, which needs one.
        changes: of a rectification, which needs some: fields of a profile to what is right.
        words: what he wrote or said.

    Raises:
        InvalidInput: a day in the future, or what this kind needs is missing.
        RuleBroken: the guest belongs to another chain.
    """
    today = now().astimezone(place.zone).date()
    _check(kind, purpose, changes or {}, received_on or today, today)
    if guest.chain_id != place.chain_id:
        raise RuleBroken(_("A profile is known within its own chain only."), code="other_chain")
    return PrivacyRequest.objects.create(
        property=place,
        guest=guest,
        kind=kind,
        purpose=purpose,
        changes=json.dumps(changes, default=str) if changes else "",
        words=words,
        received_on=received_on or today,
        due_on=due_on(received_on or today),
        recorded_by=by,
    )


def _check(kind: str, purpose: str, changes: Mapping[str, Any], received_on: date, today: date) -> None:
    wrong = {}
    if received_on > today:
        wrong["received_on"] = _("A request cannot be received in the future.")
    if (kind == RequestKind.OBJECTION) != bool(purpose):
        wrong["purpose"] = _("An objection, and nothing else, is to a purpose.")
    if (kind == RequestKind.RECTIFICATION) != bool(changes):
        wrong["changes"] = _("A rectification, and nothing else, says what is right.")
    elif unknown := set(changes) - CHANGEABLE:
        wrong["changes"] = _("Not of a profile: %(unknown)s.") % {"unknown": ", ".join(sorted(unknown))}
    elif not _is_day(changes.get("birth_date")):
        wrong["changes"] = _("Write the date of birth as 1980-12-31.")
    if wrong:
        fields = {name: [text] for name, text in wrong.items()}
        raise InvalidInput(" ".join(wrong.values()), fields=fields)


def _is_day(value: Any) -> bool:
    """Whether a date of birth can be read; none at all can."""
    try:
        return not value or bool(date.fromisoformat(str(value)))
    except ValueError:
        return False


@transaction.atomic
def request_identify(*, request: PrivacyRequest, method: str, by: Any) -> PrivacyRequest:
    """Note how the guest proved who he is, which must be before anything is given to him (GDPR 12(6)).

    Raises:
        InvalidInput: no method. Conflict: identified already, or closed.
    """
    _needed(method, "method", _("Say how the guest proved who he is."))
    row = moved(request, RequestStatus.IDENTIFIED)
    row.identity_check, row.identified_at, row.identified_by = method.strip()[:200], now(), by
    return saved(row)


@transaction.atomic
def request_extend(*, request: PrivacyRequest, reason: str, by: Any) -> PrivacyRequest:
    """Take two months more, once, within the first month; the guest is told the reason (GDPR 12(3)).

    Raises:
        InvalidInput: no reason. Conflict: closed, extended already, or the month is over.
    """
    _needed(reason, "reason", _("Say why it takes longer; the guest is told."))
    row = locked(request)
    if row.status not in OPEN or row.extended_at is not None:
        raise Conflict(_("This request cannot be extended any more."), code="not_extendable")
    if now().astimezone(row.property.zone).date() > row.due_on:
        raise Conflict(_("The first month is over: extending it had to be said within."), code="too_late")
    row.extended_at, row.extension_reason = now(), reason.strip()[:400]
    row.due_on = due_on(row.received_on, is_extended=True)
    return saved(row)


@transaction.atomic
def request_refuse(*, request: PrivacyRequest, reason: str, by: Any) -> PrivacyRequest:
    """Refuse with a reason, which the guest is told with his right to complain (GDPR 12(4)).

    Raises:
        InvalidInput: no reason. Conflict: closed.
    """
    _needed(reason, "reason", _("Say why; the guest is told."))
    return closed(moved(request, RequestStatus.REFUSED), reason, by)


@transaction.atomic
def request_withdraw(*, request: PrivacyRequest, by: Any) -> PrivacyRequest:
    """The guest does not ask any more.

    Raises:
        Conflict: closed, or approved already.
    """
    return closed(moved(request, RequestStatus.WITHDRAWN), "Withdrawn by the guest.", by)


@transaction.atomic
def erasure_propose(*, request: PrivacyRequest, by: Any) -> PrivacyRequest:
    """Ask a second person to approve an erasure.

    Raises:
        Conflict: no erasure, not identified, or something forbids it now; ``extra["reasons"]`` says what.
    """
    if request.kind != RequestKind.ERASURE:
        raise Conflict(_("Only an erasure needs a second person."), code="no_erasure")
    if reasons := erasure_obstacles(request.guest_id):
        raise Conflict(" ".join(reasons), code="not_erasable", extra={"reasons": reasons})
    row = moved(request, RequestStatus.PROPOSED)
    row.proposed_by = by
    return saved(row)


@transaction.atomic
def erasure_approve(*, request: PrivacyRequest, by: Any) -> PrivacyRequest:
    """Approve an erasure as the second person; a worker carries it out.

    Raises:
        NotPermitted: the same person proposed or recorded it. Conflict: not proposed.
    """
    row = moved(request, RequestStatus.APPROVED)
    if by is None or by.pk in (row.proposed_by_id, row.recorded_by_id):
        raise NotPermitted(
            _("Somebody else than who asked for it must approve an erasure."), code="four_eyes"
        )
    row.approved_by, row.approved_at = by, now()
    return saved(row)


@transaction.atomic
def request_carry_out(*, request: PrivacyRequest, by: Any) -> PrivacyRequest:
    """Do what an identified guest asks for, erasures apart; of access and portability, that his files were handed out.

    Raises:
        Conflict: not identified, closed, an erasure, or the files are not ready.

    Locks: the request, the guest.
    """
    row = moved(request, RequestStatus.COMPLETED)
    if row.kind == RequestKind.ERASURE:
        raise Conflict(_("An erasure is proposed and approved."), code="four_eyes")
    return closed(row, _DONE[RequestKind(row.kind)](row), by)


def _handed_out(row: PrivacyRequest) -> str:
    if not row.bundles.filter(status="ready").exists():
        raise Conflict(_("Have his files made first."), code="no_bundle")
    return "The files were handed out."


def _rectified(row: PrivacyRequest) -> str:
    guest, right = row.guest, json.loads(row.changes)
    if "birth_date" in right:
        right["birth_date"] = date.fromisoformat(right["birth_date"]) if right["birth_date"] else None
    before = {name: str(getattr(guest, name)) for name in right}
    fresh = guest_change(guest=guest, changes=right, country=row.property.country)
    history = {name: [before[name], str(getattr(fresh, name))] for name in right}
    row.history = json.dumps(history)
    names = tuple(sorted(name for name, (was, is_now) in history.items() if was != is_now))
    publish(GuestRectified(property_id=None, guest_id=guest.pk, request_id=row.pk, fields=names))
    return f"Put right: {', '.join(names) or 'nothing was wrong'}."


def _restricted(row: PrivacyRequest) -> str:
    processing_restrict(guest=row.guest)
    publish(GuestProcessingRestricted(property_id=None, guest_id=row.guest_id, request_id=row.pk))
    return "The processing is restricted."


def _objected(row: PrivacyRequest) -> str:
    objection_record(guest=row.guest, purpose=row.purpose)
    publish(GuestObjected(property_id=None, guest_id=row.guest_id, request_id=row.pk, purpose=row.purpose))
    return f"The objection to {row.purpose} holds from now on."


_DONE: dict[RequestKind, Callable[[PrivacyRequest], str]] = {
    RequestKind.ACCESS: _handed_out,
    RequestKind.PORTABILITY: _handed_out,
    RequestKind.RECTIFICATION: _rectified,
    RequestKind.RESTRICTION: _restricted,
    RequestKind.OBJECTION: _objected,
}


def _needed(text: str, field: str, message: str) -> None:
    if not text.strip():
        raise InvalidInput(message, fields={field: [message]})


def locked(request: PrivacyRequest) -> PrivacyRequest:
    """The request, locked and fresh."""
    return lock_rows(PrivacyRequest.objects.filter(pk=request.pk))[0]


def moved(request: PrivacyRequest, status: RequestStatus) -> PrivacyRequest:
    """The locked request in its next state, not saved.

    Raises:
        Conflict: there is no way from where it is.
    """
    row = locked(request)
    if not may_become(row.status, status):
        text = _("A request that is %(status)s cannot become %(status_2)s.") % {
            "status": in_sentence(row.get_status_display),
            "status_2": in_sentence(status.label),
        }
        raise Conflict(text, code="status_forbids", extra={"status": row.status})
    row.status = status
    return row


def closed(row: PrivacyRequest, outcome: str, by: Any) -> PrivacyRequest:
    """Close a locked request with what was done or why not, and save it."""
    row.outcome, row.closed_at, row.closed_by = outcome.strip()[:2000], now(), by
    return saved(row)


def saved(row: PrivacyRequest) -> PrivacyRequest:
    """Save a locked request in its next version."""
    row.version += 1
    row.save()
    return row
