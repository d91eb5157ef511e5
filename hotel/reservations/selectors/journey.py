"""What a guest's stays tell of his way through the house; nothing of those who are confidential."""

from collections.abc import Set as AbstractSet
from datetime import date

from django.db.models import F, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hotel.properties.journeys import JourneyRow, JourneyWords, journey_rows
from hotel.reservations.choices import ChangeKind, GuestRole, NoteKind
from hotel.reservations.models import Reservation, ReservationChange, ReservationGuest, ReservationNote

# What happened in the house itself; everything else is about the booking.
HOUSE = (
    ChangeKind.CHECKED_IN,
    ChangeKind.CHECK_IN_UNDONE,
    ChangeKind.ROOM_MOVED,
    ChangeKind.SHORTENED,
    ChangeKind.LATE_CHECK_OUT,
    ChangeKind.CHECKED_OUT,
    ChangeKind.CHECK_OUT_UNDONE,
    ChangeKind.NO_SHOW,
)
# The work of the desk, which a guest never hears of.
UNTOLD = (
    ChangeKind.ASSIGNED,
    ChangeKind.UNASSIGNED,
    ChangeKind.LOCKED,
    ChangeKind.UNLOCKED,
)
SHOWN = 160


def stays_of_guest(guest_id: int, property_ids: AbstractSet[int]) -> QuerySet[Reservation]:
    """Stays that a guest has a part in, other than paying; confidential ones are found by their number only."""
    parts = ReservationGuest.objects.filter(property_id__in=property_ids, guest_id=guest_id)
    his = parts.exclude(role=GuestRole.PAYER).values("reservation_id")
    rows: QuerySet[Reservation] = Reservation.objects.filter(property_id__in=property_ids, pk__in=his)
    return rows.filter(is_confidential=False)


def changes_of_guest(guest_id: int, property_ids: AbstractSet[int], kind: str) -> QuerySet:
    """What became of his bookings (``bookings``), and where he was (``stays``)."""
    rows = ReservationChange.objects.filter(property_id__in=property_ids).exclude(kind__in=UNTOLD)
    if kind:
        rows = rows.filter(kind__in=HOUSE) if kind == "stays" else rows.exclude(kind__in=HOUSE)
    return journey_rows(
        rows.filter(reservation__in=stays_of_guest(guest_id, property_ids).values("pk")),
        at="at",
        what="kind",
        target="reservation_id",
        more={
            "number": "reservation__number",
            "arrival": "reservation__arrival",
            "departure": "reservation__departure",
            "room": KeyTextTransform("room", "after"),
        },
    )


def change_told(row: JourneyRow) -> JourneyWords:
    """What happened, to which stay, in which room."""
    more = row.more
    days = (date_format(date.fromisoformat(more[name]), "j M Y") for name in ("arrival", "departure"))
    parts = [more["number"], " – ".join(days)]
    if more["room"]:
        parts.append(_("room %(number)s") % {"number": more["room"]})
    kind = "stays" if row.what in HOUSE else "bookings"
    return JourneyWords(kind, str(ChangeKind(row.what).label), " · ".join(parts))


def notes_of_guest(guest_id: int, property_ids: AbstractSet[int], kind: str) -> QuerySet:
    """What he asked for or complained of, and what others are to know or do; not the notes of the house to itself."""
    rows = ReservationNote.objects.filter(property_id__in=property_ids).exclude(kind=NoteKind.INTERNAL)
    return journey_rows(
        rows.filter(reservation__in=stays_of_guest(guest_id, property_ids).values("pk")),
        at="created_at",
        what="kind",
        target="reservation_id",
        more={
            "text": "text",
            "department": "department",
            "number": "reservation__number",
            "done": Cast(F("done_at"), TextField()),
        },
    )


def note_told(row: JourneyRow) -> JourneyWords:
    """Whose note it is and what it says; done or open for what somebody is to do."""
    text = " ".join(row.more["text"].split())
    shown = text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
    status = ("", "")
    if row.what == NoteKind.TRACE:
        status = ("done", _("done")) if row.more["done"] else ("open", _("open"))
    return JourneyWords("requests", str(NoteKind(row.what).label), f"{row.more['number']} · {shown}", status)
