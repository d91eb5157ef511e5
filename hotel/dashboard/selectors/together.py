"""Stays that could belong together: those of the same guest or booking, and which of them could be one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from hotel.core.words import _
from hotel.reservations.domain.combining import differences
from hotel.reservations.domain.lifecycle import COMMANDS, action
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.actions import situation_of

LISTED = 20


@dataclass(frozen=True)
class Neighbours:
    """Stays beside a stay.

    Attributes:
        joinable: those that follow one another with it without a gap and were sold alike, by arrival.
        apart: those that begin or end where it does and all the same cannot be one with it, each with why.
    """

    joinable: list[Reservation]
    apart: list[tuple[Reservation, str]]


def companions(stay: Reservation) -> list[Reservation]:
    """Other stays of the same guest or booking that are not over, by arrival; two queries."""
    same = Q(booking=stay.booking_id)
    if stay.primary_guest_id is not None:
        same |= Q(primary_guest=stay.primary_guest_id)
    rows = Reservation.objects.at(stay.property_id).with_parts().with_rooms()
    rows = rows.filter(same, status__in=COMMANDS["link"].sources).exclude(pk=stay.pk)
    return list(rows.order_by("arrival", "pk")[:LISTED])


def neighbours(stay: Reservation, others: Sequence[Reservation]) -> Neighbours:
    """Which of some stays could be one with a stay; no query for stays ``with_rooms``.

    Args:
        others: of the same property, by arrival.
    """
    against = {other.pk: _reason(stay, other) for other in others}
    alike = [other for other in others if not against[other.pk]]
    chain = [stay]
    while added := [other for other in alike if other not in chain and _touches(other, chain)]:
        chain += added
    return Neighbours(
        joinable=[other for other in alike if other in chain],
        apart=[(o, against[o.pk]) for o in others if against[o.pk] and _touches(o, [stay])],
    )


def _touches(stay: Reservation, chain: Sequence[Reservation]) -> bool:
    """Whether a stay begins where one of the chain ends, or ends where one begins."""
    return any(stay.arrival == one.departure or stay.departure == one.arrival for one in chain)


def _reason(stay: Reservation, other: Reservation) -> str:
    """Why another stay cannot become part of a stay, in words; empty when nothing is known against it."""
    judged = action("combine", situation_of(other))
    if not judged.is_allowed:
        return judged.reason
    differ = differences([stay, other])
    return _("They differ in %(differ)s.") % {"differ": ", ".join(map(_, differ))} if differ else ""
