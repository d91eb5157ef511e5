"""The Celery application; settings are read lazily, tasks are discovered in every component."""

import os
from typing import Any

from celery import Celery
from celery.signals import before_task_publish, worker_process_init
from structlog.contextvars import bound_contextvars, get_contextvars

from config.tracing import tracing_start
from hotel.core.acting_task import ActingTask
from hotel.properties.tenancy import EVERYTHING, tenant_scope

REQUEST_ID = "request_id"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")


class HouseTask(ActingTask):
    """A task works for the whole installation; what it does for one property its services narrow themselves."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run with every property told to the database, and lines of the log told whose work it is."""
        with tenant_scope(EVERYTHING), bound_contextvars(**self._said()):
            return super().__call__(*args, **kwargs)

    def _said(self) -> dict[str, Any]:
        """Of a task that came by the broker: its name, its id, and the request that asked for it."""
        request = self.request
        if not request.id:
            return {}
        asked_by = getattr(request, REQUEST_ID, "") or ""
        return {"task": self.name, "task_id": request.id, **({REQUEST_ID: asked_by} if asked_by else {})}


@before_task_publish.connect
def _carry_request_id(headers: Any = None, **rest: Any) -> None:
    """What a request hands to a worker carries the request's id, and so does what that task hands on."""
    if headers is not None and (request_id := get_contextvars().get(REQUEST_ID)):
        headers[REQUEST_ID] = request_id


@worker_process_init.connect
def _trace(**rest: Any) -> None:
    """Each process of a worker has a tracer of its own: threads do not outlive a fork."""
    tracing_start()


app = Celery("auberge", task_cls=HouseTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
