"""The API's side of slowing down those who guess passwords."""

from typing import Any

from rest_framework.throttling import BaseThrottle

from hotel.accounts.door import seconds_until_heard
from hotel.accounts.services.sign_in import password_wait


class LoginThrottle(BaseThrottle):
    """Growing delays for one name, counted together with those on the log-in page; ten a minute when signed in."""

    seconds = 0

    def allow_request(self, request: Any, view: Any) -> bool:
        """See DRF."""
        if request.user.is_authenticated:
            self.seconds = password_wait(user=request.user)
        else:
            name = request.data.get("username", "") if isinstance(request.data, dict) else ""
            self.seconds = seconds_until_heard(request._request, str(name))
        return not self.seconds

    def wait(self) -> float | None:
        """See DRF."""
        return self.seconds or None
