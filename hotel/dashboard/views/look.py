"""How the desk looks to who is signed in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext, override
from django.views.generic import FormView

from hotel.accounts.services.looks import look_choose
from hotel.dashboard.forms.look import LookForm


class LookPage(LoginRequiredMixin, FormView):
    """Light or dark, how high rows are, the language and keys; for the person, on every computer."""

    template_name = "dashboard/look.html"
    form_class = LookForm
    success_url = reverse_lazy("look")

    def get_initial(self) -> dict[str, Any]:
        """As it is."""
        user: Any = self.request.user
        return {
            "theme": user.theme,
            "density": user.density,
            "are_keys_on": user.are_keys_on,
            "language": user.language,
        }

    def form_valid(self, form: LookForm) -> HttpResponse:
        """Kept; the next page shows it."""
        user: Any = self.request.user
        look_choose(user=user, **form.cleaned_data)
        with override(form.cleaned_data["language"]):
            messages.success(self.request, gettext("Kept. It looks so to you on every computer."))
        return super().form_valid(form)
