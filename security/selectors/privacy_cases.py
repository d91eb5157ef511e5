"""Requests of guests as a work list, and one of them step by step."""

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hotel.core.clock import now
from hotel.guests.models import Guest
from hotel.guests.querysets import GuestQuerySet
from hotel.properties.models import Property
from hotel.properties.scoping import grants_of
from security.domain.privacy_requests import OPEN
from security.domain.privacy_steps import FILE_KINDS
from security.models import LegalHold, PrivacyRequest
from security.privacy_choices import RequestKind, RequestStatus

SOON_DAYS = 7


@dataclass(frozen=True)
class Case:
    """One line of the work list.

    Attributes:
        request: the row.
        guest: his profile; None for those who may not know who it is.
        days_left: calendar days at the property until the last one to answer, negative when it is late; None when
            the request is closed.
        holds: how many legal holds forbid to erase him; 0 when nothing is to be erased.
    """

    request: PrivacyRequest
    guest: Guest | None
    days_left: int | None
    holds: int

    @property
    def urgency(self) -> str:
        """``bad`` when it is late, ``warn`` in its last week, else empty."""
        if self.days_left is None or self.days_left > SOON_DAYS:
            return ""
        return "bad" if self.days_left < 0 else "warn"


@dataclass(frozen=True)
class Step:
    """One step of a request, when and by whom it was done.

    Attributes:
        state: ``done``, ``next``, ``later``, or ``skipped`` when the request was closed before.
    """

    name: str
    state: str
    at: datetime | None = None
    by: str = ""
    detail: str = ""


def guests_known(user: Any, place: Property) -> GuestQuerySet:
    """Guests whose names a person may read in cases of a property.

    Who manages security there answers requests of every guest known there; others need the right to view guests.
    Those whose processing is restricted stay hidden from all but those who may see them anywhere.
    """
    if grants_of(user).holds("manage", "security", place.pk):
        return Guest.objects.visible_to(user, "manage", "security")
    return Guest.objects.visible_to(user)


def cases(requests: Sequence[PrivacyRequest], *, user: Any, place: Property) -> list[Case]:
    """Lines in the order of the requests, all of one property; a fixed number of queries however many there are."""
    guests = guests_known(user, place).in_bulk({row.guest_id for row in requests})
    holds = holds_by_guest(
        row.guest_id for row in requests if row.kind == RequestKind.ERASURE and row.status in OPEN
    )
    today = now().astimezone(place.zone).date()
    return [
        Case(
            request=row,
            guest=guests.get(row.guest_id),
            days_left=(row.due_on - today).days if row.status in OPEN else None,
            holds=holds[row.guest_id],
        )
        for row in requests
    ]


def holds_by_guest(guest_ids: Iterable[int]) -> Counter[int]:
    """How many holds stand on each guest or on a profile that was merged into him, over all merges that stand."""
    owner = {pk: pk for pk in guest_ids}
    fresh = set(owner)
    while fresh:
        merged = Guest.objects.filter(merged_into__in=fresh).exclude(pk__in=owner)
        found = {pk: owner[into] for pk, into in merged.values_list("pk", "merged_into") if into}
        owner.update(found)
        fresh = set(found)
    standing = LegalHold.objects.filter(guest__in=owner, lifted_at=None)
    return Counter(owner[pk] for pk in standing.values_list("guest", flat=True))


def steps(request: PrivacyRequest) -> list[Step]:
    """The way of one request from its receipt to its end; the first that is not done is the next one."""
    proposed = request.proposed_by if request.status != RequestStatus.IDENTIFIED else None
    line = [
        _step("Received", request.created_at, request.recorded_by),
        _step("Identity shown", request.identified_at, request.identified_by, request.identity_check),
    ]
    if request.kind in FILE_KINDS:
        made = request.bundles.filter(made_at__isnull=False).order_by("-pk").first()
        line.append(_step("Files made", made.made_at if made else None, None))
    if request.kind == RequestKind.ERASURE:
        is_proposed = request.status == RequestStatus.PROPOSED or request.approved_at is not None
        line.append(Step("Proposed", "done" if is_proposed else "", by=str(proposed or "")))
        line.append(_step("Approved by a second person", request.approved_at, request.approved_by))
    line.append(_step(_end_of(request), request.closed_at, request.closed_by, request.outcome))
    return _in_order(line, is_closed=request.closed_at is not None)


def _step(name: str, at: datetime | None, by: Any, detail: str = "") -> Step:
    return Step(name, "done" if at is not None else "", at, str(by or ""), detail if at is not None else "")


def _end_of(request: PrivacyRequest) -> str:
    if request.status not in OPEN:
        return str(RequestStatus(request.status).label)
    if request.kind == RequestKind.ERASURE:
        return "Erased by a worker"
    return "Handed out" if request.kind in FILE_KINDS else "Carried out"


def _in_order(line: list[Step], *, is_closed: bool) -> list[Step]:
    """Those that are not done: passed over when the request is closed, else the next one and those to come."""
    found, to_come = [], "next"
    for step in line:
        if step.state:
            found.append(step)
        else:
            found.append(replace(step, state="skipped" if is_closed else to_come))
            to_come = "later"
    return found


def guest_to_ask_for(guest_id: int, property_ids: AbstractSet[int]) -> int:
    """Whose request can be recorded from his own page; the page of a new request looks whether it may be."""
    return guest_id
