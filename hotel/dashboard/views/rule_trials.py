"""Rules tried from the administration: what they would do, on real stays or on one to come. Nothing is written."""

from datetime import timedelta
from typing import Any

from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from hotel.core.exceptions import PmsError
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.rule_trials import DaysForm, PromoTrialForm
from hotel.dashboard.selectors.rule_trials import MOST, cancellations_tried, promo_tried
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import refused
from hotel.rates.domain.wording import cancellation_in_words, promo_in_words
from hotel.rates.models import CancellationPolicy, PromoCode
from hotel.rates.selectors.policies import cancellation_snapshot
from hotel.rates.selectors.wording import promo_terms

DAYS = 90


class CancellationTrialPage(StaffPage, TemplateView):
    """What terms of cancellation would have asked for, of stays that were cancelled lately."""

    area = "rates"
    template_name = "dashboard/trial_cancellation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The terms in words, each stay, and both sums; stays for those who may view them."""
        rows = CancellationPolicy.objects.at(self.place.pk).prefetch_related("steps")
        policy = get_object_or_404(rows, pk=self.kwargs["pk"])
        form = DaysForm(self.request.GET if "days" in self.request.GET else {"days": DAYS})
        may_look = shell_of(self.request).may("view", "reservations")
        found = (
            cancellations_tried(policy, self.place, form.cleaned_data["days"])
            if may_look and form.is_valid()
            else []
        )
        return super().get_context_data(
            policy=policy,
            says=cancellation_in_words(cancellation_snapshot(policy, self.place)),
            form=form,
            rows=found,
            may_look=may_look,
            owed=sum((row.owed for row in found[1:]), found[0].owed) if found else None,
            would_owe=sum((row.would_owe for row in found[1:]), found[0].would_owe) if found else None,
            is_cut=len(found) == MOST,
            most=MOST,
            **kwargs,
        )


class PromoTrialPage(StaffPage, TemplateView):
    """What a promotion code does to the price of a stay to come, in every plan and type."""

    area = "rates"
    template_name = "dashboard/trial_promo.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The code in words, and prices without it and with it."""
        promo = get_object_or_404(PromoCode.objects.at(self.place.pk), pk=self.kwargs["pk"])
        day = max(promo.stay_from or self.place.business_date, self.place.business_date)
        tomorrow = day + timedelta(days=1)
        form = PromoTrialForm(
            self.request.GET
            if "arrival" in self.request.GET
            else {"arrival": day.isoformat(), "departure": tomorrow.isoformat(), "adults": 2}
        )
        rows = []
        if form.is_valid():
            try:
                rows = promo_tried(promo, self.place, **form.cleaned_data)
            except PmsError as error:
                refused(form, error)
        return super().get_context_data(
            promo=promo, says=promo_in_words(promo_terms(promo)), form=form, rows=rows, **kwargs
        )
