"""Emergency access: more rights for some minutes, taken by oneself, told to others and looked at afterwards."""

from django.conf import settings
from django.db import models

from hotel.accounts.models import Role
from hotel.core.clock import now
from hotel.properties.scoping import PropertyScopedModel
from security.choices import EmergencyVerdict


class EmergencyAccess(PropertyScopedModel):
    """The glass was broken: a person took the emergency role at a property until an instant."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    ends_at = models.DateTimeField(help_text="The rights end at this instant by themselves.")
    closed_at = models.DateTimeField(null=True, blank=True, help_text="Given back before the end.")
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verdict = models.CharField(max_length=12, choices=EmergencyVerdict.choices, default=EmergencyVerdict.OPEN)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name_plural = "emergency accesses"
        indexes = [models.Index(fields=["property", "-created_at"], name="emergency_property")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict__in=EmergencyVerdict.values), name="emergency_verdict"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("created_at")), name="emergency_ends_later"
            ),
            models.CheckConstraint(
                condition=models.Q(verdict=EmergencyVerdict.OPEN)
                | (models.Q(reviewed_by__isnull=False) & ~models.Q(reviewed_by=models.F("user"))),
                name="emergency_seen_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.property} until {self.ends_at:%Y-%m-%d %H:%M}"

    @property
    def is_running(self) -> bool:
        """Whether the rights are held now."""
        return self.closed_at is None and self.ends_at > now()
