"""django-axes asks here whether somebody may try, and tells who failed and who came in."""

from typing import Any

from axes.backends import AxesStandaloneBackend
from axes.handlers.database import AxesDatabaseHandler

from hotel.accounts.domain.second_factors import SignInPolicy
from hotel.accounts.door import browser_of, seconds_until_heard, user_id_of
from hotel.accounts.services.sign_in import sign_in_succeeded
from hotel.accounts.sessions import record_begin
from hotel.core.security_events import security_event


class PacingHandler(AxesDatabaseHandler):
    """Growing delays in place of a lock: see ``domain.pacing``."""

    def is_allowed(self, request: Any, credentials: dict[str, Any] | None = None) -> bool:
        """Whether the attempt is heard now; it is counted by this, if the door has not done so."""
        return not seconds_until_heard(request, str((credentials or {}).get("username") or ""))

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any
    ) -> None:
        """Note it; the attempt itself was counted before."""
        if request is not None and not getattr(request, "sign_in_seconds", 0):
            security_event("sign_in_failed", user=user_id_of(str(credentials.get("username") or "")))

    def user_logged_in(self, sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
        """A session begins, under the limits of the house until the door knows others; mistakes are taken back."""
        record_begin(request, SignInPolicy())
        if hasattr(request, "sign_in_seconds"):
            sign_in_succeeded(user=user, browser=browser_of(request))

    def user_logged_out(self, sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
        """Nothing: the device stays known."""


class PacedBackend(AxesStandaloneBackend):
    """Stands before the backend that knows passwords; whoever must wait is not looked at.

    Without a request, as in a shell, nobody waits.
    """

    def authenticate(self, request: Any, username: Any = None, password: Any = None, **kwargs: Any) -> None:
        """See django-axes."""
        if request is not None:
            super().authenticate(request, username=username, password=password, **kwargs)
