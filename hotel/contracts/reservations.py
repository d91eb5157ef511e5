"""What reservations tell the house: a stay was sold, changed, given back, or did not come."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from hotel.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class ReservationFact(Fact):
    """What every fact about a reservation says: the state *after* the change. No fact of its own.

    Facts about stays begin with it too.

    Attributes:
        reservation_id: the reservation; facts about one are delivered in order.
        booking_id: the booking it belongs to.
        arrival: first night, business date.
        departure: the day the room is left; ``[arrival, departure)``, equal for day use.
        room_type_id: the type sold.
        status: the stored status.
        version: of the reservation; a reader drops what is older than what it has.
        business_date: the property's open day when it happened.
    """

    aggregate_name: ClassVar[str] = "reservation"
    aggregate_field: ClassVar[str] = "reservation_id"

    reservation_id: int
    booking_id: int
    arrival: date
    departure: date
    room_type_id: int
    status: str
    version: int
    business_date: date


@dataclass(frozen=True, kw_only=True)
class ReservationCreated(ReservationFact):
    """A reservation was made; ``status`` says whether it takes inventory."""

    channel_code: str = ""
    external_id: str = ""


@dataclass(frozen=True, kw_only=True)
class ReservationChanged(ReservationFact):
    """A reservation was changed; ``change`` names the command, ``previous_*`` where it stood before."""

    change: str
    previous_arrival: date
    previous_departure: date
    previous_room_type_id: int
    previous_guest_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReservationCancelled(ReservationFact):
    """A reservation was cancelled; the fee is (amount, currency) under the policy frozen at booking."""

    cancellation_number: str
    fee_amount: Decimal
    fee_currency: str


@dataclass(frozen=True, kw_only=True)
class ReservationReinstated(ReservationFact):
    """A cancelled or missed reservation stands again; the fee taken back is (amount, currency)."""

    reversed_amount: Decimal
    reversed_currency: str


@dataclass(frozen=True, kw_only=True)
class NoShowMarked(ReservationFact):
    """The guest did not come; the remaining nights are free again."""

    fee_amount: Decimal
    fee_currency: str


@dataclass(frozen=True, kw_only=True)
class RoomAssigned(ReservationFact):
    """The room of a reservation was set, changed, or (``room_id`` None) taken away, for ``[first, last)``."""

    room_id: int | None
    first_night: date
    last_night: date


@dataclass(frozen=True, kw_only=True)
class BlockChanged(Fact):
    """A group block was made, changed, picked up, washed or cut off; ``change`` names the command."""

    aggregate_name: ClassVar[str] = "block"
    aggregate_field: ClassVar[str] = "block_id"

    block_id: int
    status: str
    arrival: date
    departure: date
    version: int
    change: str
    business_date: date


@dataclass(frozen=True, kw_only=True)
class WaitlistOffered(Fact):
    """A room is held for a waiting guest until ``expires_at``."""

    aggregate_name: ClassVar[str] = "reservation"
    aggregate_field: ClassVar[str] = "reservation_id"

    reservation_id: int
    offer_id: int
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class ReservationsTakenOver(Fact):
    """Reservations were taken over from another system in bulk, or (``is_undone``) taken out again.

    Told once per chunk instead of one fact per reservation, and no letter follows: read the list anew.

    Attributes:
        import_run_id: the import; None when another service took them over.
        reservations: how many.
    """

    aggregate_name: ClassVar[str] = "property"
    aggregate_field: ClassVar[str] = "property_id"

    import_run_id: int | None
    reservations: int
    is_undone: bool = False
