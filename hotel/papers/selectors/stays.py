"""The lists of stays: who comes, who is here, who leaves, and who belongs to a group."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from moneyed import Money

from hotel.core.money import zero
from hotel.folios.models import Folio
from hotel.folios.selectors.balances import folio_balances
from hotel.papers.domain.tables import Column, Content, Table
from hotel.properties.models import Property
from hotel.reservations.choices import NoteKind, ReservationStatus
from hotel.reservations.models import GroupBlock, Reservation, ReservationNote
from hotel.reservations.selectors import front_desk
from hotel.reservations.selectors.presence import assignment_held

MOST = 2_000
_ROOM, _GUEST, _NUMBER = Column("room", width=6), Column("guest", "name", 20), Column("number", "key", 18)
_TYPE, _ADULTS, _CHILDREN = (
    Column("type", width=6),
    Column("adults", "count", 6),
    Column("children", "count", 6),
)
_FROM, _TO, _NIGHTS = (
    Column("arrival", "day", 10),
    Column("departure", "day", 10),
    Column("nights", "count", 6),
)
_STATUS, _NOTES, _DONE = Column("status", width=9), Column("notes", width=20), Column("done", "box", 5)
_BALANCE = Column("balance", "money", 11)

ARRIVALS = (
    _ROOM, _GUEST, _NUMBER, _TYPE, _ADULTS, _CHILDREN, _TO, _NIGHTS, Column("eta", "time", 7), _STATUS,
    Column("guarantee", width=9), _NOTES, _DONE,
)  # fmt: skip
IN_HOUSE = (_ROOM, _GUEST, _NUMBER, _TYPE, _ADULTS, _CHILDREN, _FROM, _TO, _NIGHTS, _BALANCE, _NOTES)
DEPARTURES = (
    _ROOM, _GUEST, _NUMBER, _ADULTS, _CHILDREN, _FROM, Column("etd", "time", 7), _STATUS, _BALANCE, _NOTES, _DONE,
)  # fmt: skip
ROOMING = (
    _ROOM, Column("guests", "name", 30), _NUMBER, _TYPE, _ADULTS, _CHILDREN, _FROM, _TO, _NIGHTS, _STATUS, _NOTES,
)  # fmt: skip
CAME: dict[str, str] = {
    ReservationStatus.CONFIRMED: "due_in",
    ReservationStatus.IN_HOUSE: "here",
    ReservationStatus.OPTION: "option",
}
WENT: dict[str, str] = {ReservationStatus.IN_HOUSE: "due_out", ReservationStatus.CHECKED_OUT: "left"}
OVER = (ReservationStatus.CANCELLED, ReservationStatus.NO_SHOW)
WORDS: dict[str, str] = {**CAME, ReservationStatus.CHECKED_OUT: "left"}


def arrivals_content(place: Property, w: dict[str, str]) -> Content:
    """Who comes on the business date, and who came; four queries."""
    stays = list(front_desk.arrivals(place.pk, place.business_date)[:MOST])
    return Content(
        word="arrivals",
        day=place.business_date,
        tables=(arrivals_table(place, stays, w),),
        definitions=("def_arrivals",),
        guests=guests_of(stays),
    )


def in_house_content(place: Property, w: dict[str, str]) -> Content:
    """Who is here, with what is owed; six queries."""
    stays = list(front_desk.in_house(place.pk)[:MOST])
    return Content(
        word="in_house",
        day=place.business_date,
        tables=(in_house_table(place, stays, w),),
        definitions=("def_in_house",),
        guests=guests_of(stays),
    )


def departures_content(place: Property, w: dict[str, str]) -> Content:
    """Who leaves on the business date, and who left, with what is owed; six queries."""
    stays = list(front_desk.departures(place.pk, place.business_date)[:MOST])
    return Content(
        word="departures",
        day=place.business_date,
        tables=(departures_table(place, stays, w),),
        definitions=("def_departures",),
        guests=guests_of(stays),
    )


def rooming_content(place: Property, block: GroupBlock, w: dict[str, str]) -> Content:
    """The rooms of a group with all their guests, by arrival; five queries."""
    rows = Reservation.objects.at(place.pk).with_parts().with_rooms().prefetch_related("guests__guest")
    stays = list(rows.filter(block=block).exclude(status__in=OVER).order_by("arrival", "number")[:MOST])
    notes = notes_of(place.pk, stays)
    table = Table(
        "rooming",
        ROOMING,
        [
            (
                room_of(stay, max(stay.arrival, min(place.business_date, stay.departure))),
                names_of(stay, w),
                stay.number,
                stay.room_type.code,
                *persons(stay),
                stay.arrival,
                stay.departure,
                nights(stay),
                w[WORDS[stay.status]] if stay.status in WORDS else stay.status,
                notes[stay.pk],
            )
            for stay in stays
        ],
        totals=_totals(ROOMING, stays, w),
    )
    named = {row.guest_id for stay in stays for row in stay.guests.all()}
    return Content(
        word="rooming",
        day=place.business_date,
        tables=(table,),
        facts=(
            ("group", block.name),
            ("arrival", block.arrival),
            ("departure", block.departure),
        ),
        definitions=("def_rooming",),
        guests=guests_of(stays) | named,
        about=f"{block.name} ({block.code})",
    )


def arrivals_table(place: Property, stays: Sequence[Reservation], w: dict[str, str], **how: Any) -> Table:
    """Stays that come, with room, time and what to know; one query."""
    notes = notes_of(place.pk, stays)
    rows = [
        (
            room_of(stay, stay.arrival), name_of(stay, w), stay.number, stay.room_type.code, *persons(stay),
            stay.departure, nights(stay), stay.eta, w[CAME.get(stay.status, "due_in")], w[stay.guarantee],
            notes[stay.pk], None,
        )
        for stay in sorted(stays, key=_by_name)
    ]  # fmt: skip
    return Table(how.pop("word", "arrivals"), ARRIVALS, rows, totals=_totals(ARRIVALS, stays, w), **how)


def in_house_table(place: Property, stays: Sequence[Reservation], w: dict[str, str]) -> Table:
    """Stays in house by room, with what is owed; three queries."""
    notes, owed = notes_of(place.pk, stays), balances_of(place, stays)
    rows = [
        (
            room_of(stay, place.business_date), name_of(stay, w), stay.number, stay.room_type.code, *persons(stay),
            stay.arrival, stay.departure, nights(stay), owed[stay.pk], notes[stay.pk],
        )
        for stay in stays
    ]  # fmt: skip
    return Table("in_house", IN_HOUSE, sorted(rows, key=_by_room), totals=_totals(IN_HOUSE, stays, w, owed))


def departures_table(place: Property, stays: Sequence[Reservation], w: dict[str, str], **how: Any) -> Table:
    """Stays that leave by room, with what is owed; three queries."""
    notes, owed = notes_of(place.pk, stays), balances_of(place, stays)
    rows = [
        (
            room_of(stay, min(place.business_date, stay.departure)), name_of(stay, w), stay.number, *persons(stay),
            stay.arrival, stay.etd, w[WENT.get(stay.status, "due_in")], owed[stay.pk], notes[stay.pk], None,
        )
        for stay in stays
    ]  # fmt: skip
    word = how.pop("word", "departures")
    return Table(
        word, DEPARTURES, sorted(rows, key=_by_room), totals=_totals(DEPARTURES, stays, w, owed), **how
    )


def name_of(stay: Reservation, w: dict[str, str]) -> str:
    """Whom a stay is for; the names of confidential guests stay hidden."""
    if stay.is_confidential:
        return w["confidential"]
    guest = stay.primary_guest
    return ", ".join(part for part in (guest.last_name, guest.first_name) if part) if guest else stay.number


def names_of(stay: Reservation, w: dict[str, str]) -> str:
    """All guests of a stay whose ``guests__guest`` are read, the primary one first."""
    if stay.is_confidential:
        return w["confidential"]
    others = [str(row.guest) for row in stay.guests.all() if row.guest_id != stay.primary_guest_id]
    return " · ".join([name_of(stay, w), *others])


def room_of(stay: Reservation, day: date) -> str:
    """The number of the room that a stay, read ``with_rooms()``, has on a day; else of its first one."""
    rooms = stay.rooms_now  # type: ignore[attr-defined]
    held = assignment_held(rooms, day) or (rooms[0] if rooms else None)
    return held.room.number if held else ""


def persons(stay: Reservation) -> tuple[int, int]:
    """Adults and children."""
    return stay.adults, sum(stay.children.values())


def nights(stay: Reservation) -> int:
    """Nights of the whole stay."""
    return (stay.departure - stay.arrival).days


def guests_of(stays: Iterable[Reservation]) -> frozenset[int]:
    """Ids of those whom lists of stays name."""
    return frozenset(
        stay.primary_guest_id for stay in stays if stay.primary_guest_id and not stay.is_confidential
    )


def notes_of(property_id: int, stays: Collection[Reservation]) -> dict[int, str]:
    """What the desk has to know of stays: alerts and notes of guests that nobody has ticked off, by stay; one query."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = ReservationNote.objects.at(property_id).filter(
        reservation__in=[stay.pk for stay in stays], kind__in=(NoteKind.ALERT, NoteKind.GUEST), done_at=None
    )
    for stay_id, kind, text in rows.order_by("kind", "pk").values_list("reservation_id", "kind", "text"):
        found[stay_id].append(f"! {text}" if kind == NoteKind.ALERT else text)
    return {stay.pk: " · ".join(found[stay.pk]) for stay in stays}


