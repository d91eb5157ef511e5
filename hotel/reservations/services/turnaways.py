"""Business that was turned away, for the demand that availability could not serve."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from hotel.core.exceptions import InvalidInput
from hotel.properties.models import Property
from hotel.reservations.choices import TurnawayReason
from hotel.reservations.models import Turnaway
from hotel.rooms.models import RoomType


@dataclass(frozen=True, kw_only=True)
class TurnawayData:
    """What was wanted and why it was not sold."""

    arrival: date
    departure: date
    reason: TurnawayReason
    room_type: RoomType | None = None
    rooms: int = 1
    market: str = ""
    channel_code: str = ""
    notes: str = ""


@transaction.atomic
def turnaway_record(*, place: Property, data: TurnawayData) -> Turnaway:
    """Record one denial or regret on the open business date.

    Raises:
        InvalidInput: the dates run backwards, or the type belongs to another property.
    """
    if data.departure < data.arrival:
        raise InvalidInput("The departure lies before the arrival.", code="dates_invalid")
    if data.room_type is not None and data.room_type.property_id != place.pk:
        raise InvalidInput("The room type belongs to another property.", code="other_property")
    return Turnaway.objects.create(
        property=place,
        business_date=place.business_date,
        arrival=data.arrival,
        departure=data.departure,
        reason=data.reason,
        room_type=data.room_type,
        rooms=data.rooms,
        market=data.market,
        channel_code=data.channel_code,
        notes=data.notes,
    )
