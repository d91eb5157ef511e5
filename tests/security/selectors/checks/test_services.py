"""Looks at the ways to other servers, at logs, libraries and backups."""

import json
import os
from datetime import timedelta

import pytest

from hotel.core.clock import now
from hotel.monitoring.models import ApiHealth
from security.selectors.checks import services


@pytest.mark.parametrize(
    ("host", "mode", "expected"),
    [
        ("", "", "checked"),
        ("/run/pg", "", "checked"),
        ("db", "verify-full", "checked"),
        ("db", "require", "failed"),
    ],
)
def test_the_way_to_the_database(settings, host, mode, expected):
    database = {**settings.DATABASES["default"], "HOST": host, "OPTIONS": {"sslmode": mode}}
    settings.DATABASES = {"default": database}
    assert services.database_tls().outcome == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("", "not_applicable"),
        ("redis://:p@127.0.0.1:6379", "checked"),
        ("rediss://r:6379", "checked"),
        ("redis://r", "failed"),
    ],
)
def test_the_way_to_redis(settings, url, expected):
    settings.REDIS_URL = url
    assert services.redis_tls().outcome == expected


def test_the_way_to_the_mail_server(settings):
    assert services.mail_tls().outcome == "not_applicable"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = "mail.example.com", False, False
    assert services.mail_tls().outcome == "failed"
    settings.EMAIL_USE_TLS = True
    assert services.mail_tls().outcome == "checked"


def test_the_way_to_the_key_service_and_where_keys_are_read(settings):
    assert services.keys_service_tls().outcome == "not_applicable"
    settings.KEY_SOURCE, settings.KMS_URL = "kms", "http://kms"
    assert services.keys_service_tls().outcome == "failed"
    assert services.key_source().outcome == "checked"
    settings.FIELD_KEYS, settings.FIELD_KEYS_FILE = [], ""
    assert services.key_source().outcome == "failed"


def test_what_is_switched_off_fails(settings, db):
    settings.WEBHOOK_ALLOW_PRIVATE = True
    assert services.webhooks_stay_outside().outcome == "failed"
    settings.RATE_LIMITS_ENFORCED = False
    assert services.rate_limits().outcome == "failed"


def test_logs_are_read_from_their_configuration(settings):
    assert (services.log_redaction().outcome, services.log_targets().outcome) == ("checked", "checked")
    settings.LOGGING = {"handlers": {"console": {"class": "logging.FileHandler", "formatter": "line"}}}
    found = [check().outcome for check in (services.log_redaction, services.log_targets, services.log_format)]
    assert found == ["failed", "failed", "failed"]


def test_workers_and_clocks(db):
    assert services.task_messages().outcome == "checked"
    assert services.clock().outcome == "checked"


def test_health_that_nobody_looked_at_fails(db):
    assert services.health_looked_at().outcome == "failed"
    row = ApiHealth.objects.create(checked_at=now(), check_name="database", state="ok", latency_us=5)
    assert services.health_looked_at().outcome == "checked"
    ApiHealth.objects.filter(pk=row.pk).update(checked_at=now() - timedelta(minutes=7))
    assert services.health_looked_at().detail == "Last looked 7 minutes ago."


def test_libraries_are_compared_with_their_pins(monkeypatch):
    assert services.library_versions().outcome == "checked"
    monkeypatch.setattr(services, "_installed", lambda name: "0.0.1")
    assert services.library_versions().outcome == "failed"
    monkeypatch.setattr(services, "_installed", lambda name: None)
    assert services.library_versions().outcome == "checked"


def test_an_old_copy_of_advisories_says_that_it_knows_nothing(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    assert services.advisories_age().outcome == "needs_evidence"
    (tmp_path / "config/audit").mkdir(parents=True)
    file = tmp_path / "config/audit/advisories.json"
    file.write_text(json.dumps({"taken_on": str(now().date())}))
    assert services.advisories_age().outcome == "checked"
    file.write_text(json.dumps({"taken_on": str(now().date() - timedelta(days=8))}))
    assert services.advisories_age().outcome == "needs_evidence"
    assert services.no_repository().outcome == "checked"
    (tmp_path / ".git").mkdir()
    assert services.no_repository().outcome == "failed"


def test_the_age_of_the_newest_backup(settings, tmp_path):
    settings.BACKUP_DIR = str(tmp_path)
    assert services.backup_age().outcome == "needs_evidence"
    file = tmp_path / "auberge.tar"
    file.write_bytes(b"x")
    assert services.backup_age().outcome == "checked"
    old = (now() - timedelta(hours=27)).timestamp()
    os.utime(file, (old, old))
    assert services.backup_age().outcome == "failed"
