"""The generated databases: how many reservations over how many properties."""

from dataclasses import dataclass
from datetime import date

TODAY = date(2027, 3, 15)  # the open business date everywhere
AHEAD = 100  # days ahead of it that are booked
OPEN_DAYS = 540  # days ahead of it that are open for sale
FREE_FROM = (
    310  # from this day on nights never sell out, and no rule closes any: no run of bookings may end there
)
PROPERTIES = 50  # hotels in every database; the first so many of a size have reservations
BUSY = 5  # properties that the load is spread over, in every size


@dataclass(frozen=True)
class Size:
    """One database. A property has the same present in each size; what grows is its history."""

    name: str
    reservations: int
    properties: int

    @property
    def per_property(self) -> int:
        """Reservations of one property."""
        return self.reservations // self.properties


SIZES = {
    size.name: size for size in (Size("10k", 10_000, 5), Size("100k", 100_000, 10), Size("1m", 1_000_000, 50))
}
