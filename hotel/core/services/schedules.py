"""Writes the schedules of the plugs into django-celery-beat without undoing an operator's change."""

import json
from typing import Any

from django.db import transaction
from django_celery_beat.models import CrontabSchedule, IntervalSchedule, PeriodicTask, PeriodicTasks

from hotel.core.locks import LockSpace, advisory_lock
from hotel.core.models import DeclaredSchedule
from hotel.core.plugs import Schedule, plugs


@transaction.atomic
def schedules_sync() -> dict[str, str]:
    """Create missing rows, update those no operator has touched, disable those no longer declared.

    Locks: one advisory lock, so that two deploys do not write at once.

    Returns:
        Schedule name to what was done: created, updated, unchanged, kept (an operator's change), disabled,
        enabled (declared again).
    """
    advisory_lock(LockSpace.SCHEDULES, 0)
    declared = {schedule.name: schedule for plug in plugs() for schedule in plug.schedules}
    outcome = {name: _sync_one(schedule) for name, schedule in declared.items()}
    for record in DeclaredSchedule.objects.exclude(name__in=declared).exclude(written__has_key="dropped"):
        outcome[record.name] = _drop(record)
    PeriodicTasks.update_changed()
    return outcome


def _drop(record: DeclaredSchedule) -> str:
    """Disable what is no longer declared; remember whether it ran, in case a later release declares it again."""
    task = PeriodicTask.objects.filter(name=record.name).first()
    record.written = {**record.written, "dropped": bool(task and task.enabled)}
    record.save(update_fields=["written"])
    PeriodicTask.objects.filter(name=record.name).update(enabled=False)
    return "disabled"


def _sync_one(schedule: Schedule) -> str:
    wanted = _values(schedule)
    record = DeclaredSchedule.objects.filter(name=schedule.name).first()
    task = PeriodicTask.objects.filter(name=schedule.name).first()
    if task is None:
        _write(PeriodicTask(name=schedule.name), schedule)
        DeclaredSchedule.objects.update_or_create(name=schedule.name, defaults={"written": wanted})
        return "created"
    if record is None:
        return "kept"
    was_running = record.written.pop("dropped", None)
    if was_running:
        task.enabled = True
        task.save(update_fields=["enabled"])
    if _present(task) != record.written:
        outcome = "kept"
    elif record.written == wanted:
        outcome = "unchanged"
    else:
        _write(task, schedule)
        record.written, outcome = wanted, "updated"
    record.save(update_fields=["written"])
    return "enabled" if was_running and outcome == "unchanged" else outcome


def _values(schedule: Schedule) -> dict[str, Any]:
    return {
        "task": schedule.task,
        "when": f"every {schedule.every_seconds}s"
        if schedule.every_seconds
        else f"{schedule.cron} {schedule.timezone}",
        "expires": schedule.expires_seconds,
        "queue": schedule.queue,
    }


def _present(task: PeriodicTask) -> dict[str, Any]:
    """The row's values in the form of ``_values``; ``enabled`` belongs to the operator."""
    if task.interval:
        when = f"every {task.interval.every}s" if task.interval.period == "seconds" else str(task.interval)
    elif task.crontab:
        c = task.crontab
        when = f"{c.minute} {c.hour} {c.day_of_month} {c.month_of_year} {c.day_of_week} {c.timezone}"
    else:
        when = json.dumps(str(task.schedule))
    return {"task": task.task, "when": when, "expires": task.expire_seconds, "queue": task.queue or ""}


def _write(task: PeriodicTask, schedule: Schedule) -> None:
    task.task, task.expire_seconds, task.queue = (
        schedule.task,
        schedule.expires_seconds,
        schedule.queue or None,
    )
    task.interval = task.crontab = None
    if schedule.every_seconds:
        task.interval, _ = IntervalSchedule.objects.get_or_create(
            every=schedule.every_seconds, period=IntervalSchedule.SECONDS
        )
    else:
        minute, hour, day_of_month, month, day_of_week = schedule.cron.split()
        task.crontab, _ = CrontabSchedule.objects.get_or_create(
            minute=minute,
            hour=hour,
            day_of_month=day_of_month,
            month_of_year=month,
            day_of_week=day_of_week,
            timezone=schedule.timezone,
        )
    task.save()
