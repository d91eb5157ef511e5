"""What cannot wait on a shift: sold too often, not ready for a guest who comes soon, money not clear."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.urls import reverse
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hotel.core.templatetags.pms import guest_name
from hotel.folios.choices import PaymentStatus
from hotel.folios.models import Payment
from hotel.properties.business_date import local_instant
from hotel.properties.models import Property
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation
from hotel.rooms.models import Room, RoomType
from hotel.rooms.selectors.inventory import NightCount
from hotel.stays.selectors.actions import room_tonight
from hotel.stays.selectors.rooms import offers_of

SOON = timedelta(minutes=60)
UNCLEAR_SHOWN = 5


class Call(NamedTuple):
    """Something to be done at once, in words, and the page where it is done."""

    words: str
    url: str


def oversold(property_id: int, tonight: Iterable[NightCount]) -> list[Call]:
    """Where more is sold tonight than there are rooms in order; a query when a type is.

    Args:
        property_id: of the property.
        tonight: counters of one night, of the house and of the types.
    """
    short = {count.room_type_id: -count.empty for count in tonight if count.empty < 0}
    whole = short.pop(None, 0)
    types = RoomType.objects.at(property_id).filter(pk__in=short) if short else ()
    by_type = ", ".join(f"{room_type.name} {short[room_type.pk]}" for room_type in types)
    page, told = reverse("dashboard:availability"), []
    if whole:
        words = ngettext(
            "%(n)d room more is sold tonight than the house has.",
            "%(n)d rooms more are sold tonight than the house has.",
            whole,
        )
        told.append(Call(words % {"n": whole}, page))
    if by_type:
        told.append(Call(_("Sold too often tonight: %(types)s") % {"types": by_type}, page))
    return told


def not_ready(place: Property, arrivals: Sequence[Reservation], instant: datetime) -> list[Call]:
    """Guests expected within the hour, or already, whose room is not ready or not chosen.

    Three queries when one of them has a room, none else.

    Args:
        arrivals: of the open business date, read ``with_rooms()``.
        instant: now.
    """
    soon = [stay for stay in arrivals if _is_soon(place, stay, instant)]
    rooms = {stay.pk: room_tonight(stay) for stay in soon}
    chosen = [room for room in rooms.values() if room is not None]
    ready = (
        {offer.room.pk for offer in offers_of(place, chosen) if offer.is_ready and offer.is_vacant}
        if chosen
        else set()
    )
    return [
        Call(_words(stay, room), reverse("dashboard:reservation_detail", args=[stay.pk]))
        for stay in soon
        if (room := rooms[stay.pk]) is None or room.pk not in ready
    ]


def payments_unclear(property_id: int) -> list[Call]:
    """Payments of which nobody knows yet whether they were made, the latest first; one query."""
    rows = Payment.objects.at(property_id).filter(status=PaymentStatus.UNKNOWN).order_by("-pk")
    return [
        Call(
            _("Payment %(number)s is being clarified with the processor.") % {"number": payment.number},
            reverse("dashboard:payment", args=[payment.pk]),
        )
        for payment in rows.only("number")[:UNCLEAR_SHOWN]
    ]


def _is_soon(place: Property, stay: Reservation, instant: datetime) -> bool:
    return (
        stay.status == ReservationStatus.CONFIRMED
        and stay.eta is not None
        and local_instant(place, stay.arrival, stay.eta) <= instant + SOON
    )


def _words(stay: Reservation, room: Room | None) -> str:
    told = {"guest": guest_name(stay), "time": time_format(stay.eta, "H:i") if stay.eta else ""}
    if room is None:
        return _("%(guest)s is expected at %(time)s and has no room.") % told
    return _("Room %(room)s is not ready; %(guest)s is expected at %(time)s.") % {**told, "room": room.number}
