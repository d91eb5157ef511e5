"""A stay as another system recorded it, and what must hold before it is taken over; pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from moneyed import Money

from hotel.core.money import allocate, quantum
from hotel.reservations.domain.stays import nights_of

STATUSES = ("confirmed", "in_house", "checked_out", "cancelled", "no_show", "option", "waitlisted")
LONGEST = {
    "external_id": 120, "channel": 40, "market": 40, "source": 40, "group": 120, "first_name": 80, "last_name": 80,
    "email": 254, "company": 160, "agent": 160,
}  # fmt: skip
HIGHEST = Decimal("1e11")


@dataclass(frozen=True)
class RowError:
    """Why a row cannot be imported: line (header is 1), our field, and what to do."""

    line: int
    field: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ImportedStay:
    """One room's stay as a file, or another system, tells it: words translated, nothing looked up yet.

    Attributes:
        line: of the file, header is 1; only for messages, and to key rows without a number.
        status: one of ``STATUSES``.
        arrival: first night, business date.
        departure: the day the room is left; equal to the arrival for day use.
        booked_on: the day it was made; None when nobody knows.
        external_id: its number in the other system, unique within the channel; empty when it has none.
        ended_on: when it was cancelled, missed or left.
        option_until: the last day an option is held.
        room_type: code of a type of the property.
        rate_plan: code of a plan; empty for the one that the import names.
        adults, children, infants: as recorded; nobody at all is possible.
        rate_per_night: all the guest pays a night; may be negative.
        total: all the guest pays; counts before ``rate_per_night``, spread over the nights to the cent.
        currency: ISO code; empty for the property's own.
        waitlist_days: days it waited before it was confirmed.
        changes: how often it was changed.
        texts: first_name, last_name, email, phone, country, company, agent, market, channel, source, group, notes.
    """

    line: int
    status: str
    arrival: date
    departure: date
    booked_on: date | None
    room_type: str
    adults: int
    external_id: str = ""
    ended_on: date | None = None
    option_until: date | None = None
    rate_plan: str = ""
    children: int = 0
    infants: int = 0
    rate_per_night: Decimal | None = None
    total: Decimal | None = None
    currency: str = ""
    waitlist_days: int = 0
    changes: int = 0
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_day_use(self) -> bool:
        """Arrival and departure on one day."""
        return self.arrival == self.departure

    @property
    def nights(self) -> list[date]:
        """The days that carry a price: the nights, or the one day of day use."""
        return nights_of(self.arrival, self.departure, is_day_use=self.is_day_use)

    def text(self, name: str) -> str:
        """A text of the row; empty when it has none."""
        return self.texts.get(name, "")


def stay_errors(stay: ImportedStay, business_date: date) -> list[RowError]:
    """What a stay says that cannot be true on the open business date: past stays have ended, future ones not."""
    errors = []

    def refuse(name: str, text: str) -> None:
        errors.append(RowError(stay.line, name, text))

    for name, length in LONGEST.items():
        if len(stay.external_id if name == "external_id" else stay.text(name)) > length:
            refuse(name, f"expected at most {length} characters")
    if stay.booked_on is not None and stay.booked_on > business_date:
        refuse("booked_on", f"{stay.booked_on} is after the business date {business_date}")
    if wrong := _status_wrong(stay, business_date):
        refuse("status", wrong)
    if stay.status == "cancelled" and stay.ended_on is not None and stay.ended_on > business_date:
        refuse("ended_on", f"{stay.ended_on} is after the business date {business_date}")
    return errors


def _status_wrong(stay: ImportedStay, today: date) -> str:
    """What the dates of a stay say against its status; empty when nothing."""
    arrival, departure = stay.arrival, stay.departure
    past = f"the arrival {arrival} is past: expected checked_out, cancelled or no_show"
    over = f"the stay was over on {departure}: expected checked_out, cancelled or no_show"
    rules = {
        "confirmed": (departure < today, over),
        "option": (arrival < today, past),
        "waitlisted": (arrival < today, past),
        "in_house": (
            not arrival <= today <= departure,
            f"{arrival} to {departure} does not include the business date {today}",
        ),
        "checked_out": (
            departure > today,
            f"the stay lasts until {departure}: expected confirmed or in_house",
        ),
        "no_show": (arrival > today, f"the arrival {arrival} has not come: expected confirmed or cancelled"),
    }
    is_wrong, text = rules.get(stay.status, (False, ""))
    return text if is_wrong else ""


def nightly_amounts(stay: ImportedStay, currency: str) -> list[Money]:
    """What each night costs: the rate, or the total spread so that the nights sum to it exactly.

    Returns:
        One Money per night (one for day use), in date order; earlier nights carry what does not divide.

    Raises:
        ValueError: an amount is finer than the currency's smallest unit, or the sum beyond all measure.
    """
    amount = stay.rate_per_night if stay.total is None else stay.total
    whole = Money(amount or Decimal(0), currency)
    if whole.amount % quantum(currency):
        raise ValueError(f"{amount} is finer than {currency} has: expected a multiple of {quantum(currency)}")
    count = len(stay.nights)
    if abs(whole.amount) * count >= HIGHEST:
        raise ValueError(f"{amount} makes more than {HIGHEST:f} in all")
    return [whole] * count if stay.total is None else allocate(whole, [1] * count)
