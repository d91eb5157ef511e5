"""Rooming lists as groups send them: columns by the names people give them, days as they write them, rooms by sharers.

A line is a person. Lines with the same sharer number are one room; a line without one has a room alone. What cannot be
read is a ``Fault``, which the reader puts into words.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hotel.core.sheet_cells import cell_typed
from hotel.guests.domain.names import folded, name_key

# Field to the names of its column, folded, with blanks for every other sign: English, German, Spanish.
ALIASES: Mapping[str, tuple[str, ...]] = {
    "last_name": (
        "last name", "surname", "family name", "name", "lastname", "nachname", "familienname", "zuname", "apellido",
        "apellidos",
    ),
    "first_name": ("first name", "given name", "forename", "firstname", "vorname", "rufname", "nombre", "nombres"),
    "email": (
        "e mail", "email", "mail", "e mail address", "email address", "e mail adresse", "correo", "correo electronico",
    ),
    "birth_date": (
        "birth date", "date of birth", "birthdate", "birthday", "dob", "born", "geburtsdatum", "geboren", "geboren am",
        "geb datum", "fecha de nacimiento", "nacimiento",
    ),
    "arrival": (
        "arrival", "arrival date", "check in", "checkin", "from", "anreise", "ankunft", "anreisedatum", "von",
        "llegada", "fecha de llegada", "entrada", "desde",
    ),
    "departure": (
        "departure", "departure date", "check out", "checkout", "until", "to", "abreise", "abreisedatum", "bis",
        "salida", "fecha de salida", "hasta",
    ),
    "room_type": (
        "room type", "type", "room", "roomtype", "category", "zimmertyp", "zimmerart", "zimmerkategorie", "kategorie",
        "zimmer", "tipo", "tipo de habitacion", "habitacion", "categoria",
    ),
    "sharer": (
        "sharer", "sharers", "sharer group", "share", "sharing", "sharing with", "room number", "room no", "room group",
        "group", "teilt", "teilt mit", "teiler", "zimmer nr", "zimmernummer", "zimmer nummer", "gruppe", "comparte",
        "comparte con", "grupo", "numero de habitacion", "habitacion no",
    ),
    "adults": ("adults", "persons", "people", "pax", "guests", "erwachsene", "personen", "adultos", "personas"),
    "notes": (
        "notes", "note", "remarks", "remark", "comments", "comment", "requests", "notizen", "notiz", "bemerkung",
        "bemerkungen", "anmerkung", "anmerkungen", "wunsche", "notas", "nota", "observaciones", "comentarios",
    ),
}  # fmt: skip
LONGEST = {"last_name": 80, "first_name": 80, "email": 254, "room_type": 40, "sharer": 40, "notes": 1000}
MOST_ADULTS = 20
_SIGNS = re.compile(r"[\W_]+")
_DAY = re.compile(r"(\d{1,4})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{2,4})\.?\Z", re.ASCII)
_BY_NAME = {name: field for field, names in ALIASES.items() for name in names}


@dataclass(frozen=True, kw_only=True)
class RoomingPerson:
    """A line of a list; days are business dates, ``[arrival, departure)``; ``sharer`` is empty for a room alone."""

    line: int
    last_name: str
    first_name: str = ""
    email: str = ""
    birth_date: date | None = None
    arrival: date
    departure: date
    room_type: str
    sharer: str = ""
    adults: int = 1
    notes: str = ""

    @property
    def full_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def key(self) -> str:
        """The name as it is compared."""
        return name_key(first_name=self.first_name, last_name=self.last_name)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell or a room: a code, the field, and what stands there or should."""

    code: str
    field: str = ""
    value: str = ""


@dataclass(frozen=True)
class Party:
    """The people of one room, in order of the list; the first one is the guest of the stay."""

    people: tuple[RoomingPerson, ...]

    @property
    def first(self) -> RoomingPerson:
        """Whose stay it is."""
        return self.people[0]

    @property
    def adults(self) -> int:
        """As many as are named, or as a line says when that is more."""
        return max(len(self.people), *(person.adults for person in self.people))


@dataclass(frozen=True, kw_only=True)
class Defaults:
    """What an empty cell means, and how days are written.

    Attributes:
        arrival, departure: of the block.
        room_types: name or code, folded, to code.
        only_type: the code of the one type that the block has; empty when it has several.
        is_month_first: 3/14/2027 is a day in March.
    """

    arrival: date
    departure: date
    room_types: Mapping[str, str]
    only_type: str = ""
    is_month_first: bool = False


def columns_read(header: Iterable[str]) -> dict[str, str]:
    """Field to the column that has it, the first of several; columns without a known name are left out."""
    found: dict[str, str] = {}
    for column in header:
        field = _BY_NAME.get(_SIGNS.sub(" ", folded(column)).strip())
        if field is not None:
            found.setdefault(field, column)
    return found


