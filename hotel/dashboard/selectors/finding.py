"""What a few words lead to: rooms, stays, and the next step at the desk."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hotel.guests.models import Guest
from hotel.guests.selectors.profiles import guests_search
from hotel.properties.models import Property
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation, RoomAssignment
from hotel.reservations.querysets import ReservationQuerySet
from hotel.rooms.selectors.rooms import rooms_open

May = Callable[[str, str], bool]

SHOWN = 8
GUESTS = 200
# What is typed, to the words of the button, its page, and the status that the stay must have.
ACTS = {
    "check in": (_("Check in"), "dashboard:check_in", ReservationStatus.CONFIRMED),
    "check out": (_("Check out"), "dashboard:check_out", ReservationStatus.IN_HOUSE),
    "move": (_("Move"), "dashboard:move_room", ReservationStatus.IN_HOUSE),
}


@dataclass(frozen=True)
class Hit:
    """One line that leads to the page of a stay.

    Attributes:
        lead: what comes first: the button's words, or the room; empty for a stay.
        stay: whom it is about; None for a room that nobody has today.
        route: the page.
    """

    lead: str
    stay: Reservation | None
    route: str = "dashboard:reservation_detail"


def stays_matching(property_id: int, text: str, *, by_name: bool) -> Q:
    """Reservations with this number, or whose guest has this name; names may be typed with small errors.

    Args:
        property_id: where.
        text: as typed.
        by_name: whether the reader may know guests; who is confidential is found by his number only.
    """
    wanted = Q(number__istartswith=text) | Q(booking__external_id__iexact=text)
    if by_name:
        guests = Guest.objects.filter(pk__in=guests_search([property_id], text, limit=GUESTS))
        wanted |= Q(primary_guest__in=guests.values("pk"), is_confidential=False)
    return wanted


def finds(place: Property, text: str, may: May) -> list[Hit]:
    """The best lines for what was typed, as far as the reader may know them; at most seven queries.

    Args:
        place: the property worked at.
        text: ``204``, the number of a reservation, a name, or an act such as ``> check in 204``.
        may: verb and area, whether the reader holds it there.
    """
    text = text.strip()
    if not text or not may("view", "reservations"):
        return []
    if act := act_of(text):
        return _acts(place, *act) if may("manage", "stays") else []
    rows = _shown(place).filter(stays_matching(place.pk, text, by_name=may("view", "guests")))
    return [*_rooms(place, text), *(Hit("", stay) for stay in rows.order_by("-arrival", "-pk")[:SHOWN])]


def act_of(text: str) -> tuple[str, str] | None:
    """The key of ``ACTS`` and the room that were typed, in English or in the reader's language; None for no act."""
    for key, (words, _route, _status) in ACTS.items():
        names = "|".join(re.escape(name) for name in (key, str(words)))
        if found := re.fullmatch(rf">?\s*(?:{names})\s+(\S+)", text, re.IGNORECASE):
            return key, found[1]
    return None


def _shown(place: Property) -> ReservationQuerySet:
    rows: ReservationQuerySet = Reservation.objects.at(place.pk).with_parts().with_rooms()
    return rows


def _today(place: Property, numbers: list[str]) -> dict[str, list[int]]:
    """The stays that have these rooms on the business date, by the room's number."""
    day = place.business_date
    found: dict[str, list[int]] = {}
    parts = RoomAssignment.objects.at(place.pk).filter(
        released_at=None, room__number__in=numbers, arrival__lte=day, departure__gte=day
    )
    for number, stay in parts.order_by("-departure", "pk").values_list("room__number", "reservation_id"):
        found.setdefault(number, []).append(stay)
    return found


def _rooms(place: Property, text: str) -> list[Hit]:
    """Rooms whose number begins so, with who has them today."""
    rooms = rooms_open(place.pk, place.business_date).filter(number__istartswith=text)
    numbers = list(rooms.values_list("number", flat=True)[:SHOWN])
    held = _today(place, numbers) if numbers else {}
    stays = _shown(place).in_bulk([pk for ids in held.values() for pk in ids]) if held else {}
    return [
        Hit(number, stay, "dashboard:reservation_detail" if stay else "dashboard:chart")
        for number in numbers
        for stay in [stays.get(pk) for pk in held.get(number, ())] or [None]
    ]


def _acts(place: Property, key: str, room: str) -> list[Hit]:
    """The step, for whoever has the room today and is ready for it."""
    words, route, status = ACTS[key]
    ids = _today(place, [room]).get(room, [])
    return [Hit(str(words), stay, route) for stay in _shown(place).filter(pk__in=ids, status=status)]
