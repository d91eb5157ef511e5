"""Rate sheets kept in the process: read once per property, run of months and revision of its terms.

What holds for all dates is most of the reading and is kept by itself, so that a month not asked for before needs only
its prices, restrictions and taxes.

Terms change a few times a day and are asked for with every offer and booking. A sheet is kept under the revision that
triggers raise with every change (``hotel/rates/sql/revision.sql``), so that a stale one is never used, whichever
process made the change.
"""

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection

from hotel.properties.models import Property
from hotel.rates.domain.sheet import RateSheet
from hotel.rates.selectors.sheets import SheetQuery, asked_terms, dated_terms, standing_terms

SHEETS_KEPT = 256
PLACES_KEPT = 64
A_MONTH = timedelta(days=31)


def kept_rate_sheet(query: SheetQuery) -> RateSheet:
    """The terms for at least the dates and types of the query; one query when they are kept.

    Sheets are shared between callers: never change one.
    """
    first, last = months_around(query.first, query.last)
    sheet = _sheet(query.place, revision_of(query.place.pk), first, last)
    asked = asked_terms(query)
    return replace(sheet, **asked) if asked else sheet


def months_around(first: date, last: date) -> tuple[date, date]:
    """The first day of the first month, and the first day after the last month, as far as the calendar goes."""
    month = last.replace(day=1)
    past = date.max if date.max - month < A_MONTH else (month + A_MONTH).replace(day=1)
    return first.replace(day=1), past


def revision_of(property_id: int) -> int:
    """The revision of a property's terms as the caller's transaction sees it; 0 when none was ever set."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT revision FROM rates_revision WHERE property_id = %s", [property_id])
        row = cursor.fetchone()
    return 0 if row is None else row[0]


@lru_cache(maxsize=SHEETS_KEPT)
def _sheet(place: Property, revision: int, first: date, last: date) -> RateSheet:
    """Read the terms; the revision is part of the key, and currency and zone of a property never change."""
    dated = dated_terms(SheetQuery(place=place, first=first, last=last))
    return RateSheet(**_standing(place, revision), **dated)


@lru_cache(maxsize=PLACES_KEPT)
def _standing(place: Property, revision: int) -> dict[str, Any]:
    return standing_terms(place)
