"""What the night audit would post now, by the code that posts it: nothing is stored and nothing is locked."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from moneyed import Money

from hotel.core.money import rounded, total
from hotel.folios.models import Folio
from hotel.folios.services.nights import nights_foreseen
from hotel.folios.services.posting_data import PostingData
from hotel.properties.models import Property
from hotel.reservations.models import Reservation, ReservationNight
from hotel.stays.selectors.bills import nights_billed
from hotel.stays.selectors.days import guests_tonight
from hotel.stays.services.charges import night_of
from hotel.stays.services.fixed_charges import fixed_charges_tonight


@dataclass(frozen=True)
class ForeseenLine:
    """What will be posted with one code.

    Attributes:
        postings: how many lines on folios.
        net: without taxes.
        tax: contained and added ones.
    """

    code: str
    name: str
    postings: int
    net: Money
    tax: Money

    @property
    def gross(self) -> Money:
        """What guests will owe more."""
        return rounded(self.net + self.tax)


@dataclass(frozen=True)
class NightForeseen:
    """The postings of the open business date as they would be made now.

    Attributes:
        stays: how many guests in house sleep here and are not charged yet.
        lines: by code, the largest first.
    """

    stays: int
    lines: tuple[ForeseenLine, ...]
    currency: str

    @property
    def net(self) -> Money:
        """All lines, without taxes."""
        return total((line.net for line in self.lines), self.currency)

    @property
    def tax(self) -> Money:
        """The taxes of all lines."""
        return total((line.tax for line in self.lines), self.currency)

    @property
    def gross(self) -> Money:
        """What guests will owe more."""
        return total((line.gross for line in self.lines), self.currency)


def night_foreseen(place: Property) -> NightForeseen:
    """What the audit would post for tonight if it ran now: nights with packages and taxes, and fixed charges.

    Of those who are in house: who comes later is not in it, nor are fees of those who do not come. The number of
    queries does not depend on the number of stays; each different fixed charge is taxed once.
    """
    day, guests = place.business_date, guests_tonight(place)
    stays = Reservation.objects.at(place.pk).select_related("booking").in_bulk(guests) if guests else {}
    billed = nights_billed(place.pk, guests, day) if guests else set()
    folios = {pk: Folio(pk=0, property=place, reservation=stay) for pk, stay in stays.items()}
    rows = ReservationNight.objects.at(place.pk).filter(night=day, reservation__in=set(guests) - billed)
    nights = [
        night_of(folios[stay], day, price)
        for stay, price in rows.order_by("reservation_id").values_list("reservation_id", "price_detail")
    ]
    lines = nights_foreseen(place=place, nights=nights) if nights else []
    lines += fixed_charges_tonight(place=place, folios=folios, day=day) if folios else []
    return NightForeseen(len(nights), _by_code(lines, str(place.currency)), str(place.currency))


def _by_code(lines: Sequence[PostingData], currency: str) -> tuple[ForeseenLine, ...]:
    found: dict[tuple[str, str], list[PostingData]] = defaultdict(list)
    for line in lines:
        found[line.code.code, line.code.name].append(line)
    summed = (
        ForeseenLine(
            code,
            name,
            len(some),
            rounded(total((line.net for line in some), currency)),
            rounded(total((tax.amount for line in some for tax in line.taxes), currency)),
        )
        for (code, name), some in found.items()
    )
    return tuple(sorted(summed, key=lambda line: (-line.gross.amount, line.code)))
