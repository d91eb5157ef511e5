"""The door of the staff pages: to the first page one may open, or a word about what one may do without them."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from hotel.dashboard.shell import shell_of


class StartPage(LoginRequiredMixin, View):
    """Where everybody lands after signing in; nobody is refused here."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """On to the first page of the navigation; without one, the rights, the property switch and the API."""
        pages = shell_of(request).navigation
        return redirect(pages[0].url) if pages else render(request, "dashboard/start.html")
