"""Signing in by page, slowed down like the API's door; and the page for forms whose token is too old."""

import math
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hotel.accounts.door import remember, seconds_until_heard


class LoginPage(LoginView):
    """Name and password. ``next`` leads only to pages of this house."""

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
        """Signed in: the browser is known from now on."""
        response = super().form_valid(form)
        remember(self.request, response, form.get_user())
        return response


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF door: says what happened and what to do, not why in terms of cookies and headers."""
    return render(request, "403_csrf.html", status=403)
