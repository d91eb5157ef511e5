"""What people did away from the network and send later, in order. Locks: the task, then its room."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.exceptions import Conflict
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.operations.models import Task
from hotel.operations.services.do_not_disturb import task_do_not_disturb
from hotel.operations.services.tasks import task_done, task_note, task_skip, task_start

ACTS: Mapping[str, Callable[..., Task]] = {
    "start": task_start,
    "done": task_done,
    "skip": task_skip,
    "dnd": task_do_not_disturb,
    "note": task_note,
}


@transaction.atomic
def task_act_late(*, task: Task, act: str, actor: User, seen: int, at: datetime, **words: Any) -> Task:
    """Do what somebody did to a task before it could be sent.

    It counts when the task is still in a state in which the act makes sense, though it may have another version than
    the person saw; not when it has become somebody else's meanwhile. A note counts always.

    Args:
        act: a key of ``ACTS``.
        seen: the version that the person saw last.
        at: when it was done by the person's clock, UTC.
        words: what else the service of the act takes.

    Raises:
        Conflict: it is somebody else's now (``task_of_another``), or as the service of the act.
    """
    (fresh,) = lock_rows(Task.objects.select_related("assignee").filter(pk=task.pk))
    is_others = fresh.assignee is not None and fresh.assignee != actor
    if fresh.version != seen and is_others and act != "note":
        raise Conflict(
            _("It became a task of %(assignee)s meanwhile.") % {"assignee": fresh.assignee},
            code="task_of_another",
            extra={"assignee": fresh.assignee_id},
        )
    return ACTS[act](task=fresh, actor=actor, at=at, **words)
