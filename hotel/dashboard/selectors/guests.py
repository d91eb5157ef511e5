"""A guest as his page shows him, and the guests of a house as a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from hotel.core.clock import now
from hotel.guests.choices import MatchStatus
from hotel.guests.models import (
    Guest,
    GuestConsent,
    GuestDocument,
    GuestMatch,
    GuestMerge,
    ProfileAtProperty,
)
from hotel.guests.querysets import sees_restricted
from hotel.guests.selectors.consents import consents_current
from hotel.guests.selectors.profiles import guests_search
from hotel.properties.models import Property
from hotel.properties.scoping import grants_of
from hotel.reservations.choices import NoteKind, ReservationStatus
from hotel.reservations.models import Reservation, ReservationNote, RoomAssignment
from hotel.reservations.selectors.journey import stays_of_guest
from hotel.rooms.models import RoomFeature

LISTED = 50
READ = 50  # of his stays: the next ones and those that a wish may be learnt from
TO_COME = (
    ReservationStatus.CONFIRMED,
    ReservationStatus.OPTION,
    ReservationStatus.REQUESTED,
    ReservationStatus.WAITLISTED,
)
SLEPT = (ReservationStatus.IN_HOUSE, ReservationStatus.CHECKED_OUT)


@dataclass(frozen=True)
class Wish:
    """What a guest wants of his room.

    Attributes:
        name: of the feature.
        said_at: the stay at which he said so last.
        honoured_on: the arrival of the last stay in a room that had it; None for none yet.
    """

    name: str
    said_at: Reservation
    honoured_on: date | None


@dataclass(frozen=True)
class StaysShown:
    """His stays in short: in house now, the next to come, the last that is over; and the open alerts of those."""

    now: Reservation | None
    next: Reservation | None
    last: Reservation | None
    alerts: list[tuple[Reservation, str]]
    wishes: list[Wish]


def guest_rows(user: Any, place: Property, verb: str = "view") -> QuerySet[Guest]:
    """Guests whom a person may see, or act on, at the property he works at; tombstones of merged ones, too."""
    rows: QuerySet[Guest] = Guest.objects.visible_to(user, verb, "guests").linked_to([place.pk])
    return rows


def with_signs(rows: QuerySet[Guest]) -> QuerySet[Guest]:
    """With what else there is to know: ``shows_documents``, ``has_twin`` to decide on, ``can_unmerge``."""
    mine = OuterRef("pk")
    twins = GuestMatch.objects.filter(Q(first=mine) | Q(second=mine), status=MatchStatus.OPEN)
    merges = GuestMerge.objects.standing().filter(kept=mine, unmerge_until__gte=now())
    return rows.annotate(
        shows_documents=Exists(GuestDocument.objects.filter(guest=mine)),
        has_twin=Exists(twins),
        can_unmerge=Exists(merges),
    )


def figures_of(guest: Guest, place: Property) -> ProfileAtProperty | None:
    """His stays, nights and spend at a house."""
    return ProfileAtProperty.objects.filter(guest=guest, property=place).first()


def consents_shown(guest: Guest) -> list[GuestConsent]:
    """What he agrees to and what he withdrew, in one order."""
    rows = consents_current(guest.pk)
    return [rows[pair] for pair in sorted(rows)]


def stays_shown(guest: Guest, place: Property) -> StaysShown:
    """His stays at a house in short; two queries, whatever their number, and nothing of confidential ones."""
    alerts = ReservationNote.objects.filter(
        reservation=OuterRef("pk"), kind=NoteKind.ALERT, done_at=None, property=place
    )
    rooms = RoomAssignment.objects.filter(reservation=OuterRef("pk"), property=place, released_at=None)
    rows = stays_of_guest(guest.pk, {place.pk}).annotate(
        open_alerts=ArraySubquery(alerts.order_by("pk").values("text")),
        room_numbers=ArraySubquery(rooms.order_by("arrival", "pk").values("room__number")),
    )
    stays = list(rows.order_by("-arrival", "-pk")[:READ])
    here = [stay for stay in stays if stay.status == ReservationStatus.IN_HOUSE]
    coming = [stay for stay in stays if stay.status in TO_COME and stay.departure >= place.business_date]
    over = [stay for stay in stays if stay.status == ReservationStatus.CHECKED_OUT]
    alerts_told = [(stay, text) for stay in (*here, *reversed(coming)) for text in stay.open_alerts]
    return StaysShown(
        now=next(iter(here), None),
        next=coming[-1] if coming else None,
        last=next(iter(over), None),
        alerts=alerts_told,
        wishes=_wishes(stays, place),
    )


def _wishes(stays: Sequence[Reservation], place: Property) -> list[Wish]:
    """What he asked for, the stay at which he said so last, and when it was last so."""
    said: dict[str, Reservation] = {}
    for stay in stays:
        for code in stay.room_wishes:
            said.setdefault(code, stay)
    if not said:
        return []
    slept = [stay.pk for stay in stays if stay.status in SLEPT]
    his = Q(rooms__assignments__reservation__in=slept, rooms__assignments__released_at=None)
    features = RoomFeature.objects.at(place.pk).filter(code__in=said)
    rows = features.annotate(honoured_on=Max("rooms__assignments__reservation__arrival", filter=his))
    return [Wish(row.name, said[row.code], row.honoured_on) for row in rows.order_by("name")]


def guests_listed(user: Any, place: Property, text: str) -> list[ProfileAtProperty]:
    """Guests of a house by name or by what is known of them, best first; without a text the newest ones.

    Whose processing is restricted is listed for nobody but those who may see him. At most 50.
    """
    rows = ProfileAtProperty.objects.at(place.pk).filter(guest__isnull=False, guest__merged_into=None)
    rows = rows.filter(guest__erased_at=None).select_related("guest")
    if not sees_restricted(grants_of(user)):
        rows = rows.filter(guest__processing_restricted_at=None)
    if not text:
        return list(rows.order_by("-pk")[:LISTED])
    ids = guests_search([place.pk], text, LISTED)
    found: Mapping[int, ProfileAtProperty] = {row.guest_id: row for row in rows.filter(guest__in=ids)}
    return [found[pk] for pk in ids if pk in found]


def merges_of(guest: Guest) -> list[GuestMerge]:
    """Merges that made other profiles part of this one and can still be undone, newest first."""
    rows = GuestMerge.objects.standing().filter(kept=guest, unmerge_until__gte=now())
    return list(rows.select_related("merged").order_by("-pk"))


def twins_of(guest: Guest, user: Any, place: Property) -> list[tuple[Guest, GuestMatch]]:
    """Profiles that may be the same person and that the user may merge here, most alike first."""
    rows = GuestMatch.objects.filter(Q(first=guest) | Q(second=guest), status=MatchStatus.OPEN)
    found = {
        (match.second_id if match.first_id == guest.pk else match.first_id): match
        for match in rows.order_by("-score", "pk")
    }
    seen = guest_rows(user, place, "merge").current().in_bulk(found)  # type: ignore[attr-defined]
    return [(seen[pk], match) for pk, match in found.items() if pk in seen]
