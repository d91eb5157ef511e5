"""Guessing passwords is slowed down at whichever door; counted in rows that all processes share.

An attempt is counted before the password is looked at, so that many at the same instant gain nothing; what a person
got wrong himself is taken back when he gets it right.
"""

import math
from datetime import timedelta
from typing import Any

from axes.models import AccessAttempt
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from rest_framework.throttling import SimpleRateThrottle

from hotel.accounts.domain.pacing import (
    EVERYWHERE,
    FORGOTTEN_AFTER,
    KNOWN_DEVICE,
    NETWORK,
    NOWHERE,
    Pace,
    network_of,
    seconds_to_wait,
)
from hotel.accounts.models import User
from hotel.accounts.services.devices import Browser, device_known
from hotel.core.clock import now
from hotel.core.crypto import key_ring
from hotel.core.locks import lock_rows

KEPT_FOR = timedelta(days=7)
_PACES = {"network": NETWORK, "everywhere": EVERYWHERE, "device": KNOWN_DEVICE}


class Attempts(SimpleRateThrottle):
    """Ten attempts a minute for one key, counted in the cache."""

    scope = "login"
    rate = "10/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        """The key itself: there is no request here."""
        return f"throttle-login-{request}"


@transaction.atomic
def sign_in_begin(*, username: str, browser: Browser) -> int:
    """Count one attempt to sign in and say how long to wait; whoever must wait is not counted.

    Args:
        username: as typed.
        browser: where from. A known device has a count of its own; its address may be anybody's.

    Returns:
        0 when the attempt may go on; otherwise seconds ≥ 1 until the next one is heard.

    Locks: the counts.
    """
    name, moment = _name(username), now()
    device = device_known(username=name, secret=browser.secret)
    keys = [(NOWHERE, f"device {device.pk}")] if device else _keys(browser)
    counts = _counts(_key(name), keys)
    waits = [
        seconds_to_wait(
            _pace(count), failures=count.failures_since_start, since_last=moment - count.attempt_time
        )
        for count in counts
    ]
    if any(waits):
        return max(waits)
    for count in counts:
        is_forgotten = moment - count.attempt_time >= FORGOTTEN_AFTER
        before = 0 if is_forgotten else count.failures_since_start
        AccessAttempt.objects.filter(pk=count.pk).update(failures_since_start=before + 1, attempt_time=moment)
    return 0


@transaction.atomic
def sign_in_succeeded(*, user: User, browser: Browser) -> None:
    """Take back what this person got wrong here before he got it right; what others did elsewhere stays counted."""
    name = user.username.lower()
    device = device_known(username=name, secret=browser.secret)
    if device is not None:
        AccessAttempt.objects.filter(username=name, user_agent=f"device {device.pk}").delete()
        return
    rows = AccessAttempt.objects.filter(username=name)
    mine = rows.filter(ip_address=network_of(browser.address), user_agent="network").first()
    if mine is not None:
        own = mine.failures_since_start
        rows.filter(ip_address=NOWHERE, user_agent="everywhere").update(
            failures_since_start=Greatest(F("failures_since_start") - own, 0)
        )
        rows.filter(pk=mine.pk).delete()


def attempts_forget() -> int:
    """Delete counts of which nothing happened for a week; how many. Repeatable."""
    return AccessAttempt.objects.filter(attempt_time__lt=now() - KEPT_FOR).delete()[0]


def password_wait(*, user: Any) -> int:
    """Whole seconds to wait for a person who is signed in and names a password again; wherever he does so."""
    attempts = Attempts()
    return 0 if attempts.allow_request(f"user-{user.pk}", None) else math.ceil(attempts.wait() or 1)  # type: ignore[arg-type]


def _name(username: str) -> str:
    """A name in a form that the database may be asked for."""
    return username.strip().lower().encode(errors="replace").decode().replace("\0", "")[:150]


def _key(name: str) -> str:
    """The name itself if it is somebody's. What else is typed may be a password in the wrong field: hashed."""
    if User.objects.filter(username__iexact=name).exists():
        return name
    return key_ring().fingerprint(name, context="sign-in name")


def _keys(browser: Browser) -> list[tuple[str, str]]:
    return [(network_of(browser.address), "network"), (NOWHERE, "everywhere")]


def _counts(name: str, keys: list[tuple[str, str]]) -> list[AccessAttempt]:
    """The rows of these counts, made if need be, locked."""
    made = [
        AccessAttempt.objects.get_or_create(
            username=name, ip_address=address, user_agent=kind, defaults={"failures_since_start": 0}
        )[0].pk
        for address, kind in keys
    ]
    return lock_rows(AccessAttempt.objects.filter(pk__in=made))


def _pace(count: AccessAttempt) -> Pace:
    return _PACES[count.user_agent.partition(" ")[0]]
