"""Freezing what the ledgers stood at, once a day is closed."""

from django.db import connection, transaction

from hotel.properties.models import Property


@transaction.atomic
def ledger_days_freeze(*, place: Property) -> int:
    """Freeze the balances of every closed day that is not frozen yet. Repeatable; one statement.

    Frozen days are what makes the trial balance of any day cost the same, however long the history is.

    Returns:
        How many rows were written: one for each ledger and day with a balance or a movement.

    Locks: the property.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT folios_days_freeze(%s)", [place.pk])
        (written,) = cursor.fetchone()
    return written
