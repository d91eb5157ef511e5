"""Events that somebody responsible for security should know of."""

from django.db import models

from hotel.core.clock import now


class SecurityEvent(models.Model):
    """A refusal or finding that points at an attack or a mistake; it never holds the thing that was refused."""

    kind = models.CharField(max_length=40, help_text="Such as card_data_refused or csp_violation.")
    occurred_at = models.DateTimeField(default=now)
    user_id = models.BigIntegerField(null=True, help_text="Who was signed in; empty for nobody.")
    address = models.CharField(max_length=45, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    path = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["kind", "occurred_at"], name="security_event_kind")]

    def __str__(self) -> str:
        return f"{self.kind} at {self.occurred_at:%Y-%m-%d %H:%M} UTC"
