"""The API's side of slowing down those who guess passwords."""

from typing import Any

from rest_framework.throttling import BaseThrottle

from hotel.accounts.services.sign_in import password_wait, sign_in_wait


class LoginThrottle(BaseThrottle):
    """Ten attempts a minute for one name from one address; for somebody signed in, of one person.

    They are counted together with those on the log-in page.
    """

    seconds = 0

    def allow_request(self, request: Any, view: Any) -> bool:
        """See DRF."""
        if request.user.is_authenticated:
            self.seconds = password_wait(user=request.user)
        else:
            name = request.data.get("username", "") if isinstance(request.data, dict) else ""
            self.seconds = sign_in_wait(username=str(name), address=request.META.get("REMOTE_ADDR", ""))
        return not self.seconds

    def wait(self) -> float | None:
        """See DRF."""
        return self.seconds or None
