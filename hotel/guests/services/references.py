"""Re-pointing of rows that refer to a guest, by whoever they are."""

from dataclasses import asdict, dataclass
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from hotel.guests.merge_ports import GuestReference, guest_references


@dataclass(frozen=True)
class Repointed:
    """Rows of one column that were moved to another guest, by primary key."""

    model: str
    field: str
    ids: list[int]

    def as_json(self) -> dict[str, Any]:
        """For the snapshot."""
        return asdict(self)


def references_repoint(*, source_id: int, target_id: int) -> list[Repointed]:
    """Point every registered reference from one guest to another; the caller holds both locks.

    Rows stay where they are when the target has their twin already, or when the row would relate the target
    to himself.

    Returns:
        What was moved, one entry per column with at least one row.
    """
    moved = []
    for reference in guest_references():
        rows = _rows(reference, source_id)
        if reference.apart_from:
            rows = rows.exclude(**{reference.apart_from: target_id})
        ids = list(rows.order_by("pk").values_list("pk", flat=True))
        twins = _twins(reference, rows, target_id)
        ids = [pk for pk in ids if pk not in twins]
        if ids:
            rows.filter(pk__in=ids).update(**{reference.field: target_id})
            moved.append(Repointed(reference.model, reference.field, ids))
    return moved


def references_return(moved: list[Repointed], *, source_id: int, target_id: int) -> list[Repointed]:
    """Point exactly the recorded rows back, as far as they still refer to ``source_id``.

    Returns:
        What was moved back.
    """
    returned = []
    for entry in moved:
        rows = apps.get_model(entry.model)._base_manager.filter(pk__in=entry.ids)
        rows = rows.filter(**{entry.field: source_id})
        ids = list(rows.order_by("pk").values_list("pk", flat=True))
        rows.filter(pk__in=ids).update(**{entry.field: target_id})
        returned.append(Repointed(entry.model, entry.field, ids))
    return returned


def is_referred_to_at(guest_id: int, property_id: int) -> bool:
    """Whether any property-scoped row at this property refers to the guest."""
    return any(
        _rows(reference, guest_id).filter(property_id=property_id).exists()
        for reference in guest_references()
        if any(field.name == "property" for field in apps.get_model(reference.model)._meta.get_fields())
    )


def _rows(reference: GuestReference, guest_id: int) -> QuerySet:
    return apps.get_model(reference.model)._base_manager.filter(**{reference.field: guest_id})


def _twins(reference: GuestReference, rows: QuerySet, target_id: int) -> set[int]:
    """Rows for which the target has a row with the same ``unique_with`` already."""
    if not reference.unique_with:
        return set()
    taken = set(_rows(reference, target_id).filter(reference.among).values_list(*reference.unique_with))
    return {
        pk
        for pk, *key in rows.filter(reference.among).values_list("pk", *reference.unique_with)
        if tuple(key) in taken
    }
