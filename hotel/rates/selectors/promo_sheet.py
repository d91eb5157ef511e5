"""Promotion codes of a hotel as a sheet, and what a sheet would change of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hotel.core.money import quantum
from hotel.core.sheet_lines import ADDED, CHANGED, REFUSED, UNCHANGED, SheetLine
from hotel.core.words import _
from hotel.properties.models import Property
from hotel.rates.domain.promo_sheet import PromoLine, differences, promo_line
from hotel.rates.models import PromoCode, RatePlan


@dataclass(frozen=True)
class LineCompared(SheetLine):
    """A line and the code it tells of: None when it cannot be read."""

    promo: PromoLine | None = None

    @property
    def summary(self) -> str:
        """The name of the code."""
        return self.promo.name if self.promo else ""


def promo_lines(place: Property) -> list[tuple[PromoLine, int]]:
    """Every code of a hotel as a line, with how often it was used; by code. Two queries."""
    rows = PromoCode.objects.at(place.pk).prefetch_related("rate_plans").order_by("code")
    return [(line_of(row), row.used_count) for row in rows]


def line_of(row: PromoCode) -> PromoLine:
    """A code as a line."""
    return PromoLine(
        code=row.code,
        name=row.name,
        percent_off=None if row.discount_rate is None else _plain(row.discount_rate * 100),
        amount_off=None if row.discount_amount is None else _plain(row.discount_amount.amount),
        plans=tuple(sorted(plan.code for plan in row.rate_plans.all())),
        book_from=row.book_from,
        book_until=row.book_until,
        stay_from=row.stay_from,
        stay_until=row.stay_until,
        max_uses=row.max_uses,
        with_company=row.is_combinable,
        is_active=row.is_active,
    )


def lines_compared(place: Property, rows: Iterable[tuple[int, Mapping[str, Any]]]) -> list[LineCompared]:
    """What a sheet would change, line by line; nothing is written. Three queries.

    Codes that are not in the sheet stay as they are.

    Args:
        place: the hotel.
        rows: the line's number, and its cells by column.
    """
    known = {line.code: (line, used) for line, used in promo_lines(place)}
    plans = set(RatePlan.objects.at(place.pk).values_list("code", flat=True))
    places = -int(quantum(str(place.currency)).as_tuple().exponent)
    found: list[LineCompared] = []
    first: dict[str, int] = {}
    for number, cells in rows:
        line, wrong = promo_line(cells, places=places)
        code = line.code if line else str(cells.get("code") or "")[:16]
        if line:
            before, used = known.get(line.code, (None, 0))
            wrong = [*_strangers(line, plans), *_uses(line, used)]
            if first.setdefault(line.code, number) != number:
                wrong.append(_("code: stands in line %(first)s already") % {"first": first[line.code]})
            if not wrong:
                found.append(_compared(number, before, line))
                continue
        found.append(LineCompared(number, code, REFUSED, reasons=tuple(wrong)))
    return found


def _compared(number: int, before: PromoLine | None, line: PromoLine) -> LineCompared:
    if before is None:
        return LineCompared(number, line.code, ADDED, promo=line)
    changes = tuple(differences(before, line))
    return LineCompared(number, line.code, CHANGED if changes else UNCHANGED, changes, promo=line)


def _strangers(line: PromoLine, plans: set[str]) -> list[str]:
    unknown: Sequence[str] = [code for code in line.plans if code not in plans]
    return (
        [_("plans: the hotel has no plan %(unknown)s") % {"unknown": ", ".join(unknown)}] if unknown else []
    )


def _uses(line: PromoLine, used: int) -> list[str]:
    if line.max_uses is not None and line.max_uses < used:
        return [_("max_uses: it was used %(used)s times already") % {"used": used}]
    return []


def _plain(value: Decimal) -> Decimal:
    return value.normalize() if value else Decimal(0)
