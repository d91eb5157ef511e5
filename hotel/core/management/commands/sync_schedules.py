"""Write the schedules of the plugs into django-celery-beat."""

from typing import Any

from django.core.management.base import BaseCommand

from hotel.core.services.schedules import schedules_sync


class Command(BaseCommand):
    """``manage.py sync_schedules``: run at every deploy."""

    help = "Create and update the schedules that components declare; an operator's changes are kept."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was done with each."""
        for name, outcome in schedules_sync().items():
            self.stdout.write(f"{outcome:<10} {name}")
