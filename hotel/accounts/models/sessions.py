"""Sessions of people: Django's, with what a list of them shows."""

from typing import Any, Self

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

from hotel.core.clock import now
from hotel.properties.scoping import sees_everything


class StaffSessionQuerySet(models.QuerySet):
    """Vocabulary of sessions."""

    def running(self) -> Self:
        """Those of people, that have not ended."""
        return self.filter(expire_date__gt=now()).exclude(user=None)

    def visible_to(self, user: Any, verb: str = "view", area: str = "accounts") -> Self:
        """Those of the people whom the caller may see."""
        from hotel.accounts.models.users import User

        if sees_everything(user):
            return self
        return self.filter(user__in=User.objects.visible_to(user, verb, area).values("pk"))


class StaffSessions(BaseSessionManager.from_queryset(StaffSessionQuerySet)):  # type: ignore[misc]
    """Keeps sessions, and knows the vocabulary."""

    use_in_migrations = False


class StaffSession(AbstractBaseSession):
    """One browser in which somebody is signed in, or about to be. Its row is the session: without it, it has ended.

    ``session_key`` is a hash of what the cookie holds: who reads this table comes in nowhere.
    """

    user = models.ForeignKey(
        "accounts.User", on_delete=models.CASCADE, null=True, blank=True, related_name="sessions"
    )
    name = models.CharField(
        max_length=120, blank=True, help_text="Of the browser, such as Firefox on Windows."
    )
    address = models.GenericIPAddressField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True, help_text="To the minute.")

    objects = StaffSessions()

    class Meta:
        ordering = ["-last_seen_at"]
        indexes = [models.Index(fields=["user", "expire_date"], name="session_of_user")]

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"

    @classmethod
    def get_session_store_class(cls) -> Any:
        """See Django."""
        from hotel.accounts.sessions import SessionStore

        return SessionStore
