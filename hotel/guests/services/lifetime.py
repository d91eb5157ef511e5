"""Lifetime figures: recomputed from what happened, never typed."""

from collections.abc import Iterable

from django.db import transaction

from hotel.core.clock import now
from hotel.core.locks import lock_rows
from hotel.guests.lifetime_ports import LifetimeFigures, Owner, lifetime_figures
from hotel.guests.models import ProfileAtProperty

_COLUMNS = [*LifetimeFigures.__dataclass_fields__, "recomputed_at"]


@transaction.atomic
def profile_recompute(*, ids: Iterable[int], property_id: int, of: Owner = "guest") -> int:
    """Recompute the figures of guests (or companies) at one property; repeatable.

    Locks the links in order of their ids before the source is asked, so that two recomputations of one
    guest do not overwrite the newer figures.

    Returns:
        How many links were recomputed; 0 while no source is installed.
    """
    links = ProfileAtProperty.objects.filter(property_id=property_id, **{f"{of}_id__in": list(ids)})
    rows = lock_rows(links)
    figures = lifetime_figures([getattr(row, f"{of}_id") for row in rows], property_id, of=of)
    if figures is None:
        return 0
    moment = now()
    for row in rows:
        figure = figures.get(getattr(row, f"{of}_id"), LifetimeFigures())
        for name in LifetimeFigures.__dataclass_fields__:
            setattr(row, name, getattr(figure, name))
        row.recomputed_at = moment
    ProfileAtProperty.objects.bulk_update(rows, [*_COLUMNS, "revenue_currency"], batch_size=500)
    return len(rows)
