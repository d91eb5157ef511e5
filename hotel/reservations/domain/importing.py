"""Turns one row of a foreign file into a reservation to import, by a saved mapping; pure.

A mapping names, for each field of ours, the column it comes from and how its text is read. Everything that
does not fit becomes a ``RowError`` that names the line, the column and what would be right.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from hotel.reservations.domain.imported import STATUSES, ImportedStay, RowError

FIELDS = {
    "external_id": "text", "arrival": "date", "departure": "date", "nights": "count", "booked_on": "date",
    "lead_days": "count", "status": "status", "ended_on": "date",
    "option_until": "date", "room_type": "text", "rate_plan": "text",
    "adults": "count", "children": "count", "infants": "count", "rate_per_night": "amount", "total": "amount",
    "currency": "text", "first_name": "text", "last_name": "text", "email": "text", "phone": "text",
    "country": "text", "company": "text", "agent": "text", "market": "text", "channel": "text", "source": "text",
    "waitlist_days": "count", "changes": "count", "notes": "text", "group": "text",
}  # fmt: skip
REQUIRED = ("arrival", "room_type", "adults", "status")
MAX_NIGHTS = 730


@dataclass(frozen=True)
class Column:
    """How one field is read.

    Attributes:
        columns: header names; several are joined by a blank (a date in three columns), summed for counts.
        form: strptime-like form of a date: ``%Y-%m-%d``, ``%d.%m.%Y``, ``%d %B %Y`` …; ignored otherwise.
        values: foreign word to ours; ``*`` stands for all others. Empty: taken as it is.
        default: used when the text is missing.
    """

    columns: tuple[str, ...]
    form: str = "%Y-%m-%d"
    values: Mapping[str, str] = field(default_factory=dict)
    default: str = ""


@dataclass(frozen=True)
class FileMapping:
    """A saved mapping: field name to column; words that mean "missing"; a decimal sign.

    With ``is_lenient`` a file may lack columns of fields that are not required, but has no column unknown here.
    """

    fields: Mapping[str, Column]
    missing: frozenset[str] = frozenset({"", "NULL", "null", "NA", "N/A", "-"})
    decimal_sign: str = "."
    is_lenient: bool = False


def mapping_errors(mapping: FileMapping, header: Sequence[str]) -> list[str]:
    """What is wrong with a mapping for a file with this header; empty when it can be used."""
    errors = [f"Unknown field {name!r}." for name in mapping.fields if name not in FIELDS]
    errors += [f"The field {name!r} must be mapped." for name in REQUIRED if name not in mapping.fields]
    if not {"departure", "nights"} & set(mapping.fields):
        errors.append("Map departure or nights.")
    if not {"rate_per_night", "total"} & set(mapping.fields):
        errors.append("Map rate_per_night or total.")
    for name, column in mapping.fields.items():
        if name in REQUIRED or not mapping.is_lenient:
            errors += [f"{name}: the file has no column {c!r}." for c in column.columns if c not in header]
    if mapping.is_lenient:
        known = {c for column in mapping.fields.values() for c in column.columns}
        errors += [f"The mapping does not know the column {c!r}." for c in header if c not in known]
    return errors


def read_row(mapping: FileMapping, line: int, row: Mapping[str, Any]) -> ImportedStay | list[RowError]:
    """Read one row.

    Args:
        mapping: checked by ``mapping_errors``.
        line: of the file, header is 1.
        row: header name to cell; text from CSV, or numbers and dates from XLSX.

    Returns:
        The stay, or every error of the row.
    """
    values: dict[str, Any] = {}
    errors: list[RowError] = []
    for name, column in mapping.fields.items():
        try:
            values[name] = _READERS[FIELDS[name]](mapping, column, row)
        except (ValueError, InvalidOperation) as error:
            cells = " ".join(str(row.get(c, "")) for c in column.columns)
            errors.append(RowError(line, name, f"{cells!r}: {error or 'cannot be read'}"))
    if errors:
        return errors
    return _stay(line, values)


def _stay(line: int, values: dict[str, Any]) -> ImportedStay | list[RowError]:
    def get(name: str) -> Any:
        return values.get(name)

    arrival = get("arrival")
    if arrival is None:
        return [RowError(line, "arrival", "is missing")]
    if get("departure") is None and get("nights") is None:
        return [RowError(line, "departure", "neither a departure nor a number of nights is given")]
    departure = get("departure") or arrival + timedelta(days=get("nights"))
    booked_on = get("booked_on")
    if booked_on is None and get("lead_days") is not None:
        booked_on = arrival - timedelta(days=get("lead_days"))
    nights = (departure - arrival).days
    errors = []
    if not 0 <= nights <= MAX_NIGHTS:
        errors.append(RowError(line, "departure", f"{nights} nights: expected 0 to {MAX_NIGHTS}"))
    if booked_on is not None and booked_on > arrival:
        errors.append(RowError(line, "booked_on", f"{booked_on} is after the arrival {arrival}"))
    if not get("room_type"):
        errors.append(RowError(line, "room_type", "is missing"))
    if get("rate_per_night") is None and get("total") is None:
        errors.append(RowError(line, "rate_per_night", "neither a rate nor a total is given"))
    if errors:
        return errors
    texts = {
        name: value
        for name, value in values.items()
        if FIELDS[name] == "text" and value and name not in _OWN_PLACE
    }
    return ImportedStay(
        line=line,
        external_id=get("external_id") or "",
        status=values["status"],
        arrival=arrival,
        departure=departure,
        booked_on=booked_on,
        ended_on=get("ended_on"),
        option_until=get("option_until"),
        room_type=values["room_type"],
        rate_plan=get("rate_plan") or "",
        adults=get("adults") or 0,
        children=get("children") or 0,
        infants=get("infants") or 0,
        rate_per_night=get("rate_per_night"),
        total=get("total"),
        currency=get("currency") or "",
        waitlist_days=get("waitlist_days") or 0,
        changes=get("changes") or 0,
        texts=texts,
    )


_OWN_PLACE = frozenset({"external_id", "room_type", "rate_plan", "currency"})


def _cells(mapping: FileMapping, column: Column, row: Mapping[str, Any]) -> list[str]:
    found = [_text(row.get(name)).strip() for name in column.columns]
    return [text for text in found if text not in mapping.missing] or (
        [column.default] if column.default else []
    )


def _text(cell: Any) -> str:
    """A cell as text; a spreadsheet's binary number without the dust after its sixth place."""
    if cell is None:
        return ""
    return str(round(cell, 6)) if isinstance(cell, float) else str(cell)


