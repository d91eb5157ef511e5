"""Guests who come without a booking."""

from dataclasses import replace

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.exceptions import InvalidInput
from hotel.core.words import _
from hotel.properties.models import Property
from hotel.reservations.services.booking_data import BookingData
from hotel.reservations.services.bookings import booking_create
from hotel.reservations.services.commands import CommandResult
from hotel.rooms.models import Room
from hotel.stays.services.check_in import check_in
from hotel.stays.services.desk import day_shared


@transaction.atomic
def walk_in(
    *, place: Property, data: BookingData, room: Room, actor: User | None, override_reason: str = ""
) -> CommandResult:
    """Book one stay, give it a room and check the guest in: all of it or nothing.

    The arrival is the open business date, whatever the clock shows: after midnight it is still last night.

    Args:
        place: the property.
        data: a booking of one stay; its arrival and the flag ``is_walk_in`` are set here.
        room: of the sold type.
        actor: who does it; None for the house itself.
        override_reason: why a room that is not ready, or a missing registration, is accepted; needs ``override``.

    Raises:
        InvalidInput: not one stay (``one_stay``). Whatever booking, assignment and check-in refuse.

    Locks: the day, shared; then as ``booking_create``, ``room_assign`` and ``check_in``.
    """
    if len(data.reservations) != 1:
        raise InvalidInput(_("A walk-in is one stay in one room."), code="one_stay")
    day_shared(place.pk)
    place.refresh_from_db(fields=["business_date"])
    stay = data.reservations[0]
    today = place.business_date
    arriving = replace(
        stay,
        arrival=today,
        departure=today if stay.is_day_use else stay.departure,
        flags=stay.flags | {"is_walk_in"},
    )
    booked = booking_create(place=place, data=replace(data, reservations=(arriving,)), actor=actor)
    return check_in(
        reservation=booked.reservations[0], room=room, actor=actor, override_reason=override_reason
    )
