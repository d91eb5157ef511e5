"""A limit tried on the requests of the last hours; nothing is written."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from hotel.dashboard.access import StaffPage
from hotel.monitoring.domain.rule_words import limit_in_words
from hotel.monitoring.models import ApiUsage, RateLimit
from hotel.monitoring.selectors.rule_trials import MOST, limit_terms, limit_tried

DAY, KEPT = 24, 14 * 24


class HoursForm(forms.Form):
    """How far one looks back."""

    hours = forms.IntegerField(label=_("Requests of the last hours"), min_value=1, max_value=KEPT)


class LimitTrialPage(StaffPage, TemplateView):
    """Whom a limit would have refused, by client; of the requests that the reader may see."""

    area = "monitoring"
    template_name = "monitoring/rule_trial.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The limit in words, each client, and both sums."""
        user = self.request.user
        rules = RateLimit.objects.all().visible_to(user, "view", self.area)
        rule = get_object_or_404(
            rules.select_related("token", "user", "role", "plan", "property"), pk=self.kwargs["pk"]
        )
        form = HoursForm(self.request.GET if "hours" in self.request.GET else {"hours": DAY})
        seen = ApiUsage.objects.all().visible_to(user, "view", self.area)
        tried = limit_tried(rule, seen, form.cleaned_data["hours"]) if form.is_valid() else None
        return super().get_context_data(
            rule=rule,
            says=limit_in_words(limit_terms(rule)),
            form=form,
            tried=tried,
            is_cut=tried is not None and len(tried.clients) == MOST,
            most=MOST,
            **kwargs,
        )
