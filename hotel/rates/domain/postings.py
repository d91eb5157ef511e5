"""The lines that a quote becomes on a folio: what is posted adds up to what was offered.

Source: docs/algorithms/pricing.md, "From the quote to the folio".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from moneyed import Money

from hotel.core.money import total as sum_of
from hotel.core.money import zero
from hotel.rates.domain.quotes import NightPrice, PackageLine, StayQuote, TaxLine
from hotel.rates.domain.taxes import ROOM

STAY = "stay"


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a line lets the guest consume: its gross amount, by charges of these codes.

    Attributes:
        period: ``day``, ``next_day`` or ``stay``: when, seen from the night.
        codes: of the charges it pays; empty for every charge of the line's group.
        bears_overage: what is consumed beyond it is let off.
    """

    period: str
    codes: tuple[str, ...] = ()
    bears_overage: bool = False


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of a folio.

    Attributes:
        night: the business date it is posted on.
        code: ``room``, the code of a package element, or the code of a tax charged once per stay.
        name: for the guest.
        group: the charge group; ``stay`` for taxes of the stay.
        net: without any tax.
        taxes: of this line; contained and added ones alike.
        allowance: what it lets the guest consume, if anything.
    """

    night: date
    code: str
    name: str
    group: str
    net: Money
    taxes: tuple[TaxLine, ...]
    allowance: Allowance | None = None

    @property
    def gross(self) -> Money:
        """What the guest pays for the line."""
        return self.net + sum_of((line.amount for line in self.taxes), self.net.currency.code)


def night_postings(night: NightPrice) -> tuple[Posting, ...]:
    """The lines of one night, room first; together its total.

    Elements of one code, from several packages, become one line; it is an allowance when each of them is.
    """
    room = Posting(night.night, ROOM, "Room", ROOM, night.room_net, _of(night.taxes, ROOM))
    by_code: dict[str, list[PackageLine]] = {}
    for line in night.packages:
        by_code.setdefault(line.code, []).append(line)
    return (room, *(_package(night, lines) for lines in by_code.values()))


def stay_postings(quote: StayQuote) -> tuple[Posting, ...]:
    """All lines of a stay, night by night, then the taxes charged once; together the quote's total."""
    nightly = [posting for night in quote.nights for posting in night_postings(night)]
    once = [
        Posting(quote.arrival, line.code, line.name, STAY, zero(quote.currency), (line,))
        for line in quote.stay_taxes
    ]
    return (*nightly, *once)


def _package(night: NightPrice, lines: list[PackageLine]) -> Posting:
    first, currency = lines[0], night.total.currency.code
    taxes = _of(night.taxes, first.code)
    inside = sum_of((line.amount for line in taxes if line.is_inclusive), currency)
    gross = sum_of((line.amount for line in lines), currency)
    terms = Allowance(first.allowance_period, first.allowance_codes, first.bears_overage)
    allowance = terms if all(line.is_allowance for line in lines) else None
    return Posting(night.night, first.code, first.name, first.group, gross - inside, taxes, allowance)


def _of(taxes: Iterable[TaxLine], charge: str) -> tuple[TaxLine, ...]:
    return tuple(line for line in taxes if line.charge == charge)
