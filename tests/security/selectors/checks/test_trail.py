"""Looks at the database, the trail and the keys."""

from datetime import timedelta

from django.db import connection
from django_celery_beat.models import PeriodicTask

from hotel.core.clock import now
from hotel.core.models import SecurityEvent
from security.models import TrailJob
from security.selectors.checks import trail
from tests.factories.guests import guest_make
from tests.factories.security_keys import data_encryption_make
from tests.structure import by_owner


def run(statement):
    with by_owner(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_table_without_its_wall_is_named(db):
    assert trail.walls().outcome == "checked"
    run("ALTER TABLE rooms_room NO FORCE ROW LEVEL SECURITY")
    assert trail.walls().detail == "Not forced on: rooms_room."


def test_a_foreign_key_that_may_leave_the_property_is_named(db):
    assert trail.ties().outcome == "checked"
    run("ALTER TABLE rooms_room DROP CONSTRAINT rooms_room_room_type_id_tie")
    assert trail.ties().detail == "Not, or not for all rows: rooms_room.room_type_id."


def test_a_table_without_its_trigger_is_named(db):
    assert trail.trail_guarded().outcome == "checked"
    run("DROP TRIGGER zz_trail_update ON rooms_room")
    assert trail.trail_guarded().detail == "Not watched: rooms_room."


def test_the_role_is_asked_for_its_rights(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        is_mighty = cursor.fetchone()[0]
    assert ("superuser" in trail.database_role().detail) == is_mighty


def test_a_check_of_the_trail_counts_for_a_month(db):
    assert trail.trail_verified().outcome == "needs_evidence"
    job = TrailJob.objects.create(
        kind="verify", status="done", finished_at=now(), result={"is_sound": True, "rows": 5}
    )
    assert trail.trail_verified().outcome == "checked"
    TrailJob.objects.filter(pk=job.pk).update(finished_at=now() - timedelta(days=32))
    assert trail.trail_verified().outcome == "needs_evidence"
    TrailJob.objects.filter(pk=job.pk).update(result={"is_sound": False})
    assert trail.trail_verified().outcome == "failed"


def test_months_that_are_kept(settings):
    settings.AUDIT_KEPT_MONTHS = 12
    assert trail.trail_kept().outcome == "checked"
    settings.AUDIT_KEPT_MONTHS = 11
    assert trail.trail_kept().outcome == "failed"


def test_keys_that_are_old_or_missing(cast):
    assert (trail.keys_sound().outcome, trail.key_age().outcome) == ("needs_evidence", "needs_evidence")
    key = data_encryption_make(cast.alpha, state="in_force", in_force_at=now())
    assert (trail.keys_sound().outcome, trail.key_age().outcome) == ("checked", "checked")
    key.in_force_at = now() - timedelta(days=401)
    key.save()
    assert trail.key_age().detail == "In force for 401 days: change it."
    data_encryption_make(cast.alpha, state="missing")
    assert trail.keys_sound().outcome == "failed"


def test_a_column_in_clear_is_named(cast):
    guest = guest_make(cast.alpha, email="gus@example.com")
    assert trail.encrypted_columns().outcome == "checked"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE guests_guest SET email = 'gus@example.com' WHERE id = %s", [guest.pk])
    assert trail.encrypted_columns().detail == "In clear: guests.Guest.email."


def test_the_search_for_cards_must_have_run_and_found_nothing(db):
    assert trail.card_scan().outcome == "needs_evidence"
    PeriodicTask.objects.filter(task="hotel.core.tasks.card_data_scan").delete()
    from django_celery_beat.models import IntervalSchedule

    every = IntervalSchedule.objects.create(every=7, period="days")
    PeriodicTask.objects.create(
        name="cards", task="hotel.core.tasks.card_data_scan", interval=every, last_run_at=now()
    )
    assert trail.card_scan().outcome == "checked"
    SecurityEvent.objects.create(kind="card_data_found")
    assert trail.card_scan().outcome == "failed"
