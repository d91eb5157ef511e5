"""Webhook endpoints: made, changed, given new secrets, switched on and off, replayed."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.messaging.adapters.webhook.adapter import UrlRefused, url_check
from hotel.messaging.choices import DeliveryKind
from hotel.messaging.models import WebhookDelivery, WebhookEndpoint, WebhookSecret
from hotel.messaging.selectors.changes import last_position
from hotel.properties.models import Property

ACTIVE_SECRETS = 2


class WebhookUrlRefused(RuleBroken):
    """The house does not call this address."""

    code = "webhook_url_refused"


class LastSecret(Conflict):
    """An endpoint keeps at least one secret."""

    code = "webhook_last_secret"


@dataclass(frozen=True)
class NewSecret:
    """A secret in clear: shown once, never again."""

    key_id: str
    secret: str


def _url_checked(url: str) -> None:
    try:
        url_check(url)
    except UrlRefused as error:
        raise WebhookUrlRefused(str(error), fields={"url": [str(error)]}) from error


@transaction.atomic
def webhook_create(
    *, place: Property, name: str, url: str, topics: list[str]
) -> tuple[WebhookEndpoint, NewSecret]:
    """Add an endpoint; it hears what happens from now on.

    Returns:
        The endpoint and its first secret.

    Raises:
        WebhookUrlRefused: not https, unknown host, or not on the public internet.
    """
    _url_checked(url)
    endpoint = WebhookEndpoint.objects.create(
        property=place, name=name, url=url, topics=topics, last_position=last_position()
    )
    return endpoint, _secret_add(endpoint)


@transaction.atomic
def webhook_change(*, endpoint: WebhookEndpoint, changes: dict[str, Any]) -> WebhookEndpoint:
    """Change name, url or topics. What waits goes to the new address.

    Locks: the endpoint.

    Raises:
        WebhookUrlRefused: see ``webhook_create``.
    """
    if changes.get("url", endpoint.url) != endpoint.url:
        _url_checked(changes["url"])
    endpoint = _locked(endpoint)
    for field in ("name", "url", "topics"):
        setattr(endpoint, field, changes.get(field, getattr(endpoint, field)))
    endpoint.save(update_fields=["name", "url", "topics", "updated_at"])
    return endpoint


@transaction.atomic
def webhook_secret_rotate(*, endpoint: WebhookEndpoint) -> NewSecret:
    """Add a new secret beside the newest one; both sign until the older one is retired. A third is retired now.

    Locks: the endpoint.
    """
    endpoint = _locked(endpoint)
    kept = _active_secrets(endpoint)[: ACTIVE_SECRETS - 1]
    endpoint.secrets.filter(retired_at=None).exclude(pk__in=[key.pk for key in kept]).update(retired_at=now())
    return _secret_add(endpoint)


@transaction.atomic
def webhook_secret_retire(*, endpoint: WebhookEndpoint, key_id: str) -> None:
    """Stop signing with a secret. Repeatable. Locks: the endpoint.

    Raises:
        InvalidInput: not a secret of this endpoint.
        LastSecret: it is the only active one; rotate first.
    """
    endpoint = _locked(endpoint)
    if not endpoint.secrets.filter(key_id=key_id).exists():
        raise InvalidInput(_("This endpoint has no such key."), fields={"key_id": [_("Unknown key.")]})
    active = {key.key_id for key in _active_secrets(endpoint)}
    if active == {key_id}:
        raise LastSecret(_("This is the only active secret. Rotate first, then retire the old one."))
    endpoint.secrets.filter(key_id=key_id, retired_at=None).update(retired_at=now())


@transaction.atomic
def webhook_disable(*, endpoint: WebhookEndpoint, reason: str) -> WebhookEndpoint:
    """Stop telling an endpoint; it continues where it stopped when enabled. Repeatable. Locks: the endpoint."""
    endpoint = _locked(endpoint)
    if endpoint.is_active:
        endpoint.is_active, endpoint.disabled_at, endpoint.disabled_reason = False, now(), reason[:400]
        endpoint.save(update_fields=["is_active", "disabled_at", "disabled_reason", "updated_at"])
    return endpoint


@transaction.atomic
def webhook_enable(*, endpoint: WebhookEndpoint) -> WebhookEndpoint:
    """Tell an endpoint again, from where it stopped, at once. Repeatable. Locks: the endpoint."""
    endpoint = _locked(endpoint)
    endpoint.is_active, endpoint.disabled_at, endpoint.disabled_reason = True, None, ""
    endpoint.failures = 0
    if endpoint.claim is None:
        endpoint.next_attempt_at = None
    endpoint.save()
    return endpoint


@transaction.atomic
def webhook_replay(*, endpoint: WebhookEndpoint, from_position: int) -> WebhookEndpoint:
    """Tell everything again from a position on (inclusive), in order. Locks: the endpoint.

    The relay takes the new position up after the delivery it may just be making. Receivers know repetitions by
    their position.

    Raises:
        InvalidInput: below 1 or beyond the end of the feed.
    """
    if not 1 <= from_position <= max(last_position(), 1):
        text = _("Give a position between 1 and %(last_position)s.") % {
            "last_position": max(last_position(), 1)
        }
        raise InvalidInput(text, fields={"from_position": [text]})
    endpoint = _locked(endpoint)
    endpoint.replay_from, endpoint.failures = from_position, 0
    if endpoint.claim is None:
        endpoint.next_attempt_at = None
    endpoint.save()
    return endpoint


@transaction.atomic
def webhook_resend(*, delivery: WebhookDelivery) -> WebhookDelivery:
    """Tell one change once more, outside the order; tried once. Returns the new, waiting delivery.

    Locks: the endpoint.

    Raises:
        Conflict: the endpoint is disabled.
    """
    endpoint = _locked(delivery.endpoint)
    if not endpoint.is_active:
        raise Conflict(_("This endpoint is disabled. Enable it first."), code="webhook_disabled")
    return WebhookDelivery.objects.create(
        property=delivery.property,
        endpoint=endpoint,
        kind=DeliveryKind.RESEND,
        position=delivery.position,
        topic=delivery.topic,
        aggregate=delivery.aggregate,
        occurred_at=delivery.occurred_at,
    )


def _locked(endpoint: WebhookEndpoint) -> WebhookEndpoint:
    return lock_rows(WebhookEndpoint.objects.filter(pk=endpoint.pk))[0]


def _active_secrets(endpoint: WebhookEndpoint) -> list[WebhookSecret]:
    """Newest first."""
    return list(endpoint.secrets.filter(retired_at=None).order_by("-pk"))


def _secret_add(endpoint: WebhookEndpoint) -> NewSecret:
    made = NewSecret(key_id=f"whk_{secrets.token_hex(6)}", secret=f"whs_{secrets.token_urlsafe(32)}")
    WebhookSecret.objects.create(
        property_id=endpoint.property_id, endpoint=endpoint, key_id=made.key_id, secret=made.secret
    )
    return made
