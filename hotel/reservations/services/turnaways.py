"""Business that was turned away, for the demand that availability could not serve."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import transaction

from hotel.core.exceptions import InvalidInput, PmsError
from hotel.core.words import _
from hotel.properties.models import Property
from hotel.reservations.choices import TurnawayReason
from hotel.reservations.domain.turnaways import denial_reason, refusal_key
from hotel.reservations.models import Turnaway
from hotel.reservations.services.booking_data import BookingData
from hotel.rooms.models import RoomType

NOTES_LENGTH = 200


@dataclass(frozen=True, kw_only=True)
class TurnawayData:
    """What was wanted and why it was not sold; ``adults`` and ``children`` are those of each room."""

    arrival: date
    departure: date
    reason: TurnawayReason
    room_type: RoomType | None = None
    rooms: int = 1
    adults: int | None = None
    children: int = 0
    market: str = ""
    channel_code: str = ""
    source: str = ""
    notes: str = ""


@transaction.atomic
def turnaway_record(*, place: Property, data: TurnawayData) -> Turnaway:
    """Record one denial or regret on the open business date.

    Raises:
        InvalidInput: the dates run backwards, or the type belongs to another property.
    """
    if data.departure < data.arrival:
        raise InvalidInput(_("The departure lies before the arrival."), code="dates_invalid")
    if data.room_type is not None and data.room_type.property_id != place.pk:
        raise InvalidInput(_("The room type belongs to another property."), code="other_property")
    return Turnaway.objects.create(
        property=place,
        business_date=place.business_date,
        arrival=data.arrival,
        departure=data.departure,
        reason=data.reason,
        room_type=data.room_type,
        rooms=data.rooms,
        adults=data.adults,
        children=data.children,
        market=data.market,
        channel_code=data.channel_code,
        source=data.source,
        notes=data.notes,
    )


@contextmanager
def denials_left(*, place: Property, data: BookingData) -> Iterator[None]:
    """Within: a refusal for want of rooms, or by a restriction, leaves the turnaways of the whole booking.

    Nothing is written here, because the refused sale takes it back: the door that answers the caller writes them, see
    ``hotel.core.aftermath``. What somebody tries and gets over (imports, dry runs, the waiting list) turns nobody away.
    """
    try:
        yield
    except PmsError as refusal:
        reason = denial_reason(refusal.code, [rule["code"] for rule in refusal.extra.get("rules", ())])
        if reason is not None and refusal.aftermath is None:
            notes = refusal.message[:NOTES_LENGTH]
            refusal.aftermath = partial(denials_record, place=place, data=data, reason=reason, notes=notes)
        raise


@transaction.atomic
def denials_record(
    *, place: Property, data: BookingData, reason: TurnawayReason, notes: str, request_key: str
) -> None:
    """Record a refused booking: one turnaway for its equal stays, all of them, because all were refused.

    Repeatable: a channel's number, or else the key of the request, records the same wish once.

    Args:
        place: the property.
        data: what was to be booked; its profiles may be gone with the refused transaction and are not looked at.
        reason: why it was refused.
        notes: the refusal in words.
        request_key: by which repetitions of the request are known; empty when they are not.
    """
    told = f"{data.channel_code}\0{data.external_id}" if data.external_id else request_key
    wishes = Counter(
        (stay.arrival, stay.departure, stay.room_type.pk, stay.occupancy.adults, stay.occupancy.child_count)
        for stay in data.reservations
    )
    Turnaway.objects.bulk_create(
        (
            Turnaway(
                property=place,
                business_date=place.business_date,
                arrival=arrival,
                departure=departure,
                room_type_id=room_type_id,
                rooms=rooms,
                adults=adults,
                children=children,
                reason=reason,
                market=data.market,
                channel_code=data.channel_code,
                source=data.source,
                notes=notes,
                refusal_key=refusal_key(told, (arrival, departure, room_type_id, adults, children, rooms)),
            )
            for (arrival, departure, room_type_id, adults, children), rooms in wishes.items()
        ),
        ignore_conflicts=True,
    )
