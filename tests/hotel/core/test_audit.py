"""The readable audit: all models of the house but those named with a reason, masked fields masked."""

import pytest
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.apps import apps
from django.conf import settings

from hotel.accounts.models import User
from hotel.core.audit import register_models
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
