"""The taxes that are inside what another system recorded for a room."""

from collections.abc import Collection
from datetime import date

from hotel.properties.models import Property
from hotel.rates.domain.recorded import is_in_record
from hotel.rates.domain.terms import TaxTerms
from hotel.rates.selectors.sheets import SheetQuery, taxes_of


def taxes_in_record(place: Property, nights: Collection[date]) -> tuple[TaxTerms, ...]:
    """The rules for ``night_recorded`` on these nights, each in its versions. One query, none without nights."""
    if not nights:
        return ()
    query = SheetQuery(place=place, first=min(nights), last=max(nights))
    return tuple(rule for rule in taxes_of(query) if is_in_record(rule))
