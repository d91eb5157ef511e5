"""Bookings, reservations, their nights, guests and rooms, and what leads to them."""

from hotel.reservations.models.assignments import RoomAssignment
from hotel.reservations.models.blocks import BlockNight, GroupBlock
from hotel.reservations.models.bookings import Booking
from hotel.reservations.models.changes import ReservationChange
from hotel.reservations.models.guests import ReservationGuest
from hotel.reservations.models.holds import PriceHold
from hotel.reservations.models.imports import ImportMapping, ImportRun
from hotel.reservations.models.links import ReservationLink
from hotel.reservations.models.nights import ReservationNight
from hotel.reservations.models.notes import ReservationNote
from hotel.reservations.models.reservations import Reservation
from hotel.reservations.models.shares import RoomShare
from hotel.reservations.models.waitlist import Turnaway, WaitlistOffer

__all__ = [
    "BlockNight",
    "Booking",
    "GroupBlock",
    "ImportMapping",
    "ImportRun",
    "PriceHold",
    "Reservation",
    "ReservationChange",
    "ReservationGuest",
    "ReservationLink",
    "ReservationNight",
    "ReservationNote",
    "RoomAssignment",
    "RoomShare",
    "Turnaway",
    "WaitlistOffer",
]
