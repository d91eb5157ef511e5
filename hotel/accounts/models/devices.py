"""Browsers that people have signed in with."""

from typing import Any, Self

from django.db import models

from hotel.core.models_base import TimeStamped
from hotel.properties.scoping import sees_everything


class SignInDeviceQuerySet(models.QuerySet):
    """Vocabulary of devices."""

    def visible_to(self, user: Any, verb: str = "view", area: str = "accounts") -> Self:
        """Those of the people whom the caller may see."""
        from hotel.accounts.models.users import User

        if sees_everything(user):
            return self
        return self.filter(user__in=User.objects.visible_to(user, verb, area).values("pk"))


class SignInDevice(TimeStamped):
    """A browser with which one person has signed in, recognised by a secret in its cookie.

    A browser at a shared desk has one row for each person.
    """

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="devices")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the cookie's secret.")
    name = models.CharField(max_length=120, help_text="Such as Firefox on Windows.")
    last_seen_at = models.DateTimeField()
    last_address = models.GenericIPAddressField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = SignInDeviceQuerySet.as_manager()

    class Meta:
        ordering = ["user", "-last_seen_at"]
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="device_once_per_person")]

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"
