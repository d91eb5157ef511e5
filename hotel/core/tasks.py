"""Tasks of the kernel. All may repeat: the truth is in the tables they look at."""

import time

from celery import shared_task

from hotel.core.services.card_scan import card_scan
from hotel.core.services.idempotency import idempotency_purge
from hotel.core.services.invariants import invariants_check
from hotel.core.services.outbox import outbox_deliver, outbox_sequence

LINGER_SECONDS = 0.5
LONGEST_SECONDS = 5.0  # below what a worker may take to stop, and as often as the sweep comes by


@shared_task(name="hotel.core.tasks.outbox_relay")
def outbox_relay() -> int:
    """Place and deliver all committed messages; linger once, since hints within the interval are dropped.

    What a long list still holds after a few seconds is the next sweep's: a worker that is asked to stop must come to
    an end, and other tasks of its queue to their turn.
    """
    delivered, ends = 0, time.monotonic() + LONGEST_SECONDS
    for attempt in range(2):
        while time.monotonic() < ends:
            placed, done = outbox_sequence(), outbox_deliver()
            delivered += done
            if not placed and not done:
                break
        if attempt == 0:
            time.sleep(LINGER_SECONDS)
    return delivered


@shared_task(name="hotel.core.tasks.idempotency_records_purge")
def idempotency_records_purge() -> int:
    """Forget idempotency keys past their retention."""
    return idempotency_purge()


@shared_task(name="hotel.core.tasks.invariants_verify")
def invariants_verify() -> int:
    """Check every invariant, by night. Returns how many are broken; each is logged as an error."""
    return len(invariants_check().broken)


@shared_task(name="hotel.core.tasks.card_data_scan")
def card_data_scan() -> int:
    """Look for card data in everything that is kept, by week. Returns how many places hold some."""
    return len(card_scan().findings)
