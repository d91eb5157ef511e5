"""Several lists of stays read at once, as the first page of a shift shows them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet, Value, Window
from django.db.models.functions import RowNumber

from hotel.reservations.models import Reservation
from hotel.reservations.querysets import ReservationQuerySet


def lists_read(
    property_id: int, lists: Mapping[str, ReservationQuerySet], limit: int
) -> dict[str, list[Reservation]]:
    """The first stays of each list, with booking, guest, type, plan and rooms.

    Args:
        property_id: of the property.
        lists: by name; each ordered by names of fields. A stay may be in several.
        limit: how many of each.

    Returns:
        By name; three statements however many lists there are, one when all are empty.
    """
    first, *others = (_places(name, rows)[:limit] for name, rows in lists.items())
    found = list(first.union(*others, all=True))
    stays = Reservation.objects.at(property_id).with_parts().with_rooms().in_bulk({pk for _, _, pk in found})
    return {name: [stays[pk] for of, _, pk in sorted(found) if of == name] for name in lists}


def _places(name: str, rows: ReservationQuerySet) -> QuerySet[Any, Any]:
    """Name of the list, place in it and key of each stay."""
    return (
        rows.prefetch_related(None)
        .select_related(None)
        .values_list(
            Value(name), Window(RowNumber(), order_by=[str(field) for field in rows.query.order_by]), "pk"
        )
    )
