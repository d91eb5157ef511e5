"""Who shares a room with whom."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q

from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation, RoomAssignment

SHARING = (ReservationStatus.CONFIRMED, ReservationStatus.IN_HOUSE)
# Who came and left today has paid for tonight: the room counts on him still.
LIVING = Q(status__in=SHARING) | Q(
    status=ReservationStatus.CHECKED_OUT, departure__gt=F("property__business_date")
)


def sharers_of(reservation: Reservation) -> list[Reservation]:
    """All who share a room with a stay, itself among them, in their order; none when it shares none. One query."""
    if reservation.share_id is None:
        return []
    rows = Reservation.objects.at(reservation.property_id).filter(share=reservation.share_id)
    return list(rows.select_related("primary_guest", "property").order_by("share_position", "pk"))


def mates_here(reservation: Reservation) -> list[int]:
    """The ids of those in house who share the room with a stay, without itself; no query when it shares none."""
    if reservation.share_id is None:
        return []
    rows = Reservation.objects.at(reservation.property_id).in_house().filter(share=reservation.share_id)
    return list(rows.exclude(pk=reservation.pk).order_by("pk").values_list("pk", flat=True))


def parties_of(
    stays: Iterable[Reservation],
) -> tuple[list[Reservation], dict[int, list[Reservation]], list[Reservation]]:
    """Stays that are to get rooms, those who share one taken together; at most two queries.

    Returns:
        Those who share none; by share, all who share it, when none of them has a room; and those whose room is a
        matter for a person, because some of them have one. Each ascending by id.
    """
    rows = sorted(stays, key=lambda row: row.pk)
    shares = {row.share_id for row in rows if row.share_id is not None}
    if not shares:
        return rows, {}, []
    members = Reservation.objects.filter(share__in=shares, status__in=SHARING)
    parties: dict[int, list[Reservation]] = defaultdict(list)
    for member in members.select_related("property", "room_type", "booking").order_by("pk"):
        parties[member.share_id].append(member)  # type: ignore[index]
    held = RoomAssignment.objects.filter(reservation__share__in=shares, released_at=None)
    roomed = set(held.values_list("reservation__share", flat=True))
    in_doubt = [row for row in rows if row.share_id in roomed]
    asking = [row for row in rows if row.share_id is None]
    return asking, {pk: party for pk, party in parties.items() if pk not in roomed}, in_doubt


def span_of_party(party: Iterable[Reservation]) -> tuple[date, date]:
    """From the first arrival to the last departure of stays that share a room."""
    stays = list(party)
    return min(stay.arrival for stay in stays), max(stay.departure for stay in stays)
