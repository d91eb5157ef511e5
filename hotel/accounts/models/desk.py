"""Shared desks: the PINs of people, and who may open which browser again with his."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from hotel.accounts.domain.pins import MOST_WRONG
from hotel.accounts.models.devices import SignInDevice, SignInDeviceQuerySet
from hotel.accounts.models.sessions import StaffSession
from hotel.core.clock import now
from hotel.core.models_base import TimeStamped


class DeskPin(TimeStamped):
    """The PIN of one person, hashed like a password. It signs nobody in: see ``DeskSeat``."""

    user = models.OneToOneField("accounts.User", on_delete=models.CASCADE, related_name="desk_pin")
    pin = models.CharField(max_length=128, help_text="Argon2id.")
    set_at = models.DateTimeField()

    objects = SignInDeviceQuerySet.as_manager()

    class Meta:
        ordering = ["user"]

    def __str__(self) -> str:
        return f"PIN of {self.user}"


class DeskSeatQuerySet(models.QuerySet):
    """Vocabulary of seats."""

    def visible_to(self, user: Any, verb: str = "view", area: str = "accounts") -> Self:
        """Those of the people whom the caller may see."""
        return self.filter(device__in=SignInDevice.objects.visible_to(user, verb, area).values("pk"))

    def open(self) -> Self:
        """Those within their shift, of people who may sign in, on browsers that still count."""
        person = Q(device__user__is_active=True, device__user__is_machine=False, device__revoked_at=None)
        return self.filter(person, ended_at=None, until__gt=now(), wrong__lt=MOST_WRONG)

    def at_rest(self) -> Self:
        """Open ones that their PIN opens: locked, or left alone until the session was idle too long.

        Who signed out has no row of a session any more, and opens nothing with his PIN.
        """
        left = StaffSession.objects.filter(session_key=models.OuterRef("session"), expire_date__lte=now())
        return self.open().filter(Q(locked_at__isnull=False) | models.Exists(left))


class DeskSeat(TimeStamped):
    """A person has signed in in full with this browser, and opens it again with his PIN until the shift is over."""

    device = models.OneToOneField(SignInDevice, on_delete=models.CASCADE, related_name="seat")
    session = models.CharField(max_length=40, help_text="The last session of it.")
    factor = models.CharField(max_length=20, blank=True, help_text="The second step that was taken.")
    until = models.DateTimeField(help_text="Then he signs in in full again.")
    locked_at = models.DateTimeField(null=True, blank=True)
    wrong = models.PositiveSmallIntegerField(default=0, help_text="PINs in a row that were wrong.")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DeskSeatQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(wrong__lte=MOST_WRONG), name="seat_wrong_at_most"),
        ]

    def __str__(self) -> str:
        return f"{self.device}"
