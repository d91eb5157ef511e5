"""Looks at servers: a real Redis, a real mail server, and what is left when they go."""

import shutil

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from config.stack.ports import free_port
from config.stack.valkey import Valkey
from hotel.core.breaker_rules import RULES
from hotel.core.breakers import breakers
from hotel.monitoring.adapters import probes
from hotel.monitoring.selectors.metrics import outside
from tests.folders import open_folder_make


@pytest.fixture(scope="module")
def valkey():
    folder = open_folder_make()
    server = Valkey(folder / "valkey", folder / "valkey.log", throwaway=True)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


def nobody():
    return f"redis://127.0.0.1:{free_port()}"


def test_redis_answers_is_away_or_not_in_use(settings, valkey):
    states = []
    for url in (valkey.url, nobody(), ""):
        settings.REDIS_URL = url
        states.append(probes.redis_probe().state)
    assert states == ["ok", "failed", "off"]


def test_without_a_worker_what_waits_is_counted_and_it_has_failed(settings, valkey, monkeypatch):
    settings.CELERY_BROKER_URL = f"{valkey.url}/0"
    monkeypatch.setattr(probes.current_app.control, "ping", lambda timeout: [])
    with probes._redis(settings.CELERY_BROKER_URL) as server:
        server.rpush("outbox", "one", "two")
        server.rpush("default", "three")
    found = probes.workers_probe()
    assert (found.state, found.value, found.unit) == ("failed", 3, "waiting")
    monkeypatch.setattr(probes.current_app.control, "ping", lambda timeout: [{"one": {"ok": "pong"}}])
    assert (probes.workers_probe().state, probes.workers_probe().detail) == ("ok", "Workers that answer: 1")


def test_without_a_broker_nobody_is_waited_for(settings, monkeypatch):
    settings.CELERY_BROKER_URL = nobody()
    monkeypatch.setattr(probes.current_app.control, "ping", lambda timeout: pytest.fail("asked"))
    found = probes.workers_probe()
    assert (found.state, found.detail) == ("failed", "The broker does not answer: ConnectionError")
    settings.CELERY_BROKER_URL = "memory://"
    assert probes.workers_probe().state == "off"


@pytest.mark.parametrize(
    ("free", "state"), [(40, "ok"), (10, "ok"), (9, "degraded"), (5, "degraded"), (4, "failed")]
)
def test_the_disk_is_graded_by_what_is_free(settings, monkeypatch, free, state):
    settings.DISK_LOW_PERCENT, settings.DISK_READ_ONLY_PERCENT = 10, 5
    monkeypatch.setattr(probes, "disk_free", lambda: (free, free << 30))
    found = probes.disk_probe()
    assert (found.state, found.value, found.detail) == (state, free, f"{free} GiB free")


def test_the_mail_server_is_signed_in_to_and_sent_nothing(settings):
    settings.EMAIL_BACKEND = probes.SMTP
    settings.EMAIL_HOST = "127.0.0.1"
    server = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_PORT = server.port
    try:
        assert probes.mail_probe().state == "ok"
    finally:
        server.stop()
    assert probes.mail_probe().state == "failed"


def test_mail_that_goes_to_no_server_is_off(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert probes.mail_probe().state == "off"


def test_servers_outside_that_are_left_in_peace_degrade_the_house():
    assert (probes.circuits_probe().state, probes.circuits_probe().value) == ("ok", 0)
    for name, purpose in (
        ("smtp://a:25", "mail server"),
        ("https://b/x", "webhook"),
        ("https://c/x", "webhook"),
    ):
        for _ in range(RULES.failures):
            with pytest.raises(OSError, match="dead"), breakers.guarded(name, purpose, (OSError,)):
                raise OSError("dead")
    found = probes.circuits_probe()
    assert (found.state, found.value, found.detail) == ("degraded", 3, "mail server (1), webhook (2)")
    (family,) = outside()
    assert [(sample.labels["purpose"], sample.value) for sample in family.samples] == [
        ("mail server", 1),
        ("webhook", 2),
    ]
