"""How one signs in: the second step, its recovery codes, one's passkeys, and where one is signed in."""

import base64
import json
from collections.abc import Callable
from typing import Any, ClassVar

from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.webauthn.internal.auth import begin_registration, complete_registration
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from hotel.accounts.door import FACTOR_KEY, confirm, pin_choose, this_session
from hotel.accounts.mfa_adapter import HouseMfaAdapter
from hotel.accounts.middleware import SETUP_KEY, due_first
from hotel.accounts.models import DeskPin, Impersonation, StaffSession
from hotel.accounts.selectors.second_factors import factors_of, passkeys_of
from hotel.accounts.services.desk import pin_remove
from hotel.accounts.services.second_factors import (
    factor_remove,
    passkey_add,
    recovery_codes_renew,
    totp_activate,
)
from hotel.accounts.services.sessions import session_end, sessions_end
from hotel.accounts.services.users import own_password_change
from hotel.core.exceptions import InvalidInput, PmsError

LISTED = 10
NAMING = frozenset({"confirm", "password"})  # ask for the password, however lately it was named
SECRET_KEY = "totp_secret"  # noqa: S105  (where the session keeps it, encrypted)


class AccountPage(LoginRequiredMixin, TemplateView):
    """One's own second step. Open to everybody who is signed in, also before anything else is."""

    template_name = "dashboard/account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What there is, what may be set up, and what a wrong form said."""
        user: Any = self.request.user
        factors = factors_of(user)
        kwargs.setdefault("refused", {})
        kwargs.setdefault("codes", self.request.session.pop("recovery_codes", None))
        if not factors.totp:
            kwargs |= self._offer(user)
        return super().get_context_data(
            factors=factors,
            passkeys=passkeys_of(user),
            sessions=StaffSession.objects.running().filter(user=user),
            pin=DeskPin.objects.filter(user=user).first(),
            lookers=Impersonation.objects.filter(user=user).select_related("actor")[:LISTED],
            this_session=this_session(self.request),
            must_confirm=not getattr(self.request, "is_confirmed", False),
            due=due_first(self.request),
            challenge=begin_registration(user, passwordless=False),
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do one thing, then show the page again."""
        work = self.works.get(request.POST.get("do", ""))
        if work is None:
            raise Http404
        try:
            if request.POST["do"] in NAMING or not getattr(request, "is_confirmed", False):
                confirm(request, request.POST.get("confirm", ""))
            told = work(self)
        except PmsError as error:
            return self.render_to_response(
                self.get_context_data(refused={request.POST["do"]: error.message}), status=400
            )
        messages.success(request, told)
        return redirect("account")

    def _offer(self, user: Any) -> dict[str, Any]:
        """The secret for an app that is not set up yet, as text and as a picture to scan."""
        adapter, session = HouseMfaAdapter(), self.request.session
        if SECRET_KEY not in session:
            session[SECRET_KEY] = adapter.encrypt(generate_totp_secret())
        secret = adapter.decrypt(session[SECRET_KEY])
        picture = adapter.build_totp_svg(adapter.build_totp_url(user, secret))
        return {
            "secret": " ".join(secret[n : n + 4] for n in range(0, len(secret), 4)),
            "picture": "data:image/svg+xml;base64," + base64.b64encode(picture.encode()).decode(),
        }

    def _app_added(self) -> str:
        kept = self.request.session.get(SECRET_KEY)
        if not kept:
            raise InvalidInput(_("Scan the picture again, then type the code."))
        user: Any = self.request.user
        codes = totp_activate(
            user=user, secret=HouseMfaAdapter().decrypt(kept), code=self.request.POST.get("code", "")
        )
        del self.request.session[SECRET_KEY]
        return self._set_up("totp", codes)

    def _passkey_added(self) -> str:
        name = " ".join(self.request.POST.get("name", "").split())[:60] or _("Passkey")
        wrong = InvalidInput(_("The passkey could not be read. Try again."), code="passkey_wrong")
        try:
            credential = json.loads(self.request.POST.get("credential", ""))
            complete_registration(credential)
        except (ValueError, TypeError, KeyError, ValidationError) as error:
            raise wrong from error
        user: Any = self.request.user
        return self._set_up("passkey", passkey_add(user=user, name=name, credential=credential))

    def _set_up(self, factor: str, codes: list[str]) -> str:
        session = self.request.session
        session[FACTOR_KEY], session[SETUP_KEY] = session.get(FACTOR_KEY) or factor, False
        session.cycle_key()
        sessions_end(user=self.request.user, but=this_session(self.request))  # type: ignore[arg-type]
        if codes:
            session["recovery_codes"] = codes
        return _("Set up. From now on signing in has a second step.")

    def _confirmed(self) -> str:
        return _("Thank you. For some minutes what is delicate is open to you.")

    def _session_ended(self) -> str:
        user: Any = self.request.user
        session_end(reference=self.request.POST.get("session", ""), user=user, by=user)
        return _("The session has ended.")

    def _others_ended(self) -> str:
        user: Any = self.request.user
        sessions_end(user=user, but=this_session(self.request), by=user)
        return _("You are signed in here only.")

    def _renewed(self) -> str:
        user: Any = self.request.user
        self.request.session["recovery_codes"] = recovery_codes_renew(user=user)
        return _("The old recovery codes do not work any more.")

    def _app_removed(self) -> str:
        user: Any = self.request.user
        factor_remove(user=user, kind="totp")
        return _("The app is removed.")

    def _passkey_removed(self) -> str:
        user: Any = self.request.user
        number = self.request.POST.get("passkey", "")
        factor_remove(user=user, kind="passkey", factor_id=int(number) if number.isdecimal() else 0)
        return _("The passkey is removed.")

    def _password_changed(self) -> str:
        posted, user = self.request.POST, self.request.user
        try:
            changed = own_password_change(user=user, old=posted["confirm"], new=posted.get("new", "")[:200])  # type: ignore[arg-type]
        except ValidationError as error:
            raise InvalidInput(" ".join(error.messages), code="password_weak") from error
        update_session_auth_hash(self.request, changed)
        sessions_end(user=changed, but=this_session(self.request))
        self.request.user = changed
        return _("Your password is changed. You are signed in here only.")

    def _pin_set(self) -> str:
        pin_choose(self.request, pin=self.request.POST.get("pin", "")[:20])
        return _("Set. Lock the desk when you step away.")

    def _pin_removed(self) -> str:
        user: Any = self.request.user
        pin_remove(user=user)
        return _("The PIN is removed.")

    works: ClassVar[dict[str, Callable[["AccountPage"], str]]] = {
        "confirm": _confirmed,
        "password": _password_changed,
        "pin": _pin_set,
        "remove_pin": _pin_removed,
        "end_session": _session_ended,
        "end_others": _others_ended,
        "app": _app_added,
        "passkey": _passkey_added,
        "codes": _renewed,
        "remove_app": _app_removed,
        "remove_passkey": _passkey_removed,
    }
