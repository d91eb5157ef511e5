"""What the simulation itself remembers of a hotel, and where the database says something else."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from hotel.folios.choices import Ledger
from hotel.folios.models import LedgerEntry
from hotel.properties.models import Property
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation
from hotel.stays.models import DailyStatistic


@dataclass
class Model:
    """A hotel in a few numbers, kept in step by whoever gives the commands.

    Attributes:
        expected: confirmed stays by reservation id to their arrival.
        guests: who is in house, by reservation id to the arrival.
        came, left: today.
        paid_and_left: guests who left today, the day they came, and paid the night: their departure is tomorrow.
        mates: who share a room, two and two, by reservation id to the other's.
        money: taken in and not given back.
    """

    expected: dict[int, date] = field(default_factory=dict)
    guests: dict[int, date] = field(default_factory=dict)
    came: int = 0
    left: int = 0
    paid_and_left: set[int] = field(default_factory=set)
    mates: dict[int, int] = field(default_factory=dict)
    money: Decimal = Decimal(0)

    def missing(self, day: date) -> list[int]:
        """Who should have come by this day."""
        return [pk for pk, arrival in self.expected.items() if arrival <= day]

    def share(self, one: int, other: int) -> None:
        """Put two stays into one room."""
        self.mates |= {one: other, other: one}

    def part(self, pk: int) -> None:
        """Give each of two a room of his own again."""
        self.mates.pop(self.mates.pop(pk))

    def closed(self) -> tuple[int, int, int]:
        """Rooms sold, arrivals and departures of the day that is closed now; the next one begins."""
        tonight = self.guests.keys() | self.paid_and_left
        second = [pk for pk in tonight if self.mates.get(pk, pk) < pk and self.mates[pk] in tonight]
        figures = len(tonight) - len(second), self.came, self.left
        self.came, self.left, self.paid_and_left = 0, len(self.paid_and_left), set()
        return figures


def disagreements(model: Model, place: Property, day: date, figures: tuple[int, int, int]) -> Iterator[str]:
    """Where the database and the model differ after the audit of a day; four queries.

    Args:
        model: as it stands.
        place: the property.
        day: the business date just closed.
        figures: rooms sold, arrivals and departures of it, as the model has counted them.
    """
    rows = Reservation.objects.at(place.pk)
    here = set(rows.filter(status=ReservationStatus.IN_HOUSE).values_list("pk", flat=True))
    if here != set(model.guests):
        yield f"in house {sorted(here)}, expected {sorted(model.guests)}"
    waiting = set(rows.filter(status=ReservationStatus.CONFIRMED).values_list("pk", flat=True))
    if waiting != set(model.expected):
        yield f"confirmed {sorted(waiting)}, expected {sorted(model.expected)}"
    frozen = DailyStatistic.objects.at(place.pk).get(business_date=day)
    counted = (frozen.rooms_sold, frozen.arrivals, frozen.departures)
    if counted != figures:
        yield f"rooms sold, arrivals, departures {counted}, expected {figures}"
    entries = LedgerEntry.objects.at(place.pk).filter(ledger=Ledger.PAYMENT)
    money = entries.aggregate(amount=Sum("amount"))["amount"] or Decimal(0)
    if money != model.money:
        yield f"money {money}, expected {model.money}"
