"""The door that pages, the administration and the API share: who may try, and what a browser is remembered by."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from hotel.accounts.models import User
from hotel.accounts.services.devices import Browser, device_seen
from hotel.accounts.services.sign_in import sign_in_begin
from hotel.core.security_events import security_event

DEVICE_COOKIE = "abg_device"
DEVICE_COOKIE_DAYS = 400


def browser_of(request: HttpRequest) -> Browser:
    """What a request tells of its browser."""
    return Browser(
        secret=request.COOKIES.get(DEVICE_COOKIE, ""),
        address=request.META.get("REMOTE_ADDR", ""),
        user_agent=request.headers.get("User-Agent", "")[:400],
    )


def seconds_until_heard(request: Any, username: str) -> int:
    """Count an attempt to sign in, once for each request; 0, or whole seconds to wait."""
    if not hasattr(request, "sign_in_seconds"):
        request.sign_in_seconds = sign_in_begin(username=username, browser=browser_of(request))
        if request.sign_in_seconds:
            security_event("sign_in_slowed", user=user_id_of(username), seconds=request.sign_in_seconds)
    return request.sign_in_seconds


def remember(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Let the browser be known to this person's next attempts to sign in."""
    browser = browser_of(request)
    seen = device_seen(user=user, browser=browser)
    if seen.is_new:
        security_event("sign_in_new_device", user=user.pk, device=seen.device.pk)
    if seen.secret != browser.secret:
        response.set_cookie(
            DEVICE_COOKIE,
            seen.secret,
            max_age=DEVICE_COOKIE_DAYS * 86400,
            secure=bool(settings.SESSION_COOKIE_SECURE),
            httponly=True,
            samesite="Lax",
        )


def user_id_of(username: str) -> int | None:
    """Whose name it is; never what was typed, which may be a password in the wrong field."""
    try:
        return User.objects.filter(username=username.replace("\0", "")).values_list("pk", flat=True).first()
    except UnicodeEncodeError:
        return None
