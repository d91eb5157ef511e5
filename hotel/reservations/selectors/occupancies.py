"""When a stay occupies its room: on the clock of the property, and as instants."""

from datetime import date, datetime

from hotel.properties.business_date import local_instant
from hotel.properties.choices import SettingKey
from hotel.properties.models import Property
from hotel.properties.selectors.settings import setting_value
from hotel.reservations.domain.occupancy import ClockSpan, HouseTimes, day_use_span, nightly_span
from hotel.reservations.models import Reservation


def house_times(place: Property) -> HouseTimes:
    """Check-in and check-out time, and the turn time that counts today."""
    turn = setting_value(place.pk, SettingKey.TURN_MINUTES, place.business_date)
    return HouseTimes(place.check_in_time, place.check_out_time, int(turn))


def span_of(reservation: Reservation, first: date, last: date, times: HouseTimes) -> ClockSpan:
    """The local clock span of a part ``[first, last)`` of a stay."""
    if reservation.is_day_use and reservation.day_use_start and reservation.day_use_end:
        return day_use_span(reservation.arrival, reservation.day_use_start, reservation.day_use_end, times)
    eta = reservation.eta if first == reservation.arrival else None
    return nightly_span(first, last, times, eta=eta)


def instants_of(
    reservation: Reservation, first: date, last: date, times: HouseTimes | None = None
) -> tuple[datetime, datetime]:
    """The UTC instants between which a part ``[first, last)`` of a stay occupies its room.

    ``times`` are the house's, read here unless the caller has many stays of one house.
    """
    place = reservation.property
    span = span_of(reservation, first, last, times or house_times(place))
    return local_instant(place, span.start_day, span.start_at), local_instant(
        place, span.end_day, span.end_at
    )
