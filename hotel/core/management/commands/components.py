"""Print what each component plugs into the house."""

from typing import Any

from django.core.management.base import BaseCommand

from hotel.core.facts import subscriptions
from hotel.core.plugs import plugs_by_component


class Command(BaseCommand):
    """``manage.py components``."""

    help = "Print what each component plugs in: area, verbs, schedules, pages, datasets, handlers."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one block per component, in order of the floors."""
        for component, plug in plugs_by_component().items():
            self.stdout.write(f"{component}  area={plug.area}  verbs={','.join(plug.verbs)}")
            for schedule in plug.schedules:
                when = f"every {schedule.every_seconds}s" if schedule.every_seconds else schedule.cron
                self.stdout.write(f"  schedule    {schedule.name}  ({when}) -> {schedule.task}")
            for kind in ("navigation", "widgets", "panels", "datasets", "privacy", "sockets", "invariants"):
                for item in getattr(plug, kind):
                    title = (
                        item if isinstance(item, str) else getattr(item, "name", getattr(item, "title", item))
                    )
                    self.stdout.write(f"  {kind:<11} {title}")
            for topic, handlers in subscriptions().items():
                for handler in handlers:
                    if handler.name.startswith(f"{component}."):
                        self.stdout.write(f"  hears       {topic} -> {handler.name}")
            if plug.demo:
                self.stdout.write(f"  demo        {plug.demo}")
