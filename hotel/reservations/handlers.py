"""What follows from reservations: letters, links of guests to the property, their lifetime figures."""

from collections.abc import Iterable

from hotel.contracts.reservations import (
    NoShowMarked,
    ReservationCancelled,
    ReservationChanged,
    ReservationCreated,
    ReservationReinstated,
    WaitlistOffered,
)
from hotel.contracts.rooms import AvailabilityChanged
from hotel.contracts.stays import BusinessDayClosed, CheckInReverted, StayCheckedIn, StayCheckedOut
from hotel.core.facts import subscribe
from hotel.guests.services.guests import guest_link
from hotel.guests.services.lifetime import profile_recompute
from hotel.properties.models import Property
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.lifetime import STAYED
from hotel.reservations.services.letters import cancellation_letter, confirmation_letter, waitlist_letter
from hotel.reservations.services.waitlist import waitlist_work


@subscribe(ReservationCreated)
def on_reservation_created_link(fact: ReservationCreated) -> None:
    """A guest of the chain becomes known at the property he books. Repeatable."""
    _link(fact.reservation_id)


@subscribe(ReservationChanged)
def on_reservation_changed_link(fact: ReservationChanged) -> None:
    """A guest who joins a stay becomes known at the property too. Repeatable."""
    if fact.change == "guests":
        _link(fact.reservation_id)


@subscribe(ReservationCreated)
def on_reservation_created(fact: ReservationCreated) -> None:
    """A confirmed booking is confirmed by letter. Repeatable: one letter per booking."""
    confirmation_letter(booking_id=fact.booking_id)


@subscribe(ReservationChanged)
def on_reservation_changed(fact: ReservationChanged) -> None:
    """An option or request that was confirmed later gets its letter then. Repeatable."""
    if fact.change == "confirm":
        confirmation_letter(booking_id=fact.booking_id)


@subscribe(WaitlistOffered)
def on_waitlist_offered(fact: WaitlistOffered) -> None:
    """A waiting guest learns of his room by letter. Repeatable: one letter per offer."""
    waitlist_letter(offer_id=fact.offer_id)


@subscribe(AvailabilityChanged)
def on_availability_changed(fact: AvailabilityChanged) -> None:
    """What has become free is offered to those who wait for its nights; one look when nobody does. Repeatable.

    Other types than the fact's may have become free with it: types that share its rooms, or all when the house is full.
    """
    waiting = Reservation.objects.filter(
        property_id=fact.property_id,
        status=ReservationStatus.WAITLISTED,
        arrival__lte=fact.last_night,
        departure__gt=fact.first_night,
    )
    if waiting.exists():
        place = Property.objects.get(pk=fact.property_id)
        waitlist_work(place=place, touching=(fact.first_night, fact.last_night))


@subscribe(ReservationCancelled)
def on_reservation_cancelled(fact: ReservationCancelled) -> None:
    """The cancellation is confirmed by letter. Repeatable: one letter per cancellation number."""
    cancellation_letter(reservation_id=fact.reservation_id)


@subscribe(ReservationCancelled)
def on_reservation_cancelled_figures(fact: ReservationCancelled) -> None:
    """Recompute the guest's figures. Repeatable."""
    _recompute(fact.reservation_id)


@subscribe(ReservationReinstated)
def on_reservation_reinstated(fact: ReservationReinstated) -> None:
    """Recompute the guest's figures. Repeatable."""
    _recompute(fact.reservation_id)


@subscribe(NoShowMarked)
def on_no_show_marked(fact: NoShowMarked) -> None:
    """Recompute the guest's figures. Repeatable."""
    _recompute(fact.reservation_id)


@subscribe(ReservationChanged)
def on_reservation_changed_figures(fact: ReservationChanged) -> None:
    """Recompute the figures of a guest whose stay has begun, and of the one he took it over from. Repeatable."""
    if fact.status in {"in_house", "checked_out"}:
        _recompute(fact.reservation_id, fact.previous_guest_id)


@subscribe(StayCheckedIn)
def on_stay_checked_in(fact: StayCheckedIn) -> None:
    """A stay has begun: recompute the guest's figures. Repeatable."""
    _recompute(fact.reservation_id)


@subscribe(CheckInReverted)
def on_check_in_reverted(fact: CheckInReverted) -> None:
    """It has not begun after all: recompute the guest's figures. Repeatable."""
    _recompute(fact.reservation_id)


@subscribe(StayCheckedOut)
def on_stay_checked_out(fact: StayCheckedOut) -> None:
    """Recompute the guest's figures. Repeatable."""
    _recompute(fact.reservation_id)


@subscribe(BusinessDayClosed)
def on_business_day_closed(fact: BusinessDayClosed) -> None:
    """The night is slept now: recompute the figures of everybody who slept it. Repeatable."""
    place = Property.objects.get(pk=fact.property_id)
    slept = Reservation.objects.at(place.pk).filter(STAYED, nights__night=fact.business_date)
    owners = list(slept.values_list("primary_guest_id", "booking__company_id"))
    guests, companies = ({owner[n] for owner in owners} for n in range(2))
    _recompute_owners(place.pk, guests, companies)


def _link(reservation_id: int) -> None:
    for reservation in Reservation.objects.select_related("property").filter(pk=reservation_id):
        for link in reservation.guests.select_related("guest").order_by("guest_id"):
            guest_link(guest=link.guest, place=reservation.property)


def _recompute(reservation_id: int, *further_guests: int | None) -> None:
    rows = Reservation.objects.filter(pk=reservation_id)
    for guest, company, place in rows.values_list("primary_guest_id", "booking__company_id", "property_id"):
        _recompute_owners(place, [guest, *further_guests], [company])


def _recompute_owners(place: int, guests: Iterable[int | None], companies: Iterable[int | None]) -> None:
    if known := {pk for pk in guests if pk}:
        profile_recompute(ids=known, property_id=place)
    if known := {pk for pk in companies if pk}:
        profile_recompute(ids=known, property_id=place, of="company")
