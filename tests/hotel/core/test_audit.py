"""The readable audit: all models of the house but those named with a reason, masked fields masked."""

import pytest
from auditlog.context import auditlog_value
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.apps import apps
from django.conf import settings
from django.db.models.signals import pre_save  # noqa: TID251  to see that none is connected

from hotel.accounts.models import User
from hotel.core.audit import AuditMiddleware, actor_note, register_models
from hotel.core.models import DeclaredSchedule, OutboxMessage
from hotel.core.plugs import plugs

EXCLUDED = {name: reason for plug in plugs() for name, reason in plug.audit_excluded.items()}
LABELS = {component.rsplit(".", 1)[-1] for component in settings.COMPONENTS}


@pytest.mark.parametrize(
    "model", [m for m in apps.get_models() if m._meta.app_label in LABELS], ids=lambda m: m._meta.label
)
def test_each_model_is_audited_or_left_out_with_a_reason(model):
    assert auditlog.contains(model) is (model._meta.label not in EXCLUDED)


def test_every_exclusion_names_a_model_and_a_reason():
    assert {name for name in EXCLUDED if not apps.get_model(name)} == set()
    assert [name for name, reason in EXCLUDED.items() if len(reason) < 10] == []


def test_every_mask_names_a_field():
    for plug in plugs():
        for label, fields in plug.audit_masked.items():
            assert {f.name for f in apps.get_model(label)._meta.get_fields()} >= set(fields)


def test_registering_again_changes_nothing():
    register_models()
    assert auditlog.contains(DeclaredSchedule)
    assert not auditlog.contains(OutboxMessage)


def test_a_change_is_written_and_a_secret_is_not(db):
    user = User.objects.create(username="ada", password="the-old-hash")
    user.username, user.password = "ada2", "the-new-hash"
    user.save()
    changes = LogEntry.objects.get_for_object(user).filter(action=LogEntry.Action.UPDATE).get().changes
    assert changes["username"] == ["ada", "ada2"]
    assert "the-new-hash" not in str(changes["password"])


def asked(rf, user, then):
    """What ``then()`` gives within a request of this user; headers as a proxy adds them."""
    request = rf.get("/", headers={"X-Forwarded-For": "198.51.100.7, 10.0.0.1", "X-Request-Id": "r-1"})
    request.user = user
    return AuditMiddleware(lambda _: then())(request)


def entry_of(name: str) -> LogEntry:
    return LogEntry.objects.get_for_object(User.objects.create(username=name)).get()


def test_an_entry_tells_who_asked_from_where(db, rf):
    boss = User.objects.create(username="boss", email="boss@alpha.example")
    entry = asked(rf, boss, lambda: entry_of("ada"))
    assert (entry.actor, entry.remote_addr, entry.cid) == (boss, "198.51.100.7", "r-1")
    assert entry.actor_email == "boss@alpha.example"


def test_an_entry_tells_whom_a_token_turned_out_to_be(db, rf):
    machine = User.objects.create(username="machine")

    def acts() -> LogEntry:
        actor_note(machine)
        return entry_of("ada")

    assert asked(rf, None, acts).actor == machine


def test_nobody_is_told_when_the_request_is_over_or_died(db, rf):
    boss, before = User.objects.create(username="boss"), auditlog_value.get(None)
    with pytest.raises(ZeroDivisionError):
        asked(rf, boss, lambda: 1 / 0)
    assert auditlog_value.get(None) is before
    entry = entry_of("ada")
    assert (entry.actor, entry.remote_addr) == (None, None)


def test_a_request_connects_no_receiver(db, rf):
    """Connecting one makes Django look up anew, for every model, who listens to its saving."""
    before = list(pre_save.receivers)
    assert asked(rf, None, lambda: list(pre_save.receivers)) == before
