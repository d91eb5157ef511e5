"""The door of the staff pages: to the first page one may open, or a word about what one may do without them."""

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from hotel.dashboard.shell import shell_of
from hotel.properties.scoping import sees_everything
from hotel.properties.selectors.opening import is_empty


class StartPage(LoginRequiredMixin, View):
    """Where everybody lands after signing in; nobody is refused here."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """On to the first page of the navigation, those that are a home before others; without one, to a word.

        The owner of a house without hotels begins with his own.
        """
        shell = shell_of(request)
        if shell.place is None and sees_everything(request.user) and is_empty():
            return redirect("dashboard:setup")
        pages = sorted(shell.navigation, key=lambda page: not page.is_home)
        return redirect(pages[0].url) if pages else render(request, "dashboard/start.html")
