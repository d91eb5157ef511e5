"""The availability calendar: every type on every night, with the number of restrictions that touch it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from hotel.rates.models import Restriction
from hotel.reservations.selectors.availability import types_sold
from hotel.rooms.models import RoomType
from hotel.rooms.selectors.inventory import opened_nights, sellable

FEW = 2


@dataclass(frozen=True)
class Cell:
    """One type on one night: rooms left, None while the night is not open; ``rules`` counts restrictions."""

    night: date
    left: int | None
    rules: int = 0

    @property
    def look(self) -> str:
        """``shut``, ``few`` or nothing: how the cell stands out."""
        if self.left is None or self.left > FEW:
            return ""
        return "few" if self.left else "shut"


def calendar(property_id: int, days: list[date]) -> list[tuple[RoomType, list[Cell]]]:
    """One row per type that is sold, one cell per day; four queries.

    Args:
        property_id: of the property.
        days: consecutive nights, ascending, at least one.
    """
    first, past = days[0], days[-1] + timedelta(days=1)
    free, opened = sellable(property_id, first, past), opened_nights(property_id)
    rules = rule_counts(property_id, first, past)

    def cell(room_type: RoomType, night: date) -> Cell:
        is_open = opened is not None and opened[0] <= night < opened[1]
        left = free[room_type.pk].get(night, 0) if is_open else None
        return Cell(night, left, rules[None, night] + rules[room_type.pk, night])

    return [
        (room_type, [cell(room_type, day) for day in days])
        for room_type in types_sold(property_id)
        if room_type.pk in free
    ]


def rule_counts(property_id: int, first: date, past: date) -> Counter[tuple[int | None, date]]:
    """Restrictions by room type (None: those for all types) and night of ``[first, past)``; one query."""
    found: Counter[tuple[int | None, date]] = Counter()
    for rule in Restriction.objects.at(property_id).filter(start_on__lt=past, end_on__gt=first):
        night = max(rule.start_on, first)
        while night < min(rule.end_on, past):
            if rule.weekdays & 1 << night.weekday():
                found[rule.room_type_id, night] += 1
            night += timedelta(days=1)
    return found
