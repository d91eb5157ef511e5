"""Rules tried from the administration: what they would do, on real stays or on one to come. Nothing is written."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView
from moneyed import Money

from hotel.core.exceptions import PmsError
from hotel.core.money import total as sum_of
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.rule_trials import (
    BookedForm,
    DaysForm,
    MissedForm,
    PromoTrialForm,
    RestrictionTrialForm,
)
from hotel.dashboard.selectors.due_trials import deposits_tried, no_shows_tried
from hotel.dashboard.selectors.restriction_trials import restriction_tried
from hotel.dashboard.selectors.rule_trials import MOST, cancellations_tried, promo_tried
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import refused
from hotel.rates.domain.wording import (
    cancellation_in_words,
    deposit_in_words,
    no_show_in_words,
    promo_in_words,
)
from hotel.rates.models import CancellationPolicy, DepositPolicy, NoShowPolicy, PromoCode, Restriction
from hotel.rates.selectors.policies import cancellation_snapshot, deposit_snapshot, no_show_snapshot
from hotel.rates.selectors.wording import promo_terms, restriction_says

DAYS, BOOKED, AHEAD = 90, 30, 60


class TermsTrialPage(StaffPage, TemplateView):
    """Terms of a hotel tried on its own stays of so many days; the stays are for those who may view them."""

    area = "rates"
    form_class: type[Form] = DaysForm
    days = DAYS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The terms in words, each stay, and both sums."""
        policy = get_object_or_404(self.policies(), pk=self.kwargs["pk"])
        form = self.form_class(self.request.GET if "days" in self.request.GET else {"days": self.days})
        may_look = shell_of(self.request).may("view", "reservations")
        found = self.tried(policy, form.cleaned_data["days"]) if may_look and form.is_valid() else []
        sums = [
            sum_of(amounts, str(self.place.currency)) for amounts in zip(*map(self.sums, found), strict=True)
        ]
        return super().get_context_data(
            policy=policy,
            says=self.says(policy),
            form=form,
            rows=found,
            may_look=may_look,
            owed=sums[0] if sums else None,
            would_owe=sums[1] if sums else None,
            is_cut=len(found) == MOST,
            most=MOST,
            **kwargs,
        )

    def policies(self) -> QuerySet[Any]:
        """Those of the hotel."""
        raise NotImplementedError

    def says(self, policy: Any) -> str:
        """The terms in words."""
        raise NotImplementedError

    def tried(self, policy: Any, days: int) -> list[Any]:
        """The stays."""
        raise NotImplementedError

    def sums(self, row: Any) -> tuple[Money, Money]:
        """What a stay owed, and what it would owe."""
        return row.owed, row.would_owe


class CancellationTrialPage(TermsTrialPage):
    """What terms of cancellation would have asked for, of stays that were cancelled lately."""

    template_name = "dashboard/trial_cancellation.html"

    def policies(self) -> QuerySet[CancellationPolicy]:
        """With their steps."""
        return CancellationPolicy.objects.at(self.place.pk).prefetch_related("steps")

    def says(self, policy: CancellationPolicy) -> str:
        """Step by step."""
        return cancellation_in_words(cancellation_snapshot(policy, self.place))

    def tried(self, policy: CancellationPolicy, days: int) -> list[Any]:
        """Cancelled stays."""
        return cancellations_tried(policy, self.place, days)


class DepositTrialPage(TermsTrialPage):
    """What terms of deposit would have asked for, of stays that were booked lately."""

    template_name = "dashboard/trial_deposit.html"
    form_class, days = BookedForm, BOOKED

    def policies(self) -> QuerySet[DepositPolicy]:
        """With their instalments."""
        return DepositPolicy.objects.at(self.place.pk).prefetch_related("steps")

    def says(self, policy: DepositPolicy) -> str:
        """Instalment by instalment."""
        return deposit_in_words(deposit_snapshot(policy, self.place))

    def tried(self, policy: DepositPolicy, days: int) -> list[Any]:
        """Booked stays."""
        return deposits_tried(policy, self.place, days)

    def sums(self, row: Any) -> tuple[Money, Money]:
        """What was asked for before arrival, and what would be."""
        return row.asked, row.would_ask


class NoShowTrialPage(TermsTrialPage):
    """What terms of not coming would have asked for, of guests who did not come lately."""

    template_name = "dashboard/trial_no_show.html"
    form_class = MissedForm

    def policies(self) -> QuerySet[NoShowPolicy]:
        """Of the hotel."""
        return NoShowPolicy.objects.at(self.place.pk)

    def says(self, policy: NoShowPolicy) -> str:
        """In a sentence."""
        return no_show_in_words(no_show_snapshot(policy, self.place))

    def tried(self, policy: NoShowPolicy, days: int) -> list[Any]:
        """Stays whose guests did not come."""
        return no_shows_tried(policy, self.place, days)


class RestrictionTrialPage(StaffPage, TemplateView):
    """Which stays a restriction would have refused, had it stood when they were booked."""

    area = "rates"
    template_name = "dashboard/trial_restriction.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The restriction in words, and what it refuses; stays for those who may view them."""
        rows = Restriction.objects.at(self.place.pk).select_related("property", "rate_plan", "room_type")
        restriction = get_object_or_404(rows, pk=self.kwargs["pk"])
        form = RestrictionTrialForm(
            self.request.GET if "days" in self.request.GET else {"days": BOOKED, "nights": AHEAD}
        )
        may_look = shell_of(self.request).may("view", "reservations")
        tried = None
        if may_look and form.is_valid():
            tried = restriction_tried(restriction, self.place, **form.cleaned_data)
        return super().get_context_data(
            restriction=restriction,
            says=restriction_says(restriction),
            form=form,
            tried=tried,
            may_look=may_look,
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
