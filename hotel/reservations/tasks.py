"""Sweeps of reservations. All may repeat: what is due is asked of the tables each time."""

from datetime import timedelta

from celery import shared_task

from hotel.core.clock import now
from hotel.properties.models import Property
from hotel.reservations.choices import HoldStatus, ReservationStatus
from hotel.reservations.models import PriceHold, Reservation
from hotel.reservations.selectors.releases import release_days
from hotel.reservations.services.blocks import blocks_cut_off_due
from hotel.reservations.services.holds import holds_expire
from hotel.reservations.services.lifecycle import options_expire
from hotel.reservations.services.releases import unguaranteed_release
from hotel.reservations.services.waitlist import waitlist_work


@shared_task(name="hotel.reservations.tasks.expiries_sweep")
def expiries_sweep() -> int:
    """Start one sweep for each property where a hold, an option or a held arrival is due. Returns how many."""
    moment = now()
    holds = PriceHold.objects.filter(status=HoldStatus.ACTIVE, expires_at__lte=moment)
    options = Reservation.objects.filter(status=ReservationStatus.OPTION, hold_expires_at__lte=moment)
    # It may be tomorrow elsewhere: each property asks its own clock.
    arriving = Reservation.objects.held_until_evening().filter(arrival__lte=moment.date() + timedelta(days=1))
    holding = Property.objects.filter(pk__in=arriving.order_by().values("property"))
    due = {
        *holds.order_by().values_list("property_id", flat=True).distinct(),
        *options.order_by().values_list("property_id", flat=True).distinct(),
        *(place.pk for place in holding if release_days(place, moment)),
    }
    ids = list(Property.objects.filter(pk__in=due).writable().order_by("pk").values_list("pk", flat=True))
    for property_id in ids:
        property_expiries.delay(property_id)
    return len(ids)


@shared_task(name="hotel.reservations.tasks.property_expiries")
def property_expiries(property_id: int) -> int:
    """End the due holds and options of one property, and let due arrivals go. Returns how many ended."""
    place = Property.objects.get(pk=property_id)
    ended = holds_expire(property_id=property_id) + options_expire(property_id=property_id)
    return ended + unguaranteed_release(place=place)


@shared_task(name="hotel.reservations.tasks.groups_sweep")
def groups_sweep() -> int:
    """Start the work on blocks and waiting list for each active property that takes changes. Returns how many."""
    ids = list(Property.objects.filter(is_active=True).writable().values_list("pk", flat=True))
    for property_id in ids:
        property_groups.delay(property_id)
    return len(ids)


@shared_task(name="hotel.reservations.tasks.property_groups")
def property_groups(property_id: int) -> int:
    """Cut off due blocks, then offer what is free to the waiting list. Returns how many were cut off or offered."""
    place = Property.objects.get(pk=property_id)
    return blocks_cut_off_due(place=place) + waitlist_work(place=place)
