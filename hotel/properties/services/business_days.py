"""Moving a property from one business day to the next."""

from datetime import date, timedelta

from django.db import connection, transaction

from hotel.core.clock import now
from hotel.core.days import day_told
from hotel.core.exceptions import RuleBroken
from hotel.core.locks import lock_rows, refused_as_conflict
from hotel.core.words import _
from hotel.properties.models import BusinessDay, Property


@transaction.atomic
def business_day_close(*, place: Property, expected: date | None = None) -> date:
    """Close the open business day and open the next one.

    Args:
        place: the property; its ``business_date`` is moved in memory, too.
        expected: the day the caller means to close; None for whichever is open.

    Returns:
        The business date that is open now.

    Raises:
        RuleBroken: another day is open than expected (``business_day_closed``).

    Locks: the property, then its open business day.
    """
    (fresh,) = lock_rows(Property.objects.filter(pk=place.pk))
    if expected is not None and fresh.business_date != expected:
        raise RuleBroken(
            _("The open business day is %(business_date)s.")
            % {"business_date": day_told(fresh.business_date)},
            code="business_day_closed",
        )
    (day,) = lock_rows(BusinessDay.objects.filter(property=fresh, closed_at=None))
    day.closed_at = now()
    day.save(update_fields=["closed_at", "updated_at"])
    fresh.business_date += timedelta(days=1)
    fresh.save(update_fields=["business_date", "updated_at"])
    BusinessDay.objects.create(property=fresh, business_date=fresh.business_date, opened_at=now())
    place.business_date = fresh.business_date
    return fresh.business_date


def business_day_hold(*, place: Property) -> date:
    """The open business date, which nobody can close before the caller's transaction has ended.

    Any number of callers hold it at once; ``business_day_close`` waits for them.

    Raises:
        LockRefused: the day is being closed right now.

    Locks: the property, shared.
    """
    with connection.cursor() as cursor, refused_as_conflict():
        cursor.execute("SELECT business_date FROM properties_property WHERE id = %s FOR SHARE", [place.pk])
        (day,) = cursor.fetchone()
    return day
