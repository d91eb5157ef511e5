"""Reservations as a Django app."""

from hotel.core.component import ComponentConfig


class ReservationsConfig(ComponentConfig):
    """Bookings, reservations, blocks, waiting list and room assignment."""

    name = "hotel.reservations"
    label = "reservations"

    def ready(self) -> None:
        """Tell guests where reservations name them, and what they have stayed; tell rooms where guests are."""
        super().ready()
        from hotel.guests.lifetime_ports import register_lifetime_source
        from hotel.guests.merge_ports import register_guest_reference
        from hotel.reservations.selectors.lifetime import company_lifetime, guest_lifetime
        from hotel.reservations.selectors.presence import rooms_in_house
        from hotel.rooms.presence_ports import register_presence_source

        register_guest_reference("reservations.Booking", "booker")
        register_guest_reference("reservations.Reservation", "primary_guest")
        register_guest_reference(
            "reservations.ReservationGuest", "guest", unique_with=("reservation", "role")
        )
        register_lifetime_source(guest_lifetime, of="guest")
        register_lifetime_source(company_lifetime, of="company")
        register_presence_source(rooms_in_house)
