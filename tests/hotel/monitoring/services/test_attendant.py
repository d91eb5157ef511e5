"""The thread of each process: rules are followed, counts told, load felt."""

import os
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from config.stack.paths import ROOT
from hotel.core.clock import now
from hotel.monitoring.models import ApiUsage, RateLimit
from hotel.monitoring.services import attendant as module
from hotel.monitoring.services.attendant import Attendant
from hotel.monitoring.services.rate_limits import limits_suspend, rule_create
from hotel.monitoring.services.recorder import recorder
from hotel.properties.restraints import standing
from tests.factories.properties import property_restraint_make

KEY = (1_805_016_600, "GET /api/v1/rooms", "token", 5, 0, 2, "v1")


def names(attendant):
    return [rule.name for rule in attendant.table.rules]


def test_the_built_in_rules_hold_until_the_table_was_read(seeded):
    attendant = Attendant()
    assert names(attendant) == ["sign-in", "address", "anonymous", "default"]
    assert {rule.id for rule in attendant.table.rules} == {-1, -2, -3, -4}
    attendant.refresh()
    assert names(attendant) == ["sign-in", "address", "anonymous", "default"]
    assert min(rule.id for rule in attendant.table.rules) > 0


def test_unchanged_rules_cost_one_statement_a_look(seeded, django_assert_num_queries):
    attendant = Attendant()
    attendant.refresh()
    with django_assert_num_queries(1):
        attendant.refresh()


def test_changed_rules_and_the_kill_switch_are_read(seeded):
    attendant = Attendant()
    attendant.refresh()
    rule_create(values={"name": "new", "rate": 1, "burst": 1, "priority": 1})
    attendant.refresh()
    assert names(attendant)[2] == "new"
    until = now() + timedelta(hours=1)
    limits_suspend(until=until, reason="A fair.")
    attendant.refresh()
    assert attendant.table.suspended_until == until


def test_floors_hold_even_where_the_table_is_empty(db):
    RateLimit.objects.all().delete()
    attendant = Attendant()
    attendant.refresh()
    assert names(attendant) == ["sign-in", "address"]


def test_what_cannot_be_told_is_kept_and_told_later(db, monkeypatch):
    attendant = Attendant()
    recorder.record(KEY, 1000)

    def broken(seen):
        raise DatabaseError

    with monkeypatch.context() as lost:
        lost.setattr(module, "usage_flush", broken)
        with pytest.raises(DatabaseError):
            attendant.flush()
    attendant.flush()
    attendant.flush()
    assert ApiUsage.objects.get().count == 1


def test_a_late_turn_raises_the_level_and_calm_lowers_it(settings):
    settings.SHED_LAG_SECONDS = 0.1
    attendant = Attendant()
    levels = []
    for late in [0.0, 0.5, 0.5, *[0.0] * 8]:
        attendant.feel(late)
        levels.append(attendant.level)
    assert levels == [0, 1, 2, 2, 1, 1, 0, 0, 0, 0, 0]


@pytest.mark.django_db(transaction=True)
def test_a_changed_rule_holds_in_another_process_and_counts_are_told_at_its_end():
    code = (
        "import django, sys, time; django.setup();"
        "from hotel.monitoring.services.attendant import attendant;"
        "from hotel.monitoring.services.recorder import recorder;"
        f"[recorder.record({KEY!r}, 1000) for _ in range(1234)];"
        "names = lambda: [r.name for r in attendant.table.rules];"
        "attendant.refresh(); print(names(), flush=True); attendant.ensure();"
        "deadline = time.monotonic() + 60\n"
        "while 'edited' not in names() and time.monotonic() < deadline: time.sleep(0.01)\n"
        "print(names(), flush=True)"
    )
    options = connection.settings_dict
    environ = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.hotel.monitoring.attended",
        "ATTENDED_DATABASE": options["NAME"],
    }
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environ
    )
    assert "edited" not in child.stdout.readline()
    rule_create(values={"name": "edited", "rate": 1, "burst": 1})
    assert "edited" in child.stdout.readline()
    assert child.wait(60) == 0
    assert ApiUsage.objects.get().count == 1234


@pytest.mark.django_db(transaction=True)
def test_what_is_held_back_at_a_hotel_is_known_to_each_process_soon(cast, settings):
    settings.API_ATTENDANT = True
    property_restraint_make(cast.alpha, kind="read_only")
    attendant = Attendant()
    attendant.ensure()
    try:
        deadline = time.monotonic() + 30
        while not standing.rows and time.monotonic() < deadline:
            time.sleep(0.01)
        assert [(row.property_id, row.kind) for row in standing.rows] == [(cast.alpha.pk, "read_only")]
    finally:
        attendant.end()
        standing.forget()
