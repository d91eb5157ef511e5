"""What a caller says to book: plain frozen data, checked when it is made into rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from moneyed import Money

from hotel.guests.models import Company, Guest
from hotel.rates.domain.quotes import Occupancy
from hotel.rates.models import RatePlan
from hotel.reservations.choices import Guarantee, ReservationStatus
from hotel.reservations.models import PriceHold
from hotel.rooms.models import RoomType


@dataclass(frozen=True, kw_only=True)
class ReservationData:
    """One room's stay to be sold.

    Attributes:
        arrival: first night, business date.
        departure: the day the room is left; equal to the arrival for day use.
        status: inquiry, option, requested, waitlisted or confirmed.
        day_use: local start and end time; None for an overnight stay.
        hold_until: until when an option is held; the property's setting when None.
        hold: a price hold that this stay uses up: its price counts, and its room.
        prices: room price per night by hand, all included that the plan includes; approval limits apply.
        discount_rate: 0–1 off every room night not priced by hand; approval limits apply.
        agreed: contract prices of nights, such as a block's; limits count from them.
        is_agreed: the prices by hand are those of a contract: no limit is asked.
        is_taken_over: recorded as another system sold it, with ``prices`` for every night: neither plan, limits,
            restrictions nor party are asked, and a price may be below zero.
        guests: further guests and their roles; the primary guest is the booker when None.
        exemptions: from taxes: certificate numbers, or reasons such as ``resident`` or ``resident:2`` (persons).
        waitlist_priority: of a waitlisted stay: the highest is served first; 0 unless told.
        room_wishes: room feature code to weight, 1–100; a room without a feature of weight 100 is not given.
        flags: names of the reservation's boolean fields that are set, such as ``is_confidential``.
    """

    room_type: RoomType
    rate_plan: RatePlan
    arrival: date
    departure: date
    occupancy: Occupancy
    status: ReservationStatus = ReservationStatus.CONFIRMED
    guarantee: Guarantee = Guarantee.NONE
    primary_guest: Guest | None = None
    guests: tuple[tuple[Guest, str], ...] = ()
    eta: time | None = None
    etd: time | None = None
    promo_code: str = ""
    exemptions: tuple[str, ...] = ()
    day_use: tuple[time, time] | None = None
    hold_until: datetime | None = None
    hold: PriceHold | None = None
    prices: Mapping[date, Money] = field(default_factory=dict)
    discount_rate: Decimal = Decimal(0)
    agreed: Mapping[date, Money] = field(default_factory=dict)
    is_agreed: bool = False
    is_taken_over: bool = False
    flags: frozenset[str] = frozenset()
    note: str = ""
    waitlist_priority: int | None = None
    room_wishes: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_day_use(self) -> bool:
        """Sold by the hour."""
        return self.day_use is not None


@dataclass(frozen=True, kw_only=True)
class BookingData:
    """A booking to be made: who, from where, and one or more stays; all of them or none.

    Attributes:
        external_id: the channel's number; the same one again answers with the booking made before.
        override_reason: why rules are set aside; needs the right ``override``.
    """

    reservations: tuple[ReservationData, ...]
    booker: Guest | None = None
    company: Company | None = None
    agent: Company | None = None
    channel_code: str = "direct"
    external_id: str = ""
    market: str = ""
    source: str = ""
    group_name: str = ""
    notes: str = ""
    override_reason: str = ""
