"""The API's side of slowing down those who guess passwords."""

from typing import Any

from rest_framework.throttling import BaseThrottle

from hotel.accounts.door import seconds_until_heard
from hotel.accounts.services.sign_in import password_wait


class _Waiting(BaseThrottle):
    """Says how long to wait."""

    seconds = 0

    def wait(self) -> float | None:
        """See DRF."""
        return self.seconds or None


class LoginThrottle(_Waiting):
    """Growing delays for one name, counted together with those on the log-in page."""

    def allow_request(self, request: Any, view: Any) -> bool:
        """See DRF."""
        name = request.data.get("username", "") if isinstance(request.data, dict) else ""
        self.seconds = seconds_until_heard(request._request, str(name))
        return not self.seconds


class PasswordThrottle(_Waiting):
    """Ten a minute of one's own password; nobody has none to name, and counts against no name."""

    def allow_request(self, request: Any, view: Any) -> bool:
        """See DRF."""
        if request.user.is_authenticated:
            self.seconds = password_wait(user=request.user)
        return not self.seconds
