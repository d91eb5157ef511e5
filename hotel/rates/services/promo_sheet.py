"""Promotion codes given out as a workbook and taken from one: all lines or none."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from moneyed import Money

from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.exports import Sheet, sheets_bytes
from hotel.core.locks import lock_rows
from hotel.core.sheet_lines import ADDED, CHANGED, REFUSED, fingerprint_of
from hotel.core.words import _
from hotel.properties.models import Property
from hotel.rates.domain.promo_sheet import COLUMNS, PromoLine
from hotel.rates.models import PromoCode, RatePlan
from hotel.rates.selectors.promo_sheet import lines_compared, promo_lines
from hotel.rates.services.promos import promo_change, promo_create

WIDE = {"name": 32, "plans": 28}


def promo_workbook(*, place: Property) -> bytes:
    """All codes of a hotel as a workbook: days are days and numbers are numbers; a second sheet says what is what."""
    rows = [[*line.cells(), used] for line, used in promo_lines(place)]
    heads = [(name, WIDE.get(name, 14)) for name in COLUMNS]
    formats = {list(COLUMNS).index("amount_off"): "#,##0.00"}
    help_rows = [[name, text] for name, text in COLUMNS.items()]
    return sheets_bytes(
        [
            Sheet("Promotion codes", heads, rows, formats),
            Sheet("What is what", [("column", 16), ("takes", 60)], help_rows, {}),
        ]
    )


@transaction.atomic
def promos_take(
    *, place: Property, rows: Iterable[tuple[int, Mapping[str, Any]]], seen: str
) -> tuple[int, int]:
    """Add and change the codes of a sheet, all or none; those that are not in it stay.

    Args:
        place: the hotel.
        rows: number and cells of each line.
        seen: ``fingerprint_of`` what the person was told the lines do.

    Returns:
        How many were added and how many changed.

    Raises:
        Conflict: the lines would do something else than was seen: codes or plans were changed (``sheet_stale``).
        InvalidInput: a line is refused (``sheet_refused``), or there is nothing to do (``sheet_empty``).

    Locks: the hotel, then each code that is changed.
    """
    lock_rows(Property.objects.filter(pk=place.pk))
    found = lines_compared(place, rows)
    if fingerprint_of(found) != seen:
        raise Conflict(
            _("Codes or plans were changed meanwhile: nothing of the sheet was taken. Look at it again."),
            code="sheet_stale",
        )
    if any(line.outcome == REFUSED for line in found):
        raise InvalidInput(
            _("Correct the lines that are refused, and send the sheet again."), code="sheet_refused"
        )
    work = [line for line in found if line.outcome in (ADDED, CHANGED)]
    if not work:
        raise InvalidInput(_("The sheet changes nothing."), code="sheet_empty")
    plans = {plan.code: plan for plan in RatePlan.objects.at(place.pk)}
    known = {promo.code: promo for promo in PromoCode.objects.at(place.pk)}
    for line in work:
        assert line.promo is not None  # noqa: S101  (refused lines alone have none)
        chosen = [plans[code] for code in line.promo.plans]
        values = _values(place, line.promo)
        if line.outcome == ADDED:
            promo_create(place=place, values=values, rate_plans=chosen)
        else:
            promo_change(promo=known[line.code], values=values, rate_plans=chosen)
    return sum(line.outcome == ADDED for line in work), sum(line.outcome == CHANGED for line in work)


def _values(place: Property, line: PromoLine) -> dict[str, Any]:
    return {
        "code": line.code,
        "name": line.name,
        "discount_rate": None if line.percent_off is None else line.percent_off / Decimal(100),
        "discount_amount": None if line.amount_off is None else Money(line.amount_off, str(place.currency)),
        "book_from": line.book_from,
        "book_until": line.book_until,
        "stay_from": line.stay_from,
        "stay_until": line.stay_until,
        "max_uses": line.max_uses,
        "is_combinable": line.with_company,
        "is_active": line.is_active,
    }
