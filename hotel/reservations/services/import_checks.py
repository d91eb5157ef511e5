"""Looks at every stay of an import before the first is written: words looked up, guests read, rooms counted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from moneyed import Money

from hotel.core.exceptions import InvalidInput
from hotel.guests.services.guests import guest_columns
from hotel.properties.models import AgeBand, Property
from hotel.rates.models import RatePlan
from hotel.rates.selectors.sheets import SheetQuery, rate_sheet
from hotel.reservations.choices import TAKES_INVENTORY
from hotel.reservations.domain.imported import ImportedStay, RowError, nightly_amounts, stay_errors
from hotel.reservations.models import Booking
from hotel.rooms.models import RoomType
from hotel.rooms.selectors.inventory import NightCount, night_counts_foreseen, vectors

Key = tuple[str, str]
BATCH = 1_000
CHILD_AGE, INFANT_AGE = 8, 0
GUEST_FIELDS = ("last_name", "first_name", "email", "phone", "country")
COUNTRY_LETTERS = 2


@dataclass(frozen=True)
class Row:
    """A stay with everything it names looked up; ready to be written.

    Attributes:
        key: channel and number; the number is empty for stays that are never found again.
        amounts: one per night, in date order.
        children: age band code to count.
        guest: columns of the primary guest; None when the row names nobody.
    """

    stay: ImportedStay
    key: Key
    room_type: RoomType
    rate_plan: RatePlan
    amounts: list[Money]
    children: Mapping[str, int]
    guest: Mapping[str, Any] | None

    @property
    def takes_inventory(self) -> bool:
        """Whether its nights count as sold."""
        return self.stay.status in TAKES_INVENTORY


@dataclass
class Checked:
    """The outcome: the rows that would be written, in order; how many are here already; what is wrong."""

    rows: list[Row] = field(default_factory=list)
    known: int = 0
    errors: list[RowError] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Defaults:
    """What counts where a row says nothing.

    Attributes:
        rate_plan: code of the plan.
        channel: where the stays came in.
        source_key: names the source; rows without a number are keyed by it and their line, so that a
            repetition finds them. Empty: they are not keyed, and a repetition makes them again.
    """

    rate_plan: str = ""
    channel: str = "import"
    source_key: str = ""

    def key_of(self, stay: ImportedStay) -> Key:
        """Channel and number under which the stay's booking is stored."""
        number = stay.external_id or (f"{self.source_key}-{stay.line}" if self.source_key else "")
        return stay.text("channel") or self.channel, number


class Directory:
    """What the codes of a file mean at this property, read once."""

    def __init__(self, place: Property, defaults: Defaults) -> None:
        self.place, self.defaults = place, defaults
        self.types = {row.code: row for row in RoomType.objects.at(place.pk)}
        self.plans = {row.code: row for row in RatePlan.objects.at(place.pk)}
        bands = list(AgeBand.objects.at(place.pk))
        self.child, self.infant = _band(bands, CHILD_AGE), _band(bands, INFANT_AGE)
        self._seen: dict[Key, int] = {}

    def row(self, stay: ImportedStay) -> Row | list[RowError]:
        """Look a stay up. Returns every error when something is wrong."""
        errors = stay_errors(stay, self.place.business_date)
        refuse = _Refusals(stay.line, errors)
        currency = str(self.place.currency)
        if stay.currency not in ("", currency):
            refuse("currency", f"{stay.currency!r}: the property sells in {currency}")
        room_type = self.types.get(stay.room_type)
        if room_type is None:
            refuse("room_type", f"{stay.room_type!r}: expected one of {_listed(self.types)}")
        plan_code = stay.rate_plan or self.defaults.rate_plan
        plan = self.plans.get(plan_code)
        if plan is None:
            refuse("rate_plan", f"{plan_code!r}: expected one of {_listed(self.plans)}")
        amounts, guest = [], None
        try:
            amounts = nightly_amounts(stay, currency)
        except ValueError as error:
            refuse("rate_per_night" if stay.total is None else "total", str(error))
        try:
            guest = self._guest(stay)
        except InvalidInput as error:
            refuse(next(iter(error.fields), "last_name"), error.message)
        key = self.defaults.key_of(stay)
        if key[1] and self._seen.setdefault(key, stay.line) != stay.line:
            refuse("external_id", f"{key[1]!r}: line {self._seen[key]} has this number already")
        children = self._children(stay, refuse)
        if errors or room_type is None or plan is None:
            return errors
        return Row(stay, key, room_type, plan, amounts, children, guest)

    def _guest(self, stay: ImportedStay) -> dict[str, Any] | None:
        told = {name: stay.text(name) for name in GUEST_FIELDS}
        if not any(told[name] for name in GUEST_FIELDS if name != "country"):
            return None
        country = told["country"].upper()
        if country and not (len(country) == COUNTRY_LETTERS and country.isalpha()):
            text = f"{country!r}: expected two letters of ISO 3166, such as AT"
            raise InvalidInput(text, fields={"country": [text]})
        return guest_columns({**told, "country": country}, country=self.place.country)

    def _children(self, stay: ImportedStay, refuse: "_Refusals") -> dict[str, int]:
        found: dict[str, int] = defaultdict(int)
        for name, count, band, age in (
            ("children", stay.children, self.child, CHILD_AGE),
            ("infants", stay.infants, self.infant, INFANT_AGE),
        ):
            if count and not band:
                refuse(name, f"the property has no age band for a child of {age} years")
            elif count:
                found[band] += count
        return dict(found)


