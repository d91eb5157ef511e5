"""What the hotel day tells the house: guests come, move and leave, and the day ends."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from hotel.contracts.reservations import ReservationFact
from hotel.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class StayCheckedIn(ReservationFact):
    """A guest has come and has a room.

    Attributes:
        room_id: the room.
        guest_id: the primary guest; None when nobody was named.
        is_walk_in: he had not booked.
    """

    room_id: int
    guest_id: int | None
    is_walk_in: bool = False


@dataclass(frozen=True, kw_only=True)
class CheckInReverted(ReservationFact):
    """A check-in was undone on the same business date; the stay is expected again and keeps its room."""

    room_id: int


@dataclass(frozen=True, kw_only=True)
class RoomMoved(ReservationFact):
    """A guest in house changed rooms: keys of the old one die, the new one is his until the departure.

    Attributes:
        is_price_kept: he pays what he had booked; else the price of the new type from this night on.
    """

    from_room_id: int
    to_room_id: int
    is_price_kept: bool = True


@dataclass(frozen=True, kw_only=True)
class StayShortened(ReservationFact):
    """A guest leaves earlier than booked; the nights from ``departure`` on are free again.

    Attributes:
        previous_departure: as booked.
        fee_amount, fee_currency: what the frozen policy asks for the nights given back, after waiver.
    """

    previous_departure: date
    fee_amount: Decimal
    fee_currency: str


@dataclass(frozen=True, kw_only=True)
class LateCheckOutAgreed(ReservationFact):
    """A guest may keep the room longer on the departure day; ``until`` is a local time such as ``15:00``."""

    room_id: int
    until: str


@dataclass(frozen=True, kw_only=True)
class StayCheckedOut(ReservationFact):
    """A guest has left; the room is dirty and free."""

    room_id: int
    guest_id: int | None


@dataclass(frozen=True, kw_only=True)
class CheckOutReinstated(ReservationFact):
    """A check-out was undone on the same business date; the guest is in house again."""

    room_id: int


@dataclass(frozen=True, kw_only=True)
class _DayFact(Fact):
    """Something about a business day of a property. No fact of its own."""

    aggregate_name: ClassVar[str] = "property"
    aggregate_field: ClassVar[str] = "property_id"

    business_date: date


@dataclass(frozen=True, kw_only=True)
class NightAuditRequested(_DayFact):
    """Somebody asked for the audit of the open business date; a worker runs it."""

    audit_id: int


@dataclass(frozen=True, kw_only=True)
class NightAuditAdvanced(_DayFact):
    """A step of a night audit was done, or its first one has found what blocks the day.

    Attributes:
        step: name of the step.
        is_blocked: nothing was done; the desk goes on.
    """

    audit_id: int
    step: str
    is_blocked: bool = False


@dataclass(frozen=True, kw_only=True)
class BusinessDayClosed(_DayFact):
    """A business day is over: its figures are frozen, the next one is open.

    Attributes:
        next_business_date: the day that is open now.
        rooms_available, rooms_sold: of the closed day.
        room_revenue, total_revenue: without taxes, in ``currency``.
    """

    next_business_date: date
    rooms_available: int
    rooms_sold: int
    room_revenue: Decimal
    total_revenue: Decimal
    currency: str
