"""Browsers are recognised by a secret in a cookie, of which the database keeps a hash."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from hotel.accounts.domain.browsers import browser_name
from hotel.accounts.models import SignInDevice, User
from hotel.accounts.services.guards import require_manages
from hotel.accounts.services.sign_in_changes import sign_in_changed
from hotel.core.clock import now
from hotel.core.locks import lock_rows
from hotel.core.proxies import is_address

KNOWN_FOR = timedelta(days=180)  # since it was last signed in with
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True)
class Browser:
    """What a request tells of the browser it comes from.

    Attributes:
        secret: of the device cookie; empty for none.
        address: of the connection.
        user_agent: as the browser names itself.
    """

    secret: str = ""
    address: str = ""
    user_agent: str = ""


@dataclass(frozen=True)
class SeenDevice:
    """A device that somebody has just signed in with.

    Attributes:
        device: its row.
        secret: what its cookie must hold.
        is_new: this person never signed in with it before.
    """

    device: SignInDevice
    secret: str
    is_new: bool


def device_known(*, username: str, secret: str) -> SignInDevice | None:
    """The device with this secret if the person of this name has signed in with it within ``KNOWN_FOR``."""
    if not _SECRET.fullmatch(secret):
        return None
    return SignInDevice.objects.filter(
        user__username__iexact=username,
        digest=_digest(secret),
        revoked_at=None,
        last_seen_at__gt=now() - KNOWN_FOR,
    ).first()


@transaction.atomic
def device_seen(*, user: User, browser: Browser) -> SeenDevice:
    """Note that a person has signed in with a browser; one without a secret, or with a revoked one, gets another.

    Publishes: SignInChanged when it is new and not the person's first.
    """
    secret = browser.secret
    if not _SECRET.fullmatch(secret) or _is_revoked(user, secret):
        secret = secrets.token_urlsafe(32)
    values = {
        "name": browser_name(browser.user_agent),
        "last_seen_at": now(),
        "last_address": browser.address if is_address(browser.address) else None,
    }
    device, is_new = SignInDevice.objects.update_or_create(
        user=user, digest=_digest(secret), defaults=values, create_defaults=values
    )
    others = SignInDevice.objects.filter(user=user).exclude(pk=device.pk)
    if is_new and others.exists():
        sign_in_changed(user=user, change="new_device", detail=device.name)
    return SeenDevice(device, secret, is_new)


@transaction.atomic
def device_revoke(*, device: SignInDevice, by: User | None = None) -> SignInDevice:
    """Let a browser count as unknown from now on. Repeatable.

    Raises:
        NotPermitted: the device is somebody else's, and ``by`` does not manage that person.

    Locks: the device.
    """
    [device] = lock_rows(SignInDevice.objects.filter(pk=device.pk))
    if by is None or by.pk != device.user_id:
        require_manages(by=by, user=device.user)
    if device.revoked_at is None:
        device.revoked_at = now()
        device.save(update_fields=["revoked_at", "updated_at"])
    return device


def digest_of_device(secret: str) -> str:
    """What the database keeps of a browser's secret; empty when it cannot be one."""
    return _digest(secret) if _SECRET.fullmatch(secret) else ""


def _is_revoked(user: User, secret: str) -> bool:
    rows = SignInDevice.objects.filter(user=user, digest=_digest(secret))
    return rows.exclude(revoked_at=None).exists()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
