"""Rooms held for arrivals that nothing guarantees are let go at the hour the house names on the arrival day.

Source: docs/algorithms/cancellation.md, "Held until the evening"; features reference §1.1.
"""

from contextlib import suppress
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from hotel.core.clock import now
from hotel.core.locks import LockRefused
from hotel.properties.models import Property
from hotel.reservations.choices import ChangeKind, NoteKind
from hotel.reservations.models import Reservation, ReservationChange
from hotel.reservations.selectors.releases import release_days
from hotel.reservations.services.details import note_add
from hotel.reservations.services.lifecycle import let_go

BATCH = 200
# Who decided one of these after the hour knew that nothing stands behind the stay, and kept the room.
DECIDED = (
    ChangeKind.CREATED,
    ChangeKind.CONFIRMED,
    ChangeKind.AMENDED,
    ChangeKind.DETAILS,
    ChangeKind.REINSTATED,
)


def unguaranteed_release(*, place: Property, limit: int = BATCH) -> int:
    """Cancel, without a fee, the arrivals held until the evening whose hour has struck. Repeatable.

    The hour is that of the property's clock on the arrival day (``reservations.release_hour``, −1 for by hand). Guests
    in house, and stays that somebody booked, changed or reinstated after the hour, are left alone. One transaction for
    each, which passes over what somebody holds right now, such as a check-in. The guest hears by the letter of
    cancellation, the desk by an alert on the stay.

    Args:
        place: the property.
        limit: how many at most.

    Returns:
        How many were let go.

    Locks: each reservation, its rooms, then the counters.
    """
    released = 0
    for day, struck in release_days(place, now()):
        due = _due(place, day, struck).order_by("pk").values_list("pk", flat=True)
        for pk in list(due[: limit - released]):
            with suppress(LockRefused):  # somebody who shares its room is being worked on: another time
                released += _release(place, pk, day, struck)
    return released


def _due(place: Property, day: date, struck: datetime) -> QuerySet[Reservation]:
    decided = ReservationChange.objects.filter(reservation=OuterRef("pk"), kind__in=DECIDED, at__gte=struck)
    rows = Reservation.objects.at(place.pk).held_until_evening()
    return rows.filter(~Exists(decided), arrival=day)


@transaction.atomic
def _release(place: Property, reservation_id: int, day: date, struck: datetime) -> bool:
    rows = _due(place, day, struck).filter(pk=reservation_id).select_related("property")
    reservation = rows.select_for_update(of=("self",), skip_locked=True, no_key=True).first()
    if reservation is None:
        return False
    until = f"{struck.astimezone(place.zone):%H:%M}"
    let_go(
        reservation=reservation,
        kind=ChangeKind.RELEASED,
        reason=f"Held until {until} on the arrival day; nothing guaranteed it.",
    )
    note_add(
        reservation=reservation,
        text=f"Let go at {until}: not guaranteed, and the guest had not come. If he comes, reinstate it.",
        actor=None,
        kind=NoteKind.ALERT,
        screen="check_in",
    )
    return True
