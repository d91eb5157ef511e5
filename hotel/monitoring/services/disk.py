"""What follows from a disk that is nearly full: no hotel takes changes until there is room again."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from hotel.core.actor import acting
from hotel.core.clock import now
from hotel.core.disk import MARGIN, disk_watch
from hotel.properties.choices import RestraintKind, RestraintSource
from hotel.properties.models import Property, PropertyRestraint
from hotel.properties.services.restraints import restraint_end, restraint_place
from hotel.properties.tenancy import EVERYTHING, tenant_scope

LASTS = timedelta(days=1)  # placed anew while it is so


def disk_follow() -> int:
    """Place or end what a full disk holds back; how many hotels changed. Repeatable, by any process.

    What stands in the table is the memory that all processes share: it begins below ``DISK_READ_ONLY_PERCENT`` and ends
    ``MARGIN`` above it.
    """
    free, full = disk_watch.room.free, settings.DISK_READ_ONLY_PERCENT
    with tenant_scope(EVERYTHING):
        if free < full:
            return _placed(free)
        return _ended() if free >= full + MARGIN else 0


def _held() -> QuerySet[PropertyRestraint]:
    """What a full disk holds back now, in order of the locks."""
    rows: QuerySet[PropertyRestraint] = PropertyRestraint.objects.standing()
    return rows.filter(source=RestraintSource.DISK).order_by("property_id")


def _placed(free: int) -> int:
    places = list(Property.objects.exclude(pk__in=_held().values("property")).order_by("pk"))
    if not places:
        return 0
    with acting(door="task", actor="system:disk"), transaction.atomic():
        made = [
            restraint_place(
                place=place,
                kind=RestraintKind.READ_ONLY,
                reason=f"Only {free} % of the disk is free.",
                until=now() + LASTS,
                source=RestraintSource.DISK,
            )
            for place in places
        ]
    return sum(is_new for _, is_new in made)


def _ended() -> int:
    held = list(_held())
    if not held:
        return 0
    with acting(door="task", actor="system:disk"), transaction.atomic():
        return sum(restraint_end(restraint=row) for row in held)
