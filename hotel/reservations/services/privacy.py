"""What reservations know of one guest: given out and erased on request."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q

from hotel.core.locks import lock_rows
from hotel.core.personal import declared_rows
from hotel.core.words import _, in_sentence
from hotel.guests.models import Guest
from hotel.guests.services.privacy import profiles_of
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Booking, Reservation, ReservationChange, ReservationNote

ERASED = "erased"
AHEAD = (
    ReservationStatus.INQUIRY,
    ReservationStatus.REQUESTED,
    ReservationStatus.OPTION,
    ReservationStatus.CONFIRMED,
    ReservationStatus.WAITLISTED,
    ReservationStatus.IN_HOUSE,
)
FREE_TEXT = frozenset({"added", "removed", "booking_notes", "booking_group_name", "notes", "cancel_reason"})


def guest_stays_export(*, guest_id: int) -> list[dict[str, Any]]:
    """What this app declares of a guest's bookings and stays, as plain values."""
    return declared_rows("reservations", profiles_of(guest_id))


def erasure_blockers(*, guest_id: int) -> list[str]:
    """Stays that need the guest's data still: he is in the house, or is expected."""
    rows = (
        Reservation.objects.filter(_of(profiles_of(guest_id)), status__in=AHEAD)
        .distinct()
        .order_by("arrival")
    )
    return [
        _("The stay %(number)s from %(arrival)s is %(status)s.")
        % {"number": row.number, "arrival": row.arrival, "status": in_sentence(row.get_status_display)}
        for row in rows
    ]


@transaction.atomic
def guest_stays_erase(*, guest_id: int) -> int:
    """Erase what was written about a guest at his stays; dates, rooms and prices stay, under a pseudonym.

    The log of a stay keeps what was done when and by whom; texts and names in it go. What was written at a booking
    that somebody else made stays with him. Repeatable.

    Returns:
        How many rows were emptied.

    Locks: his bookings, then his stays, in order of their ids.
    """
    ids = profiles_of(guest_id)
    his = Q(booker__in=ids) | Q(booker=None, reservations__primary_guest__in=ids)
    bookings = lock_rows(Booking.objects.filter(pk__in=Booking.objects.filter(his).values("pk")))
    stays = lock_rows(Reservation.objects.filter(pk__in=Reservation.objects.filter(_of(ids)).values("pk")))
    keys = [row.pk for row in stays]
    done = Booking.objects.filter(pk__in=[row.pk for row in bookings]).update(notes="", group_name="")
    done += Reservation.objects.filter(pk__in=keys).update(cancel_reason="", room_wishes={}, child_ages=[])
    done += ReservationNote.objects.filter(reservation__in=keys).exclude(text=ERASED).update(text=ERASED)
    return done + _log_erase(keys, _words(ids))


def _of(ids: Iterable[int]) -> Q:
    return Q(primary_guest__in=ids) | Q(guests__guest__in=ids)


def _words(ids: Iterable[int]) -> list[str]:
    """Names by which somebody may be called in a log; empty when they were erased before."""
    known = Guest.objects.filter(pk__in=ids, erased_at=None)
    names = [(guest.first_name, guest.last_name, guest.email) for guest in known]
    return sorted({word.casefold() for row in names for word in row if len(word) > 1})


def _log_erase(stays: list[int], words: list[str]) -> int:
    changed = []
    for row in ReservationChange.objects.filter(reservation__in=stays):
        before, after = _scrubbed(row.before, words), _scrubbed(row.after, words)
        reason = ERASED if row.reason else ""
        if (before, after, reason) != (row.before, row.after, row.reason):
            row.before, row.after, row.reason = before, after, reason
            changed.append(row)
    ReservationChange.objects.bulk_update(changed, ["before", "after", "reason"], batch_size=200)
    return len(changed)


def _scrubbed(value: Any, words: list[str]) -> Any:
    """The same JSON without texts that are free or name somebody."""
    if isinstance(value, dict):
        return {
            name: ERASED if name in FREE_TEXT and part else _scrubbed(part, words)
            for name, part in value.items()
        }
    if isinstance(value, list):
        return [_scrubbed(part, words) for part in value]
    if isinstance(value, str) and any(word in value.casefold() for word in words):
        return ERASED
    return value
