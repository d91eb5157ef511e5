"""What picking up a rooming list would do: nights of the block and of the house, who is known, what is in the way."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hotel.guests.domain.contacts import email_kind, normal_email
from hotel.guests.domain.matching import Identity
from hotel.guests.domain.names import folded
from hotel.guests.selectors.matches import Match, is_same_person, matches_among
from hotel.reservations.choices import BlockControl, ReservationStatus
from hotel.reservations.domain.blocks import PICKABLE_STATUSES
from hotel.reservations.domain.rooming import (
    Defaults,
    Fault,
    Party,
    RoomingPerson,
    columns_read,
    parties_of,
    party_faults,
    person_read,
    repeated,
)
from hotel.reservations.domain.stays import nights_between
from hotel.reservations.models import BlockNight, GroupBlock, ReservationGuest
from hotel.rooms.models import RoomType

MONTH_FIRST = frozenset({"US"})
MAX_NIGHTS = 120
GONE = (ReservationStatus.CANCELLED, ReservationStatus.NO_SHOW)


@dataclass(frozen=True)
class LineRefused:
    """A line that cannot be read, in words."""

    line: int
    cells: str
    reasons: list[str]


@dataclass
class RoomPlanned:
    """What would be done for one room.

    Attributes:
        party: who sleeps there.
        from_block, from_house: nights.
        reasons: why it cannot be picked up; empty when it can, as far as the block goes.
        known_as: number of the reservation that one of them has in the block for the same days; "" when none has.
        repeats: the line before that names one of them for the same days; 0 when none does.
        is_left_out: because it is known or repeated, and nobody asked for it all the same.
    """

    party: Party
    from_block: int = 0
    from_house: int = 0
    reasons: list[str] = field(default_factory=list)
    known_as: str = ""
    repeats: int = 0
    is_left_out: bool = False

    @property
    def line(self) -> int:
        """The first line of the room."""
        return self.party.first.line

    @property
    def seen(self) -> list[Any]:
        """What a person was told the room does; something else is not done without looking again."""
        return [self.line, self.from_block, self.from_house, self.known_as, self.is_left_out]


def header_faults(header: Sequence[str]) -> list[str]:
    """What is wrong with the first line of a list, in sentences; empty when it will do."""
    if "last_name" in columns_read(header):
        return []
    return [
        _(
            "The first line has to name the columns, one of them “Last name”; also known are first name, e-mail, "
            "birth date, arrival, departure, room type, sharer, adults and notes, in English, German or Spanish."
        )
    ]


def defaults_of(block: GroupBlock) -> Defaults:
    """What empty cells of a list mean, and the room types by what people call them; one query."""
    names: dict[str, str] = {}
    cells = BlockNight.objects.filter(block=block).values("room_type")
    types = RoomType.objects.at(block.property_id).filter(is_active=True)
    rows = list(types.filter(pk__in=cells).values_list("code", "name"))
    for code, name in [*types.values_list("code", "name"), *rows]:  # the block's own count last
        names[folded(name)] = code
    names |= {folded(code): code for code in list(names.values())}
    return Defaults(
        arrival=block.arrival,
        departure=block.departure,
        room_types=names,
        only_type=rows[0][0] if len(rows) == 1 else "",
        is_month_first=block.property.country in MONTH_FIRST,
    )


def people_read(
    block: GroupBlock, rows: Sequence[tuple[int, Mapping[str, Any]]]
) -> tuple[list[RoomingPerson], list[LineRefused]]:
    """The persons of a list, by number and column to cell, and the lines that cannot be read."""
    defaults, people, refused = defaults_of(block), [], []
    for number, cells in rows:
        columns = columns_read(cells)
        person, faults = person_read(
            number, {name: cells.get(column) for name, column in columns.items()}, defaults
        )
        if person is not None and (person.departure - person.arrival).days > MAX_NIGHTS:
            person, faults = None, [Fault("too_long_a_stay", "departure", str(MAX_NIGHTS))]
        if person is None:
            said = " · ".join(str(cell) for cell in cells.values() if cell not in (None, ""))[:120]
            refused.append(LineRefused(number, said, [fault_words(fault) for fault in faults]))
        else:
            people.append(person)
    return people, refused


def rooming_plan(
    block: GroupBlock, people: Sequence[RoomingPerson], taken_anyway: Collection[int] = ()
) -> list[RoomPlanned]:
    """Go through the rooms of a list in order, each taking from the block what those before have left.

    Args:
        block: as it stands; locked by who is about to pick up.
        people: of the list.
        taken_anyway: first lines of rooms that are to be picked up though they are known or repeated.

    Returns:
        A plan by room. Three queries, whatever the list.
    """
    parties = parties_of(people)
    known, twice = _known(block), repeated(parties)
    cells = {
        (row["room_type__code"], row["night"]): row["current"] - row["picked_up"]
        for row in BlockNight.objects.filter(block=block)
        .order_by()
        .values("room_type__code", "night", "current", "picked_up")
    }
    found = []
    for party in parties:
        room = RoomPlanned(party, reasons=[fault_words(fault) for fault in party_faults(party)])
        room.known_as = next((known[key] for person in party.people if (key := _key(person)) in known), "")
        room.repeats = twice.get(room.line, 0)
        room.is_left_out = bool(room.known_as or room.repeats) and room.line not in taken_anyway
        if not room.is_left_out and not room.reasons:
            _take(block, room, cells)
        found.append(room)
    return found


def profiles_of(
    block: GroupBlock, people: Sequence[RoomingPerson]
) -> tuple[dict[int, list[Match]], dict[int, int]]:
    """Profiles that persons of a list may have here already, by line, and of those the one to propose.

    Two queries, whatever the list.
    """
    told = {person.line: identity_told(person) for person in people}
    matches = matches_among(block.property_id, told)
    proposed = {}
    for line, found in matches.items():
        sure = [match.guest.pk for match in found if is_same_person(told[line], match)]
        if len(sure) == 1:
            proposed[line] = sure[0]
    return matches, proposed


def identity_told(person: RoomingPerson) -> Identity:
    """What a line says of who a person is; addresses of offices and channels say nothing."""
    email = normal_email(person.email)
    return Identity(
        last_name=person.last_name,
        first_name=person.first_name,
        email=email if email_kind(email) == "personal" else "",
        birth_date=person.birth_date,
    )


def fault_words(fault: Fault) -> str:
    """What is wrong, for people."""
    return _FAULTS[fault.code]() % {"field": field_words(fault.field), "value": fault.value}


def field_words(name: str) -> str:
    """What a column is called."""
    return {
        "last_name": _("Last name"),
        "first_name": _("First name"),
        "email": _("E-mail"),
        "birth_date": _("Birth date"),
        "arrival": _("Arrival"),
        "departure": _("Departure"),
        "room_type": _("Room type"),
        "sharer": _("Sharer"),
        "adults": _("Adults"),
        "notes": _("Notes"),
    }.get(name, name)


_FAULTS = {
    "missing": lambda: _("%(field)s is missing."),
    "too_long": lambda: _("%(field)s: at most %(value)s characters."),
    "no_day": lambda: _("%(field)s: “%(value)s” is no day. Write 2027-04-30 or 30.4.2027."),
    "no_nights": lambda: _("The departure has to be after the arrival."),
    "too_long_a_stay": lambda: _("A stay has at most %(value)s nights."),
    "no_type": lambda: _("There is no room type “%(value)s”."),
    "type_missing": lambda: _("The room type is missing; the block has several."),
    "no_count": lambda: _("%(field)s: “%(value)s” is no number from 1 to 20."),
    "days_differ": lambda: _(
        "Who shares room “%(value)s” comes and leaves on different days. Give them a room each, then let them share "
        "on the page of a stay."
    ),
    "types_differ": lambda: _("Who shares room “%(value)s” has different room types."),
    "too_many": lambda: _("More than 20 people share room “%(value)s”."),
}


def _take(block: GroupBlock, room: RoomPlanned, cells: dict[tuple[str, date], int]) -> None:
    """Count a room's nights off the block, or say what is in the way; then nothing is counted."""
    if block.status not in PICKABLE_STATUSES:
        room.reasons.append(
            _("The block takes no reservations as it stands: %s.") % block.get_status_display()
        )
        return
    kind, person = room.party.first.room_type, room.party.first
    nights = nights_between(person.arrival, person.departure)
    lefts = {night: cells.get((kind, night)) for night in nights}
    of_house = _shoulder(block, nights)
    is_open = bool(block.cut_off_at) or block.control == BlockControl.ELASTIC
    outside = [night for night, left in lefts.items() if left is None and night not in of_house]
    full = [night for night, left in lefts.items() if left is not None and left <= 0 and not is_open]
    if outside:
        words = _("The block has no %(type)s on %(days)s.")
        room.reasons.append(words % {"type": kind, "days": _days(outside)})
    if full:
        words = _("No %(type)s of the block is left on %(days)s.")
        room.reasons.append(words % {"type": kind, "days": _days(full)})
    if room.reasons:
        return
    room.from_block = sum(left is not None and left > 0 and not block.cut_off_at for left in lefts.values())
    room.from_house = len(nights) - room.from_block
    for night, left in lefts.items():
        if left is not None:
            cells[kind, night] = left - 1


def _shoulder(block: GroupBlock, nights: Sequence[date]) -> set[date]:
    """Of some nights those around the block, on which its price holds for rooms of the house."""
    first = block.arrival - timedelta(days=block.shoulder_days)
    past = block.departure + timedelta(days=block.shoulder_days)
    return {
        night for night in nights if first <= night < past and not block.arrival <= night < block.departure
    }


def _days(days: Sequence[date]) -> str:
    """Days in words, three at most."""
    named = ", ".join(date_format(day, "D j M") for day in days[:3])
    return named if len(days) <= 3 else _("%(days)s and %(n)s more") % {"days": named, "n": len(days) - 3}


def _known(block: GroupBlock) -> dict[tuple[str, date, date], str]:
    """Who is picked up already, with his days, to the number of his reservation; one query."""
    rows = ReservationGuest.objects.filter(~Q(reservation__status__in=GONE), reservation__block=block)
    return {
        (key, arrival, departure): number
        for key, arrival, departure, number in rows.order_by("-pk").values_list(
            "guest__name_key", "reservation__arrival", "reservation__departure", "reservation__number"
        )
    }


def _key(person: RoomingPerson) -> tuple[str, date, date]:
    return person.key, person.arrival, person.departure
