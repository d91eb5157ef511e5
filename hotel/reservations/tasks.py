"""Sweeps of reservations. All may repeat: what is due is asked of the tables each time."""

from celery import shared_task

from hotel.core.clock import now
from hotel.reservations.choices import HoldStatus, ReservationStatus
from hotel.reservations.models import PriceHold, Reservation
from hotel.reservations.services.holds import holds_expire
from hotel.reservations.services.lifecycle import options_expire


@shared_task(name="hotel.reservations.tasks.expiries_sweep")
def expiries_sweep() -> int:
    """Start one sweep for each property where a hold or an option is due. Returns how many."""
    moment = now()
    holds = PriceHold.objects.filter(status=HoldStatus.ACTIVE, expires_at__lte=moment)
    options = Reservation.objects.filter(status=ReservationStatus.OPTION, hold_expires_at__lte=moment)
    due = {
        *holds.order_by().values_list("property_id", flat=True).distinct(),
        *options.order_by().values_list("property_id", flat=True).distinct(),
    }
    for property_id in sorted(due):
        property_expiries.delay(property_id)
    return len(due)


@shared_task(name="hotel.reservations.tasks.property_expiries")
def property_expiries(property_id: int) -> int:
    """End the due holds and options of one property. Returns how many ended."""
    return holds_expire(property_id=property_id) + options_expire(property_id=property_id)
