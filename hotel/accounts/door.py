"""The door that pages, the administration and the API share: who may try, and what a browser is remembered by."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponseBase

from hotel.accounts.desk_door import desk_open
from hotel.accounts.middleware import SETUP_KEY, due_first
from hotel.accounts.models import SignInDevice, User
from hotel.accounts.selectors.second_factors import factors_of
from hotel.accounts.services.desk import pin_set
from hotel.accounts.services.devices import Browser, device_seen, digest_of_device
from hotel.accounts.services.sign_in import password_wait, sign_in_begin
from hotel.accounts.sessions import FACTOR_KEY, record_begin, record_confirm, row_key
from hotel.accounts.sign_in_ports import policy_for
from hotel.core.clock import now
from hotel.core.exceptions import InvalidInput
from hotel.core.security_events import security_event
from hotel.core.words import _

DEVICE_COOKIE = "abg_device"
DEVICE_COOKIE_DAYS = 400
HALFWAY_KEY = "sign_in_halfway"
HALFWAY_SECONDS = 600


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


def enter(request: Any, user: User, *, factor: str = "") -> None:
    """Begin the session of a person who has proved himself.

    Args:
        request: whose session it becomes; its key changes.
        user: came from ``authenticate``, or has ``backend`` set.
        factor: the second step he took; empty for none, and then he may have to set one up first.
    """
    request.session.pop(HALFWAY_KEY, None)
    login(request, user)
    policy = policy_for(user)
    record_begin(request, policy)
    request.session[FACTOR_KEY] = factor
    request.session[SETUP_KEY] = policy.second_factor and not (factor or factors_of(user).any)


def this_session(request: Any) -> str:
    """What the session of a request is called; empty for none."""
    key = request.session.session_key
    return row_key(key) if key else ""


def confirm(request: Any, password: str, *, is_counted: bool = False) -> None:
    """Let a person prove just now that it is he, for what is delicate.

    Args:
        request: of a session.
        password: as typed.
        is_counted: the attempt was counted before.

    Raises:
        InvalidInput: the password is wrong (``password_wrong``), or too many were (``throttled``).
    """
    if not is_counted and (wait := password_wait(user=request.user)):
        raise _unconfirmed(
            _("Too many attempts. Wait %(wait)s seconds, then try again.") % {"wait": wait}, "throttled"
        )
    if not request.user.check_password(password):
        security_event("step_up_failed")
        raise _unconfirmed(_("This is not your password."), "password_wrong")
    record_confirm(request.session)
    request.is_confirmed = True


def _unconfirmed(text: str, code: str) -> InvalidInput:
    return InvalidInput(text, code=code, fields={"confirm": [text]})


def halfway_begin(request: Any, user: Any, *, leads_to: str) -> None:
    """Keep, until the second step, that the password was right."""
    request.session.cycle_key()
    request.session[HALFWAY_KEY] = {
        "user": user.pk,
        "backend": user.backend,
        "next": leads_to,
        "until": now().timestamp() + HALFWAY_SECONDS,
    }


def halfway_of(request: Any) -> tuple[User, str] | None:
    """Who has named the right password within the last minutes, and where to lead him then."""
    kept = request.session.get(HALFWAY_KEY)
    if not kept or kept["until"] < now().timestamp():
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True, is_machine=False).first()
    if user is None:
        return None
    user.backend = kept["backend"]  # type: ignore[attr-defined]
    return user, kept["next"]


def remember(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Let the browser be known to this person's next attempts to sign in, and his PIN open it again."""
    browser = browser_of(request)
    seen = device_seen(user=user, browser=browser)
    if seen.is_new:
        security_event("sign_in_new_device", user=user.pk, device=seen.device.pk)
    if not due_first(request):
        desk_open(request, user=user, device=seen.device)
    if seen.secret != browser.secret:
        response.set_cookie(
            DEVICE_COOKIE,
            seen.secret,
            max_age=DEVICE_COOKIE_DAYS * 86400,
            secure=bool(settings.SESSION_COOKIE_SECURE),
            httponly=True,
            samesite="Lax",
        )


def pin_choose(request: Any, *, pin: str) -> None:
    """Give oneself a PIN, which opens the browser of this request again if one's sign-in there is complete.

    Raises:
        InvalidInput: see ``pin_set``.
    """
    pin_set(user=request.user, pin=pin)
    digest = digest_of_device(browser_of(request).secret)
    device = SignInDevice.objects.filter(user=request.user, digest=digest, revoked_at=None).first()
    if device is not None and not due_first(request):
        desk_open(request, user=request.user, device=device)


def user_id_of(username: str) -> int | None:
    """Whose name it is; never what was typed, which may be a password in the wrong field."""
    try:
        return User.objects.filter(username=username.replace("\0", "")).values_list("pk", flat=True).first()
    except UnicodeEncodeError:
        return None