def person_read(
    line: int, cells: Mapping[str, Any], defaults: Defaults
) -> tuple[RoomingPerson | None, list[Fault]]:
    """Read a line.

    Args:
        line: what people call it; the header is 1.
        cells: field to cell, text or what a workbook has.
        defaults: what an empty cell means.

    Returns:
        The person, or None and all that is wrong, in order of the columns.
    """
    texts = {name: _text(cells.get(name)) for name in ALIASES}
    faults = [Fault("too_long", name, str(most)) for name, most in LONGEST.items() if len(texts[name]) > most]
    if not texts["last_name"]:
        faults.append(Fault("missing", "last_name"))
    days: dict[str, date | None] = {}
    for name in ("birth_date", "arrival", "departure"):
        try:
            short = name != "birth_date"  # nobody knows the century of 14.3.27
            days[name] = day_read(cells.get(name), defaults.is_month_first, may_be_short=short)
        except ValueError:
            faults.append(Fault("no_day", name, texts[name][:40]))
            days[name] = None
    arrival, departure = days["arrival"] or defaults.arrival, days["departure"] or defaults.departure
    if arrival >= departure and not faults:
        faults.append(Fault("no_nights", "departure"))
    code = (
        defaults.room_types.get(folded(texts["room_type"]), "") if texts["room_type"] else defaults.only_type
    )
    if not code:
        kind = "no_type" if texts["room_type"] else "type_missing"
        faults.append(Fault(kind, "room_type", texts["room_type"][:40]))
    adults = texts["adults"] or "1"
    if not (adults.isascii() and adults.isdecimal() and 1 <= int(adults[:9]) <= MOST_ADULTS):
        faults.append(Fault("no_count", "adults", adults[:40]))
    if faults:
        return None, faults
    kept = {name: texts[name] for name in ("last_name", "first_name", "email", "sharer", "notes")}
    person = RoomingPerson(
        line=line,
        birth_date=days["birth_date"],
        arrival=arrival,
        departure=departure,
        room_type=code,
        adults=int(adults),
        **kept,
    )
    return person, []


def day_read(cell: Any, is_month_first: bool = False, *, may_be_short: bool = True) -> date | None:
    """A day as a workbook has it or as people write it: 2027-03-14, 14.3.2027, 14/03/27; None for an empty cell.

    Args:
        cell: of the list.
        is_month_first: 3/14/2027 is a day in March.
        may_be_short: a year of two figures is one of this century.

    Raises:
        ValueError: it is no day.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    if not text:
        return None
    found = _DAY.match(text)
    if found is None:
        raise ValueError(text)
    first, sign, second, third = found[1], found[2], found[3], found[4]
    if len(first) == 4:
        return date(int(first), int(second), int(third))
    year = int(third) + (2000 if len(third) == 2 else 0)
    if len(first) > 2 or len(third) == 3 or (len(third) == 2 and not may_be_short):
        raise ValueError(text)
    if is_month_first and sign == "/":
        return date(year, int(first), int(second))
    return date(year, int(second), int(first))


def parties_of(people: Sequence[RoomingPerson]) -> list[Party]:
    """The rooms of a list, in order of their first lines."""
    rooms: dict[str, list[RoomingPerson]] = {}
    for person in people:
        rooms.setdefault(
            f"shared {folded(person.sharer)}" if person.sharer else f"line {person.line}", []
        ).append(person)
    return [Party(tuple(room)) for room in rooms.values()]


def party_faults(party: Party) -> list[Fault]:
    """Why the people of a room cannot be one stay."""
    faults = []
    if len({(person.arrival, person.departure) for person in party.people}) > 1:
        faults.append(Fault("days_differ", "sharer", party.first.sharer))
    if len({person.room_type for person in party.people}) > 1:
        faults.append(Fault("types_differ", "sharer", party.first.sharer))
    if party.adults > MOST_ADULTS:
        faults.append(Fault("too_many", "sharer", party.first.sharer))
    return faults


def repeated(parties: Sequence[Party]) -> dict[int, int]:
    """Lines of rooms whose guest stands on a room before with the same days, to the line there."""
    seen: dict[tuple[str, date, date], int] = {}
    found = {}
    for party in parties:
        keys = [(person.key, person.arrival, person.departure) for person in party.people]
        before = next((seen[key] for key in keys if key in seen), None)
        if before is not None:
            found[party.first.line] = before
        for key, person in zip(keys, party.people, strict=True):
            seen.setdefault(key, person.line)
    return found


def _text(cell: Any) -> str:
    return " ".join(cell_typed(cell).split())