def balances_of(place: Property, stays: Collection[Reservation]) -> dict[int, Money]:
    """What the folios of stays owe together, by stay; two queries."""
    currency = str(place.currency)
    owed = {stay.pk: zero(currency) for stay in stays}
    folios = dict(
        Folio.objects.at(place.pk).filter(reservation__in=list(owed)).values_list("pk", "reservation_id")
    )
    for folio_id, amount in folio_balances(place.pk, list(folios)).items():
        owed[folios[folio_id]] += amount
    return owed


def _totals(
    columns: Sequence[Column],
    stays: Sequence[Reservation],
    w: dict[str, str],
    owed: dict[int, Money] | None = None,
) -> tuple[Any, ...]:
    """How many stays and persons, and what they owe together; nothing when there are none."""
    if not stays:
        return ()
    adults, children = (sum(part) for part in zip(*map(persons, stays), strict=True))
    found: dict[str, Any] = {
        "room": str(len(stays)),
        "guest": w["total"],
        "guests": w["total"],
        "adults": adults,
    }
    found["children"] = children
    if owed:
        found["balance"] = sum(list(owed.values())[1:], next(iter(owed.values())))
    return tuple(found.get(column.word) for column in columns)


def _by_name(stay: Reservation) -> tuple[str, str]:
    guest = None if stay.is_confidential else stay.primary_guest
    return (f"{guest.last_name} {guest.first_name}".lower() if guest else "", stay.number)


def _by_room(row: Sequence[Any]) -> tuple[bool, int, str]:
    return (not row[0], len(row[0]), row[0])
