"""What monitoring does by the clock; each may be repeated."""

from celery import shared_task

from hotel.core.clock import now
from hotel.core.disk import disk_watch
from hotel.monitoring.selectors.drills import newest_backup
from hotel.monitoring.services.alerts import alerts_evaluate
from hotel.monitoring.services.disk import disk_follow
from hotel.monitoring.services.health import health_expire, health_record
from hotel.monitoring.services.restore_drills import restore_drill
from hotel.monitoring.services.retention import partitions_prepare, usage_expire, usage_rollup


@shared_task(name="hotel.monitoring.tasks.usage_roll_up")
def usage_roll_up() -> None:
    """Sum up minutes into hours and hours into days."""
    usage_rollup(at=now())


@shared_task(name="hotel.monitoring.tasks.usage_keep")
def usage_keep() -> None:
    """Make the partitions of the months to come, and drop what is too old."""
    partitions_prepare(at=now())
    usage_expire(at=now())


@shared_task(name="hotel.monitoring.tasks.health_look")
def health_look() -> None:
    """Look at everything the house depends on, keep what was found, and compare what is promised."""
    moment = now()
    disk_watch.refresh()
    disk_follow()
    health_record(at=moment)
    alerts_evaluate(at=moment)


@shared_task(name="hotel.monitoring.tasks.health_keep")
def health_keep() -> None:
    """Forget old looks and alarms."""
    health_expire(at=now())


@shared_task(name="hotel.monitoring.tasks.restore_drill_run")
def restore_drill_run() -> None:
    """Restore the newest backup on trial; nothing where no backups are known. Each run is a drill of its own."""
    if newest_backup() is not None:
        restore_drill()
