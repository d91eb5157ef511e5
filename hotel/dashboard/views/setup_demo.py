"""Looking at a demo: loaded by a worker into a house without hotels, told on a page as it goes."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import TemplateView

from hotel.core.exceptions import PmsError
from hotel.dashboard.tasks import demo_ask, demo_is_offered, demo_state
from hotel.properties.scoping import sees_everything
from hotel.properties.selectors.opening import is_empty

SECONDS = "3"  # until a page that shows work in progress looks again


class DemoPage(LoginRequiredMixin, TemplateView):
    """What the demonstration is, how far it is, and once it is there how one signs in to it."""

    template_name = "dashboard/setup_demo.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For the owner of a house that is empty, or whose demonstration was loaded just now.

        Raises:
            PermissionDenied: somebody else.
            Http404: the installation shows none, or has hotels of its own.
        """
        if request.user.is_authenticated:
            if not sees_everything(request.user):
                raise PermissionDenied
            self.state = demo_state()
            if not demo_is_offered() or (self.state is None and not is_empty()):
                raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As it stands; while it is worked at the page looks again by itself."""
        is_running = self.state is not None and self.state.state in ("asked", "running")
        is_done = self.state is not None and self.state.state == "done"
        answer = self.render_to_response(
            self.get_context_data(
                state=self.state,
                is_running=is_running,
                is_done=is_done,
                password=settings.DEMO_PASSWORD if is_done else "",
            )
        )
        if is_running:
            answer["Refresh"] = SECONDS
        return answer

    def post(self, request: HttpRequest) -> HttpResponse:
        """Have it loaded; twice is once."""
        try:
            demo_ask()
        except PmsError as error:
            messages.error(request, error.message)
        return redirect("dashboard:setup_demo")