class _Refusals:
    """Adds errors of one line."""

    def __init__(self, line: int, errors: list[RowError]) -> None:
        self.line, self.errors = line, errors

    def __call__(self, name: str, text: str) -> None:
        self.errors.append(RowError(self.line, name, text))


def stays_checked(*, place: Property, stays: Iterable[ImportedStay], defaults: Defaults) -> Checked:
    """Check stays against the property as it is now; nothing is written.

    Past nights are facts and always fit; a stay whose coming nights are sold out is an error of its row.

    Returns:
        Rows in order without those that are here already, and every error, by line.
    """
    directory, checked, rows = Directory(place, defaults), Checked(), []
    for stay in stays:
        found = directory.row(stay)
        if isinstance(found, Row):
            rows.append(found)
        else:
            checked.errors += found
    here = keys_here(place.pk, [row.key for row in rows])
    checked.rows = [row for row in rows if row.key not in here]
    checked.known = len(rows) - len(checked.rows)
    checked.errors += _sold_out(place, checked.rows)
    checked.errors.sort(key=lambda error: (error.line, error.field))
    return checked


def policies_now(place: Property) -> dict[int, dict[str, Any]]:
    """The policies each plan has now, by plan id: frozen with the stays that are still to come."""
    today = place.business_date
    sheet = rate_sheet(SheetQuery(place=place, first=today, last=today))
    return {plan_id: sheet.policies_of(plan_id) for plan_id in sheet.plans}


def keys_here(property_id: int, keys: Sequence[Key]) -> set[Key]:
    """Which of these bookings the property has."""
    numbers = [number for _, number in keys if number]
    found: set[Key] = set()
    for start in range(0, len(numbers), BATCH):
        rows = Booking.objects.at(property_id).filter(external_id__in=numbers[start : start + BATCH])
        found.update(rows.values_list("channel_code", "external_id"))
    return found


def span_of(rows: Iterable[Row]) -> tuple[date, date] | None:
    """The nights [first, past) that the rows take from the counters; None when they take none."""
    taken = [row.stay for row in rows if row.takes_inventory]
    if not taken:
        return None
    first, last = min(stay.arrival for stay in taken), max(stay.nights[-1] for stay in taken)
    return first, last + timedelta(days=1)


def _sold_out(place: Property, rows: Sequence[Row]) -> list[RowError]:
    """Rows that do not fit, in order of the file: an earlier row takes the room before a later one."""
    span = span_of(rows)
    if span is None:
        return []
    counts = {(c.room_type_id, c.night): c for c in night_counts_foreseen(place.pk, *span)}
    consumption = vectors(place.pk)
    taken: dict[tuple[int | None, date], int] = defaultdict(int)
    day_taken: dict[tuple[int | None, date], int] = defaultdict(int)
    errors = []
    for row in rows:
        if not row.takes_inventory:
            continue
        used = day_taken if row.stay.is_day_use else taken
        wanted = [
            (c, night, q) for night in row.stay.nights for c, q in consumption[row.room_type.pk].items()
        ]
        short = [
            (counter, night)
            for counter, night, quantity in wanted
            if (row.stay.is_day_use or night >= place.business_date)
            and _left(counts[counter, night], row) < used[counter, night] + quantity
        ]
        if short:
            errors.append(_no_room(row, short[0][1]))
            continue
        for counter, night, quantity in wanted:
            used[counter, night] += quantity
    return errors


def _left(count: NightCount, row: Row) -> int:
    return count.day_limit - count.day_sold if row.stay.is_day_use else count.free


def _no_room(row: Row, night: date) -> RowError:
    code = row.room_type.code
    if row.stay.is_day_use:
        text = f"{code} has no day use left on {night}: raise the day-use limit of the type, or open its rooms earlier"
        return RowError(row.stay.line, "arrival", text)
    return RowError(
        row.stay.line, "room_type", f"{code} is sold out on {night}: allow overbooking or free a room"
    )


def _band(bands: Sequence[AgeBand], age: int) -> str:
    return next((band.code for band in bands if band.min_age <= age <= band.max_age), "")


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(sorted(codes)) or "none, for there is none yet"
