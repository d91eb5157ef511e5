"""Signing in by page, slowed down like the API's door; and the page for forms whose token is too old."""

import json
import math
from typing import Any

from allauth.mfa.webauthn.internal.auth import begin_authentication, complete_authentication
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.generic import TemplateView

from hotel.accounts.desk_door import seats_of
from hotel.accounts.door import browser_of, enter, halfway_begin, halfway_of, remember, seconds_until_heard
from hotel.accounts.selectors.second_factors import factors_of
from hotel.accounts.services.second_factors import code_accepted
from hotel.core.security_events import security_event

KEPT_COOKIE = "hk-kept"  # this browser keeps a page of housekeeping for when it has no network


class LogoutPage(LogoutView):
    """Signing out; a browser that keeps pages for when it has no network forgets them."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Out, and nothing of what was shown stays behind."""
        return kept_forgotten(request, super().post(request, *args, **kwargs))


def kept_forgotten(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An answer that has the browser forget the pages it keeps, where it keeps any."""
    if KEPT_COOKIE in request.COOKIES:
        response["Clear-Site-Data"] = '"storage"'
        response.delete_cookie(KEPT_COOKIE)
    return response


class LoginPage(LoginView):
    """Name and password. ``next`` leads only to pages of this house."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether a PIN opens this browser again."""
        return super().get_context_data(has_seats=bool(seats_of(browser_of(self.request).secret)), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign in, or say what is wrong; nothing is looked up while the person must wait."""
        wait = seconds_until_heard(request, request.POST.get("username", ""))
        if wait:
            context = self.get_context_data(
                form=self.get_form_class()(request), wait=wait, minutes=math.ceil(wait / 60)
            )
            return self.render_to_response(context, status=429, headers={"Retry-After": str(wait)})
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Lead to the second step, or in; the browser is known from then on."""
        user = form.get_user()
        if factors_of(user).any:
            halfway_begin(self.request, user, leads_to=self.get_success_url())
            return redirect("login_second")
        return entered(self.request, user, leads_to=self.get_success_url())


class SecondStepPage(TemplateView):
    """The code of an app, a recovery code or a passkey, after the password."""

    template_name = "registration/second_step.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Without a password named before there is nothing to do here."""
        found = halfway_of(request)
        if found is None:
            return redirect("login")
        self.person, self.leads_to = found
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the person has, and the challenge for a passkey."""
        factors = factors_of(self.person)
        challenge = begin_authentication(self.person) if factors.passkeys else None
        return super().get_context_data(factors=factors, challenge=challenge, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Let in, or say what is wrong."""
        if wait := seconds_until_heard(request, self.person.username):
            context = self.get_context_data(wait=wait, minutes=math.ceil(wait / 60))
            return self.render_to_response(context, status=429, headers={"Retry-After": str(wait)})
        credential = request.POST.get("credential", "")
        if credential:
            factor = passkey_accepted(self.person, credential)
        else:
            factor = code_accepted(user=self.person, code=request.POST.get("code", ""))
        if not factor:
            security_event("second_step_failed", user=self.person.pk)
            return self.render_to_response(self.get_context_data(is_wrong=True))
        return entered(request, self.person, leads_to=self.leads_to, factor=factor)


def entered(request: HttpRequest, user: Any, *, leads_to: str, factor: str = "") -> HttpResponse:
    """Begin the session, and remember the browser."""
    enter(request, user, factor=factor)
    response = redirect(leads_to)
    remember(request, response, user)
    return response


def passkey_accepted(user: Any, credential: str) -> str:
    """``passkey`` when what the browser sent proves that one of the person's passkeys was used just now, else empty."""
    try:
        complete_authentication(user, json.loads(credential)).record_usage()
    except (ValueError, TypeError, KeyError, ValidationError):
        return ""
    return "passkey"


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF door: says what happened and what to do, not why in terms of cookies and headers."""
    return render(request, "403_csrf.html", status=403)
