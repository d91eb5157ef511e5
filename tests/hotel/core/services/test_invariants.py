"""A check of the invariants is kept, and a broken rule raises the alarm."""

import logging

from hotel.core.models import DeclaredSchedule, InvariantCheck
from hotel.core.plugs import plugs
from hotel.core.services import invariants
from hotel.core.services.invariants import invariants_check
from hotel.core.tasks import invariants_verify


def alarms(caplog):
    return [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]


def test_a_check_that_finds_nothing_is_kept_without_an_alarm(one_rule, caplog):
    check = invariants_check()

    stored = InvariantCheck.objects.get()
    assert (stored.pk, stored.checked, stored.broken) == (check.pk, 1, [])
    assert alarms(caplog) == []


def test_a_broken_rule_is_kept_with_its_rows_and_raises_the_alarm(one_rule, caplog):
    DeclaredSchedule.objects.create(name="x", written={})

    assert invariants_verify() == 1

    rule = {"name": "inv_no_x", "text": "No schedule is called x.", "violations": [["x"]]}
    assert InvariantCheck.objects.get().broken == [rule]
    assert alarms(caplog) == ["Invariant inv_no_x is broken: No schedule is called x. First violation: x"]


def test_only_the_newest_checks_are_kept(one_rule, monkeypatch):
    monkeypatch.setattr(invariants, "KEPT", 2)

    made = [invariants_check().pk for _ in range(3)]

    assert set(InvariantCheck.objects.values_list("pk", flat=True)) == set(made[1:])


def test_every_night_the_rules_are_checked_apart_from_the_outbox():
    (schedule,) = [s for plug in plugs() for s in plug.schedules if s.task == invariants_verify.name]

    assert (schedule.cron, schedule.queue) == ("10 3 * * *", "default")
