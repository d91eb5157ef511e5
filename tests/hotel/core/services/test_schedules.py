"""sync_schedules: creates, updates, keeps an operator's change, disables what is dropped, revives what returns."""

import pytest
from django_celery_beat.models import CrontabSchedule, PeriodicTask

from hotel.core.models import DeclaredSchedule
from hotel.core.plugs import ComponentPlug, Schedule
from hotel.core.services import schedules as service
from hotel.core.services.schedules import schedules_sync

NIGHTLY = Schedule(
    "demo: nightly", "demo.tasks.nightly", cron="15 3 * * 1", timezone="Europe/Vienna", expires_seconds=60
)
SWEEP = Schedule("demo: sweep", "demo.tasks.sweep", every_seconds=30, queue="sweeps")


@pytest.fixture
def declare(db, monkeypatch):
    """Declare these schedules and synchronise."""

    def run(*schedules: Schedule) -> dict[str, str]:
        monkeypatch.setattr(service, "plugs", lambda: (ComponentPlug(area="demo", schedules=schedules),))
        return schedules_sync()

    return run


def row(schedule: Schedule) -> PeriodicTask:
    return PeriodicTask.objects.get(name=schedule.name)


def test_missing_schedules_are_created_with_all_they_say(declare):
    assert declare(NIGHTLY, SWEEP) == {"demo: nightly": "created", "demo: sweep": "created"}
    nightly, sweep = row(NIGHTLY), row(SWEEP)
    cron = nightly.crontab
    assert (cron.minute, cron.hour, cron.day_of_month, cron.month_of_year, cron.day_of_week) == (
        "15",
        "3",
        "*",
        "*",
        "1",
    )
    assert str(cron.timezone) == "Europe/Vienna"
    assert (nightly.task, nightly.expire_seconds, nightly.queue, nightly.enabled) == (
        "demo.tasks.nightly",
        60,
        None,
        True,
    )
    assert (sweep.interval.every, sweep.interval.period, sweep.queue) == (30, "seconds", "sweeps")
    assert declare(NIGHTLY, SWEEP) == {"demo: nightly": "unchanged", "demo: sweep": "unchanged"}
    assert PeriodicTask.objects.count() == 2


def test_a_changed_declaration_updates_the_row_even_from_interval_to_crontab(declare):
    declare(SWEEP)
    changed = Schedule("demo: sweep", "demo.tasks.sweep", cron="*/5 * * * *")
    assert declare(changed) == {"demo: sweep": "updated"}
    assert row(SWEEP).interval is None
    assert row(SWEEP).crontab.minute == "*/5"
    assert declare(changed) == {"demo: sweep": "unchanged"}


def test_an_operators_change_is_kept_for_ever(declare):
    declare(NIGHTLY)
    task = row(NIGHTLY)
    task.crontab = CrontabSchedule.objects.create(minute="0", hour="5", timezone="Europe/Vienna")
    task.save()
    later = Schedule("demo: nightly", "demo.tasks.nightly", cron="45 2 * * *", timezone="Europe/Vienna")
    assert declare(later) == {"demo: nightly": "kept"}
    assert declare(later) == {"demo: nightly": "kept"}
    assert row(NIGHTLY).crontab.hour == "5"


def test_switching_off_is_the_operators_and_does_not_stop_updates(declare):
    declare(NIGHTLY)
    PeriodicTask.objects.update(enabled=False)
    assert declare(NIGHTLY) == {"demo: nightly": "unchanged"}
    later = Schedule("demo: nightly", "demo.tasks.nightly", cron="45 2 * * *")
    assert declare(later) == {"demo: nightly": "updated"}
    assert row(NIGHTLY).enabled is False
    assert row(NIGHTLY).crontab.hour == "2"


def test_a_dropped_schedule_is_disabled_once_and_revived_when_it_returns(declare):
    declare(NIGHTLY, SWEEP)
    assert declare(SWEEP) == {"demo: sweep": "unchanged", "demo: nightly": "disabled"}
    assert row(NIGHTLY).enabled is False
    PeriodicTask.objects.filter(name=NIGHTLY.name).update(enabled=True)
    assert declare(SWEEP) == {"demo: sweep": "unchanged"}
    assert row(NIGHTLY).enabled is True  # an operator wants it: not undone
    PeriodicTask.objects.filter(name=NIGHTLY.name).update(enabled=False)
    assert declare(NIGHTLY, SWEEP)["demo: nightly"] == "enabled"
    assert row(NIGHTLY).enabled is True
    assert declare(NIGHTLY, SWEEP)["demo: nightly"] == "unchanged"


def test_a_schedule_that_was_off_when_it_was_dropped_stays_off(declare):
    declare(NIGHTLY)
    PeriodicTask.objects.update(enabled=False)
    declare()
    assert declare(NIGHTLY) == {"demo: nightly": "unchanged"}
    assert row(NIGHTLY).enabled is False


def test_a_row_of_the_same_name_that_we_never_wrote_is_kept(declare):
    declare(NIGHTLY)
    DeclaredSchedule.objects.all().delete()
    assert declare(NIGHTLY) == {"demo: nightly": "kept"}


def test_what_the_house_declares_can_be_written(db):
    outcome = schedules_sync()
    assert outcome["system: relay the outbox"] == "created"
    assert set(outcome.values()) == {"created"}
