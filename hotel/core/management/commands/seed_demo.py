"""Load the believable demo: every component seeds its part, in order of the floors."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from hotel.core.plugs import plugs_by_component


class Command(BaseCommand):
    """``manage.py seed_demo``: idempotent; the same seed gives the same hotel."""

    help = "Load a chain of two demo hotels with history, live bookings and staff. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Call each plug's demo service with a function that prints progress.

        Raises:
            CommandError: the settings are those of a production installation.
        """
        if not settings.DEMO_ALLOWED:
            raise CommandError(
                "The demonstration, with its known log-ins, is not for a production installation."
            )
        for component, plug in plugs_by_component().items():
            if plug.demo:
                started = time.monotonic()
                import_string(plug.demo)(say=lambda text: self.stdout.write(f"  {text}"))
                self.stdout.write(f"{component}: demo ready ({time.monotonic() - started:.1f} s)")
