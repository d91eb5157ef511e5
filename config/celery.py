"""The Celery application; settings are read lazily, tasks are discovered in every component."""

import os
from typing import Any

from celery import Celery

from hotel.core.acting_task import ActingTask
from hotel.properties.tenancy import EVERYTHING, tenant_scope

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")


class HouseTask(ActingTask):
    """A task works for the whole installation; what it does for one property its services narrow themselves."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run with every property told to the database."""
        with tenant_scope(EVERYTHING):
            return super().__call__(*args, **kwargs)


app = Celery("auberge", task_cls=HouseTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
