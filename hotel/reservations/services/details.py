"""What may be changed without selling anything: times, flags, guarantee; notes and traces."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.reservations.choices import OPEN, ChangeKind, NoteKind, ReservationStatus
from hotel.reservations.models import Booking, Reservation, ReservationNote
from hotel.reservations.services.authority import Authority
from hotel.reservations.services.commands import (
    CommandResult,
    change,
    changed_fact,
    finish,
    reservation_locked,
    reservations_locked,
)
from hotel.reservations.services.drafts import check_wishes
from hotel.reservations.services.guarantees import guarantee_enforce, is_asked
from hotel.reservations.services.occupancies import assignments_follow

RESERVATION_DETAILS = frozenset({"eta", "etd", "guarantee", "is_confidential", "room_wishes"})
BOOKING_DETAILS = frozenset({"notes", "group_name", "market", "source"})


@transaction.atomic
def reservation_describe(
    *,
    reservation: Reservation,
    changes: Mapping[str, Any],
    actor: User | None,
    expected_version: int | None = None,
) -> CommandResult:
    """Change details that neither price nor inventory depend on; the room is kept from the new time of arrival.

    Args:
        reservation: as the caller saw it; read anew under the lock.
        actor: who does it; None for the house itself.
        expected_version: the version the caller saw; None for whichever.
        changes: names of ``RESERVATION_DETAILS`` to new values.

    Raises:
        InvalidInput: another field. Conflict: the stay has ended. VersionConflict: stale.
        RuleBroken: a promised stay would have less behind it than was asked (``guarantee_too_low``).
        RoomTaken: the locked room is taken at the new time of arrival.

    Locks: the reservation, its rooms.
    """
    unknown = set(changes) - RESERVATION_DETAILS
    if unknown:
        raise InvalidInput(
            _("Use a command to change %(unknown)s.") % {"unknown": ", ".join(sorted(unknown))},
            code="not_a_detail",
        )
    fresh = reservation_locked(reservation, expected_version=expected_version)
    if fresh.status not in OPEN:
        raise Conflict(_("The stay has ended."), code="status_forbids")
    check_wishes(fresh.property_id, changes.get("room_wishes") or {})
    if "guarantee" in changes and fresh.status == ReservationStatus.CONFIRMED and is_asked(fresh):
        authority = Authority(fresh.property, actor)
        guarantee_enforce(policies=fresh.policies, guarantee=changes["guarantee"], authority=authority)
    change(fresh, ChangeKind.DETAILS, actor=actor, values=changes)
    if "eta" in changes:
        assignments_follow(fresh, was=(fresh.arrival, fresh.departure))
    return finish(fresh, facts=[changed_fact(fresh, "details")])


@transaction.atomic
def booking_describe(
    *,
    booking: Booking,
    changes: Mapping[str, str],
    actor: User | None,
    expected_version: int | None = None,
) -> Booking:
    """Change the texts of a booking; the log of each of its stays says what, and by whom.

    Raises:
        InvalidInput: a field outside ``BOOKING_DETAILS``. VersionConflict: stale.

    Locks: the booking, its reservations.
    """
    unknown = set(changes) - BOOKING_DETAILS
    if unknown:
        raise InvalidInput(
            _("%(unknown)s cannot be changed.") % {"unknown": ", ".join(sorted(unknown))}, code="not_a_detail"
        )
    fresh = lock_rows(Booking.objects.filter(pk=booking.pk))[0]
    fresh.require_version(expected_version, _("booking"))
    altered = {name: value for name, value in changes.items() if getattr(fresh, name) != value}
    before = {f"booking_{name}": getattr(fresh, name) for name in altered}
    after = {f"booking_{name}": value for name, value in altered.items()}
    for name, value in altered.items():
        setattr(fresh, name, value)
    fresh.version += 1
    fresh.save(update_fields=[*altered, "version", "updated_at"])
    if altered:
        rows = reservations_locked(fresh.reservations.values_list("pk", flat=True))
        for row in rows:
            change(row, ChangeKind.DETAILS, actor=actor, values={}, before=before, after=after)
        publish(*(changed_fact(row, "details") for row in rows))
    return fresh


@transaction.atomic
def note_add(
    *,
    reservation: Reservation,
    text: str,
    actor: User | None,
    kind: str = NoteKind.INTERNAL,
    department: str = "",
    due_on: date | None = None,
    screen: str = "",
) -> ReservationNote:
    """Write a note, a trace for a department on a business date, or an alert for a screen.

    Raises:
        InvalidInput: a trace without department and day, or an alert without a screen.
    """
    if kind == NoteKind.TRACE and (not department or due_on is None):
        raise InvalidInput(_("A trace needs a department and a day."), code="trace_incomplete")
    if kind == NoteKind.ALERT and not screen:
        raise InvalidInput(_("An alert needs the screen it shows on."), code="alert_incomplete")
    return ReservationNote.objects.create(
        property_id=reservation.property_id,
        reservation=reservation,
        kind=kind,
        text=text,
        department=department,
        due_on=due_on,
        screen=screen,
        author=actor,
    )


@transaction.atomic
def note_done(*, note: ReservationNote, actor: User | None) -> ReservationNote:
    """Tick a trace off. Repeatable: the first to do so stays named.

    Locks: the note.
    """
    fresh = lock_rows(ReservationNote.objects.filter(pk=note.pk))[0]
    if fresh.done_at is None:
        fresh.done_at, fresh.done_by = now(), actor
        fresh.save(update_fields=["done_at", "done_by", "updated_at"])
    return fresh