def _read_text(mapping: FileMapping, column: Column, row: Mapping[str, Any]) -> str:
    text = " ".join(_cells(mapping, column, row))
    if "\0" in text:
        raise ValueError("a text must not hold the character NUL")
    if not column.values:
        return text
    if text in column.values:
        return column.values[text]
    if "*" in column.values:
        return text if column.values["*"] == "*" else column.values["*"]
    raise ValueError(f"expected one of {', '.join(sorted(column.values))}")


def _read_status(mapping: FileMapping, column: Column, row: Mapping[str, Any]) -> str:
    status = _read_text(mapping, column, row)
    if status not in STATUSES:
        raise ValueError(f"map it to one of {', '.join(STATUSES)}")
    return status


def _read_date(mapping: FileMapping, column: Column, row: Mapping[str, Any]) -> date | None:
    first = row.get(column.columns[0])
    if isinstance(first, date):  # a spreadsheet's own date; a datetime is one too
        return date(first.year, first.month, first.day)
    text = " ".join(_cells(mapping, column, row))
    return parse_date(text, column.form) if text else None


def parse_date(text: str, form: str) -> date:
    """Read a date by a ``strptime`` form such as ``%d %B %Y``.

    Raises:
        ValueError: the text does not follow the form.
    """
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007  (a calendar day has no zone)
    except ValueError:
        raise ValueError(f"expected a date like {form}") from None


def _read_count(mapping: FileMapping, column: Column, row: Mapping[str, Any]) -> int | None:
    cells = _cells(mapping, column, row)
    if not cells:
        return None
    number = sum((_decimal(mapping, text) for text in cells), Decimal(0))
    if number != number.to_integral_value() or not 0 <= number <= 10_000:
        raise ValueError("expected a whole number from 0 to 10000")
    return int(number)


def _read_amount(mapping: FileMapping, column: Column, row: Mapping[str, Any]) -> Decimal | None:
    cells = _cells(mapping, column, row)
    if not cells:
        return None
    amount = _decimal(mapping, cells[0])
    if abs(amount) >= Decimal("1e9"):
        raise ValueError("an amount has at most nine digits before the point")
    return amount


def _decimal(mapping: FileMapping, text: str) -> Decimal:
    thousands = "," if mapping.decimal_sign == "." else "."
    try:
        number = Decimal(text.replace(thousands, "").replace(mapping.decimal_sign, "."))
    except InvalidOperation:
        raise ValueError("expected a number") from None
    if not number.is_finite():
        raise ValueError("expected a number")
    return number


_READERS = {
    "text": _read_text,
    "status": _read_status,
    "date": _read_date,
    "count": _read_count,
    "amount": _read_amount,
}
