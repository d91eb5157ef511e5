"""Looking at the house as a colleague sees it, and ending that."""

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from hotel.accounts.models import Impersonation, User
from hotel.accounts.shoulder import look_begin, look_end
from hotel.dashboard.forms.view_as import ViewAsForm
from hotel.dashboard.views.acting import Act, ActingPage

LISTED = 20


def _begun(page: "ViewAsPage", values: dict[str, Any]) -> str:
    look_begin(page.request, user=values["person"], reason=values["reason"], minutes=values["minutes"])
    return ""  # the banner tells


class ViewAsPage(ActingPage):
    """Choose a colleague and say why; who looked as whom until now."""

    area, verb = "accounts", "act_as"
    template_name = "dashboard/view_as.html"
    acts: ClassVar = {"begin": Act(ViewAsForm, _begun, "act_as", step_up=True)}

    def after(self, name: str) -> str:
        """To the first page, as the other."""
        return reverse("home")

    def about(self, name: str) -> dict[str, Any]:
        """The people of the properties where one may look; the service asks for the rest."""
        people = User.objects.visible_to(self.request.user, "act_as").filter(is_active=True, is_machine=False)
        return {
            "people": people.exclude(is_superuser=True).exclude(pk=self.request.user.pk),
            "wanted": self.request.GET.get("user", ""),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The last ones."""
        rows = Impersonation.objects.visible_to(self.request.user, "act_as").select_related("user", "actor")
        return super().get_context_data(rows=rows[:LISTED], **kwargs)


class ViewAsEnd(LoginRequiredMixin, View):
    """Be oneself again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """End what runs in this session; repeatable."""
        row = look_end(request)
        if row is not None:
            messages.success(request, _("You are yourself again."))
        return redirect("home")
