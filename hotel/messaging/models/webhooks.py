"""Webhook endpoints that follow the change feed, their secrets and deliveries."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hotel.core.clock import now
from hotel.core.fields import EncryptedTextField
from hotel.core.models_base import SealedRow
from hotel.messaging.choices import DeliveryKind, DeliveryStatus
from hotel.properties.scoping import PropertyScopedModel


class WebhookEndpoint(PropertyScopedModel):
    """A receiver of the property's changes, served in the order of the feed.

    ``last_position`` is the last position that is done with; nothing behind it is sent before it has arrived.
    ``next_attempt_at`` is a pause after a failure or, while a relay works (``claim``), the end of its lease.
    """

    name = models.CharField(max_length=80)
    url = models.URLField(max_length=500)
    topics = ArrayField(
        models.CharField(max_length=80),
        default=list,
        blank=True,
        help_text="Facts to tell, such as MessageSent; none means all.",
    )
    is_active = models.BooleanField(default=True, editable=False)
    disabled_at = models.DateTimeField(null=True, blank=True, editable=False)
    disabled_reason = models.CharField(max_length=400, blank=True, editable=False)
    last_position = models.BigIntegerField(default=0, editable=False)
    replay_from = models.BigIntegerField(null=True, blank=True, editable=False)
    failures = models.PositiveSmallIntegerField(default=0, editable=False, help_text="In a row.")
    next_attempt_at = models.DateTimeField(null=True, blank=True, editable=False)
    claim = models.UUIDField(null=True, editable=False, help_text="Which relay is serving it.")

    class Meta:
        ordering = ["property_id", "name"]
        constraints = [
            models.UniqueConstraint(fields=["property", "name"], name="webhook_name_once"),
            models.CheckConstraint(condition=Q(last_position__gte=0), name="webhook_position_from_zero"),
            models.CheckConstraint(
                condition=Q(is_active=True, disabled_at=None) | Q(is_active=False, disabled_at__isnull=False),
                name="webhook_disabled_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WebhookSecret(SealedRow, PropertyScopedModel):
    """A signing secret of an endpoint: shown once, kept encrypted; at most two are active."""

    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="secrets")
    key_id = models.CharField(max_length=24, unique=True)
    secret = EncryptedTextField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["endpoint_id", "-pk"]

    def __str__(self) -> str:
        return self.key_id


class WebhookDelivery(PropertyScopedModel):
    """One change told to one endpoint: what was said, how often, and what came back."""

    endpoint = models.ForeignKey(WebhookEndpoint, on_delete=models.CASCADE, related_name="deliveries")
    kind = models.CharField(max_length=8, choices=DeliveryKind.choices, default=DeliveryKind.FEED)
    position = models.BigIntegerField()
    topic = models.CharField(max_length=80)
    aggregate = models.CharField(max_length=80)
    occurred_at = models.DateTimeField()
    status = models.CharField(max_length=12, choices=DeliveryStatus.choices, default=DeliveryStatus.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    response_status = models.PositiveSmallIntegerField(null=True, blank=True)
    response_text = models.CharField(max_length=300, blank=True)
    failure_reason = models.CharField(max_length=400, blank=True)
    duration_ms = models.PositiveIntegerField(null=True, blank=True)
    last_attempt_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name_plural = "webhook deliveries"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint"],
                condition=Q(status="pending", kind="feed"),
                name="webhook_one_delivery_waits",
            ),
            models.CheckConstraint(
                condition=Q(status="delivered", delivered_at__isnull=False)
                | (~Q(status="delivered") & Q(delivered_at=None)),
                name="webhook_delivered_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["property", "endpoint", "-id"], name="webhook_delivery_newest"),
            models.Index(
                fields=["endpoint", "id"], name="webhook_delivery_waiting", condition=Q(status="pending")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} at {self.position}: {self.status}"
