"""Reservations as a Django app."""

from hotel.core.component import ComponentConfig


class ReservationsConfig(ComponentConfig):
    """Bookings, reservations, blocks, waiting list and room assignment."""

    name = "hotel.reservations"
    label = "reservations"

    def ready(self) -> None:
        """Tell guests where reservations name them, and what they have stayed."""
        super().ready()
        from hotel.guests.lifetime_ports import register_lifetime_source
        from hotel.guests.merge_ports import register_guest_reference
        from hotel.reservations.selectors.lifetime import company_lifetime, guest_lifetime

        register_guest_reference("reservations.Booking", "booker")
        register_guest_reference("reservations.Reservation", "primary_guest")
        register_guest_reference(
            "reservations.ReservationGuest", "guest", unique_with=("reservation", "role")
        )
        register_lifetime_source(guest_lifetime, of="guest")
        register_lifetime_source(company_lifetime, of="company")
