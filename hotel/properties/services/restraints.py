"""What is held back at a property: placed with a reason and a time, ended by people or by itself."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from hotel.core.clock import now
from hotel.core.locks import lock_rows
from hotel.properties.choices import RestraintSource
from hotel.properties.models import Property, PropertyRestraint
from hotel.properties.restraints import standing


@transaction.atomic
def restraint_place(
    *, place: Property, kind: str, reason: str, until: datetime, source: str = RestraintSource.INCIDENT
) -> tuple[PropertyRestraint, bool]:
    """Hold something back at a property. Repeatable: what the same source holds back already stays as it is.

    Args:
        place: where.
        kind: a ``RestraintKind``.
        reason: told to whoever is refused.
        until: when it ends by itself; in the future.
        source: a ``RestraintSource``.

    Returns:
        What stands now, and whether this call placed it.

    Locks: the property.
    """
    lock_rows(Property.objects.filter(pk=place.pk))
    _close(PropertyRestraint.objects.over().filter(property=place, kind=kind, source=source))
    row, is_new = PropertyRestraint.objects.standing().get_or_create(
        property=place,
        kind=kind,
        source=source,
        ended_at=None,
        defaults={"reason": reason[:400], "until": until},
    )
    transaction.on_commit(standing.refresh, robust=True)
    return row, is_new


@transaction.atomic
def restraint_end(*, restraint: PropertyRestraint) -> bool:
    """Let it go on as before; whether it still held. Repeatable.

    Locks: the property, then the restraint.
    """
    lock_rows(Property.objects.filter(pk=restraint.property_id))
    closed = _close(PropertyRestraint.objects.open().filter(pk=restraint.pk))
    transaction.on_commit(standing.refresh, robust=True)
    return any(row.until > now() for row in closed)


def restraints_end_due() -> int:
    """Write down the end of those whose time is over, which hold no more anyway; may repeat. Returns how many."""
    due = list(PropertyRestraint.objects.over().order_by("pk"))
    for row in due:
        restraint_end(restraint=row)
    return len(due)


def _close(rows: QuerySet[PropertyRestraint]) -> list[PropertyRestraint]:
    """Write down when they ended: now, or when their time was over."""
    locked = lock_rows(rows)
    for row in locked:
        row.ended_at = min(now(), row.until)
        row.save(update_fields=["ended_at", "updated_at"])
    return locked
