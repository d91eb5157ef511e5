"""Looks at servers and the disk: each ends within a few seconds, whatever they do."""

import smtplib
from collections import Counter
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.mail import get_connection
from redis import Redis, RedisError

from hotel.core.breakers import open_circuits
from hotel.core.health_checks import DEGRADED, FAILED, OFF, OK, Finding, graded
from hotel.core.readiness import disk_free

SECONDS, MAIL_SECONDS = 1, 3
WAITING_DEGRADED, WAITING_FAILED = 1_000, 10_000
SMTP = "hotel.core.mail.EmailBackend"


def redis_probe() -> Finding:
    """Redis answers; it is the cache, the broker and the way between processes."""
    if not settings.REDIS_URL:
        return Finding(OFF, detail="No REDIS_URL: one process keeps everything.")
    try:
        with _redis(settings.REDIS_URL) as server:
            server.ping()
    except (RedisError, OSError) as error:
        return Finding(FAILED, detail=type(error).__name__)
    return Finding(OK)


def workers_probe() -> Finding:
    """Workers answer, and how much waits for them; the value is what waits."""
    broker = settings.CELERY_BROKER_URL
    if not broker.startswith("redis"):
        return Finding(OFF, detail="The broker is not Redis.")
    try:
        waiting = _waiting(broker)
    except (RedisError, OSError) as error:
        return Finding(FAILED, detail=f"The broker does not answer: {type(error).__name__}")
    names = current_app.control.ping(timeout=SECONDS)
    if not names:
        return Finding(FAILED, waiting, "waiting", "No worker answers.")
    state = graded(waiting, degraded_from=WAITING_DEGRADED, failed_from=WAITING_FAILED)
    return Finding(state, waiting, "waiting", f"Workers that answer: {len(names)}")


def _waiting(broker: str) -> int:
    queues = {
        settings.CELERY_TASK_DEFAULT_QUEUE,
        *(to["queue"] for to in settings.CELERY_TASK_ROUTES.values()),
    }
    with _redis(broker) as server:
        return sum(int(server.llen(name)) for name in sorted(queues))  # type: ignore[arg-type]


def _redis(url: str) -> Any:
    return Redis.from_url(url, socket_connect_timeout=SECONDS, socket_timeout=SECONDS)


def disk_probe() -> Finding:
    """How much of the disk of uploads is free, in per cent; below which files and then all changes are refused."""
    free, size = disk_free()
    low, full = settings.DISK_LOW_PERCENT, settings.DISK_READ_ONLY_PERCENT
    state = FAILED if free < full else DEGRADED if free < low else OK
    return Finding(state, free, "% free", f"{size >> 30} GiB free")


def mail_probe() -> Finding:
    """The mail server takes our sign-in; no message is sent."""
    if settings.EMAIL_BACKEND != SMTP:
        return Finding(OFF, detail="Mail does not go to a server.")
    server = get_connection(timeout=MAIL_SECONDS)
    try:
        server.open()
    except (OSError, smtplib.SMTPException) as error:
        return Finding(FAILED, detail=type(error).__name__)
    finally:
        server.close()
    return Finding(OK)


def circuits_probe() -> Finding:
    """Servers outside that have not answered lately and are left in peace for a while; the value is how many."""
    found = Counter(circuit.purpose for circuit in open_circuits())
    said = ", ".join(f"{purpose} ({count})" for purpose, count in sorted(found.items()))
    return Finding(DEGRADED if found else OK, found.total(), "not answering", said)
