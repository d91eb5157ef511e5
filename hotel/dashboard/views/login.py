"""Signing in by page, slowed down like the API's door; and the page for forms whose token is too old."""

from typing import Any

from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hotel.accounts.services.sign_in import sign_in_wait


class LoginPage(LoginView):
    """Name and password. ``next`` leads only to pages of this house."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign in, or say what is wrong; nothing is looked up while the person must wait."""
        wait = sign_in_wait(
            username=request.POST.get("username", ""), address=request.META.get("REMOTE_ADDR", "")
        )
        if wait:
            context = self.get_context_data(form=self.get_form_class()(request), wait=wait)
            return self.render_to_response(context, status=429, headers={"Retry-After": str(wait)})
        return super().post(request, *args, **kwargs)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF door: says what happened and what to do, not why in terms of cookies and headers."""
    return render(request, "403_csrf.html", status=403)
