"""Who looked at the house as somebody else, why and until when: added to, ended once, never changed or deleted."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from hotel.accounts.choices import ImpersonationEnd
from hotel.accounts.models.sessions import StaffSession
from hotel.core.clock import now
from hotel.core.models_base import TimeStamped
from hotel.properties.scoping import sees_everything


class ImpersonationQuerySet(models.QuerySet):
    """Vocabulary of impersonations."""

    def running(self) -> Self:
        """Those whose time is not over and whose session is still there."""
        sessions = StaffSession.objects.running().filter(session_key=models.OuterRef("session"))
        return self.filter(models.Exists(sessions), ended_at=None, until__gt=now())

    def visible_to(self, user: Any, verb: str = "view", area: str = "accounts") -> Self:
        """Those in which somebody was looked at whom the caller may see, and his own."""
        from hotel.accounts.models.users import User

        if sees_everything(user):
            return self
        seen = User.objects.visible_to(user, verb, area).values("pk")
        return self.filter(Q(user__in=seen) | Q(actor=user.pk))


class Impersonation(TimeStamped):
    """A person looks at the house as another sees it, in one session, for some minutes; kept by a trigger."""

    actor = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    session = models.CharField(max_length=40, help_text="What lists of sessions call it.")
    until = models.DateTimeField(help_text="It ends at this instant by itself.")
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=12, choices=ImpersonationEnd.choices, blank=True)

    objects = ImpersonationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="impersonation_of"),
            models.Index(fields=["actor", "-created_at"], name="impersonation_by"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(actor=F("user")), name="impersonation_of_another"),
            models.CheckConstraint(condition=Q(until__gt=F("created_at")), name="impersonation_ends_later"),
            models.CheckConstraint(
                condition=Q(ending__in=["", *ImpersonationEnd.values]), name="impersonation_ending"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="impersonation_ended_somehow",
            ),
            models.UniqueConstraint(
                fields=["actor"], condition=Q(ended_at=None), name="impersonation_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor} as {self.user}"

    @property
    def is_running(self) -> bool:
        """Whether it was neither ended nor is over."""
        return self.ended_at is None and self.until > now()
