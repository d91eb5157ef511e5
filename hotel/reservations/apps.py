"""Reservations as a Django app."""

from hotel.core.component import ComponentConfig


class ReservationsConfig(ComponentConfig):
    """Bookings, reservations, blocks, waiting list and room assignment."""

    name = "hotel.reservations"
    label = "reservations"
