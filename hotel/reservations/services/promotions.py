"""Promotion codes of stays: a use is counted while a stay takes its nights, and given back with them."""

from collections import Counter
from collections.abc import Iterable

from hotel.properties.models import Property
from hotel.rates.services.promos import promo_release, promo_use


def promos_use(place: Property, codes: Iterable[str]) -> None:
    """Count the codes of stays that begin to take their nights, in the caller's transaction.

    Args:
        codes: one per stay; empty where it has none.

    Raises:
        PromoUsedUp: fewer uses are left.

    Locks: the codes, by name.
    """
    for code, stays in sorted(Counter(code.upper() for code in codes if code).items()):
        promo_use(place=place, code=code, times=stays)


def promos_release(place: Property, code: str) -> None:
    """Give the use of a stay back that takes its nights no longer. Locks: the code."""
    if code:
        promo_release(place=place, code=code)
