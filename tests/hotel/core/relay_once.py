"""A worker of its own process: relays the outbox once. Run by the tests, which kill it in the middle."""

import django

django.setup()

from hotel.core.services.outbox import outbox_deliver, outbox_sequence  # noqa: E402
from tests.hotel.core.bell import page, porter, subscribed  # noqa: E402

with subscribed(porter, page):
    outbox_sequence()
    outbox_deliver()
