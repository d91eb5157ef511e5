"""What is held back at a property: placed with a reason and a time, ended by people or by itself."""

from datetime import datetime

from django.db import transaction

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
    """Let it go on as before; whether it still stood. Repeatable.

    Locks: the property, then the restraint.
    """
    lock_rows(Property.objects.filter(pk=restraint.property_id))
    rows = lock_rows(PropertyRestraint.objects.standing().filter(pk=restraint.pk))
    for row in rows:
        row.ended_at = now()
        row.save(update_fields=["ended_at", "updated_at"])
    transaction.on_commit(standing.refresh, robust=True)
    return bool(rows)


def restraints_end_due() -> int:
    """End those whose time is over; may repeat. Returns how many."""
    due = PropertyRestraint.objects.standing().filter(until__lte=now())
    return sum(restraint_end(restraint=row) for row in due.order_by("pk"))
