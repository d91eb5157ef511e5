"""Reads of the trail."""

from datetime import timedelta

import pytest
from django.db.utils import IntegrityError

from security.models import AuditLog
from security.selectors.trail import (
    entries_wanted,
    entry_shown,
    seal_lag,
    sealed_up_to,
    trail_check,
    unknown_actors,
)
from security.services.sealing import range_seal
from tests.factories.security import audit_log_make
from tests.security.trail import execute, hashes_made_anew, trail_made
from tests.structure import by_owner


def test_entries_are_narrowed_by_what_was_asked(cast):
    row = audit_log_make(cast.alpha, row_pk="77")
    rows = AuditLog.objects.all()
    mine = {"row_pk": "77", "table": "rooms_room"}
    assert list(
        entries_wanted(rows, {"table": "rooms_room", "row_pk": "77", "property_id": cast.alpha.pk})
    ) == [row]
    assert list(entries_wanted(rows, {**mine, "at_before": row.at.isoformat()})) == []
    assert list(entries_wanted(rows, {**mine, "at_from": row.at.isoformat(), "door": ""})) == [row]
    assert AuditLog.objects.of_row("rooms_room", 77).get() == row


def test_an_entry_as_plain_values(cast):
    row = audit_log_make(cast.alpha)
    shown = entry_shown(row)
    assert (shown["id"], shown["row_hash"], shown["new"]) == (
        row.pk,
        bytes(row.row_hash).hex(),
        {"name": "B"},
    )


def test_the_lag_is_the_age_of_the_oldest_that_is_not_sealed(db, monkeypatch):
    trail_made(5, monkeypatch)
    assert (sealed_up_to(), seal_lag()) == (5, timedelta())
    execute("SELECT security_trail_write('rooms_room', ARRAY[('D', '1', NULL, '{}', NULL)::security_change])")
    execute("UPDATE security_auditlog SET at = at - interval '90 seconds' WHERE id = 6")
    hashes_made_anew()
    assert timedelta(seconds=80) < seal_lag() < timedelta(seconds=600)
    range_seal(up_to=6)
    assert seal_lag() == timedelta()


def test_unknown_actors_are_counted(cast):
    before = unknown_actors()
    audit_log_make(cast.alpha)
    assert unknown_actors() == before + 1
    assert unknown_actors(timedelta()) == 0


@pytest.mark.parametrize(("seconds", "state"), [(60, "ok"), (130, "degraded"), (910, "failed")])
def test_a_seal_that_is_late_is_told_to_those_who_run_the_house(seconds, state, db, monkeypatch):
    trail_made(5, monkeypatch)
    execute("UPDATE security_auditlog SET actor = 'user:7'")
    execute("DELETE FROM security_auditseal")
    execute("UPDATE security_auditlog SET at = now() - make_interval(secs => %s)", [seconds])
    found = trail_check()
    assert (found.state, found.unit, found.detail) == (state, "s late", "")
    assert found.value // 20 == seconds // 20


def test_whoever_is_named_by_no_door_is_told_as_well(db, monkeypatch):
    trail_made(5, monkeypatch)
    found = trail_check()
    assert (found.state, found.value, found.detail) == (
        "degraded",
        0,
        "5 changes of the last day name nobody",
    )


def test_the_trail_is_guarded_outside_of_these_helpers(cast):
    row = audit_log_make(cast.alpha)
    with by_owner(), pytest.raises(IntegrityError, match="only ever added to"):
        row.delete()
