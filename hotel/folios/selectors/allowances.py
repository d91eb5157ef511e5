"""Allowances of a stay: what its frozen nights grant, what was consumed of it, and what is left."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, Sum
from moneyed import Money

from hotel.core.money import zero
from hotel.folios.domain.allowances import last_day
from hotel.folios.models import Allowance, Posting
from hotel.rates.domain.postings import Posting as Part
from hotel.rates.domain.postings import night_postings
from hotel.rates.domain.quotes import night_price_load
from hotel.reservations.models import Reservation, ReservationNight

_USED = Q(covers__isnull=False) | Q(reverses__covers__isnull=False)
_GRANT = Q(covers=None, reverses=None)


@dataclass(frozen=True, slots=True)
class Consumed:
    """What the postings of an allowance say, gross.

    Attributes:
        is_granted: the line of the night is posted.
        used: what charges took of it.
        balance: of all its postings together.
    """

    is_granted: bool = False
    used: Decimal = Decimal(0)
    balance: Decimal = Decimal(0)

    def left(self, granted: Decimal) -> Decimal:
        """What can still be consumed: of the frozen price until the night is posted, then of what stands of it."""
        return self.balance if self.is_granted else granted + self.balance


@dataclass(frozen=True, slots=True)
class AllowanceShown:
    """An allowance as it is read at the desk; amounts are gross.

    Attributes:
        last_on: the last business day to consume it on; None for as long as the guest stays.
        settled_on: when its rest was booked; then nothing is left.
    """

    night: date
    code: str
    name: str
    last_on: date | None
    granted: Money
    used: Money
    left: Money
    settled_on: date | None


def allowance_parts(reservation: Reservation) -> list[Part]:
    """The lines of a stay's nights that are allowances, night by night; one query."""
    nights = ReservationNight.objects.at(reservation.property_id).filter(
        reservation=reservation, price_detail__contains={"packages": [{"is_allowance": True}]}
    )
    prices = map(night_price_load, nights.order_by("night").values_list("price_detail", flat=True))
    return [part for price in prices for part in night_postings(price) if part.allowance]


def consumed(property_id: int, allowance_ids: Collection[int]) -> dict[int, Consumed]:
    """What the postings of allowances say, by allowance id; one query."""
    rows = Posting.objects.at(property_id).filter(allowance__in=allowance_ids).order_by()
    found = rows.values_list("allowance").annotate(
        grants=Count("pk", filter=_GRANT), used=Sum("gross", filter=_USED), balance=Sum("gross")
    )
    known = {
        key: Consumed(bool(grants), -(used or Decimal(0)), balance) for key, grants, used, balance in found
    }
    return {key: known.get(key, Consumed()) for key in allowance_ids}


def allowances_shown(reservation: Reservation) -> Sequence[AllowanceShown]:
    """The allowances of all nights of a stay, in order; three queries."""
    parts = allowance_parts(reservation)
    rows = Allowance.objects.at(reservation.property_id).filter(reservation=reservation)
    made = {(row.night, row.code.code): row for row in rows.select_related("code")}
    said = consumed(reservation.property_id, [row.pk for row in made.values()])
    return [_shown(part, made.get((part.night, part.code)), said) for part in parts]


def _shown(part: Part, row: Allowance | None, said: dict[int, Consumed]) -> AllowanceShown:
    now = Consumed() if row is None else said[row.pk]
    settled_on = None if row is None else row.settled_on
    none, granted = zero(part.gross.currency.code), part.gross
    left = none + Money(max(now.left(granted.amount), Decimal(0)), granted.currency)
    return AllowanceShown(
        night=part.night,
        code=part.code,
        name=part.name,
        last_on=last_day(part),
        granted=granted,
        used=none + Money(now.used, granted.currency),
        left=left if settled_on is None else none,
        settled_on=settled_on,
    )
