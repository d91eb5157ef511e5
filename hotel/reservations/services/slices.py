"""The stored nights of a stay as prices again, for confirming and amending."""

from collections.abc import Iterable
from datetime import date, time

from hotel.rates.domain.quotes import NightPrice, Occupancy, night_price_load
from hotel.reservations.models import Reservation, ReservationNight
from hotel.reservations.services.pricing import PriceWish


def occupancy_of(reservation: Reservation) -> Occupancy:
    """The party of a reservation."""
    return Occupancy(
        adults=reservation.adults,
        children=tuple(sorted(reservation.children.items())),
        child_ages=tuple(reservation.child_ages),
    )


def prices_of(nights: Iterable[ReservationNight]) -> dict[date, NightPrice]:
    """The sold price of each night, as it was explained then."""
    return {night.night: night_price_load(night.price_detail) for night in nights}


def wish_of_reservation(reservation: Reservation) -> PriceWish:
    """The stay as it stands, every sold price kept: asked for the rules, and for taxes that count nights."""
    nights = list(reservation.nights.all())
    return PriceWish(
        place=reservation.property,
        room_type=reservation.room_type,
        rate_plan=reservation.rate_plan,
        arrival=reservation.arrival,
        departure=reservation.departure,
        occupancy=occupancy_of(reservation),
        promo_code=reservation.promo_code,
        exemptions=tuple(reservation.exemptions),
        company_id=reservation.booking.company_id,
        day_use=day_use_of(reservation),
        kept=prices_of(nights),
        settled=frozenset(night.night for night in nights if night.is_taken_over),
    )


def day_use_of(reservation: Reservation) -> tuple[time, time] | None:
    """Local start and end of a day-use stay; None for an overnight one."""
    if not reservation.is_day_use or reservation.day_use_start is None or reservation.day_use_end is None:
        return None
    return reservation.day_use_start, reservation.day_use_end
