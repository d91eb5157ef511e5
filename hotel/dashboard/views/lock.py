"""A shared desk: locked by its person, opened again with a PIN by whoever has signed in there in this shift."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from hotel.accounts.desk_door import desk_lock, desk_unlock, seats_of
from hotel.accounts.door import browser_of
from hotel.dashboard.views.login import kept_forgotten


class LockPage(TemplateView):
    """Whose PIN opens this browser; reached without being signed in."""

    template_name = "registration/lock.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The names; the log-in page where there are none."""
        if request.user.is_authenticated:
            return redirect("home")
        seats = seats_of(browser_of(request).secret)
        return self.render_to_response(self.get_context_data(seats=seats)) if seats else redirect("login")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Open it, or say that it was wrong; it is not said of whom nothing is left to try."""
        if request.user.is_authenticated:
            return redirect("home")
        secret = browser_of(request).secret
        chosen = next((seat for seat in seats_of(secret) if str(seat.pk) == request.POST.get("seat")), None)
        if chosen is not None and desk_unlock(request, seat=chosen, pin=request.POST.get("pin", "")[:20]):
            return redirect("home")
        seats = seats_of(secret)
        if not seats:
            messages.error(request, _("Sign in with your password."))
            return redirect("login")
        context = self.get_context_data(seats=seats, is_wrong=True, chosen=chosen)
        return self.render_to_response(context, status=403)


class LockCommand(View):
    """Leave the desk to others for now."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """To the names; who has no PIN here stays, and is told."""
        if not request.user.is_authenticated:
            return redirect("login")
        if desk_lock(request):
            return kept_forgotten(request, redirect("lock"))
        messages.error(request, _("Set a PIN for the shared desk below first, or log out."))
        return redirect("account")
