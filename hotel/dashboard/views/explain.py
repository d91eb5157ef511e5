"""Why a stay costs what it costs, and why it cannot be booked."""

import re
from typing import Any

from django.db.models import Q
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from hotel.core.exceptions import PmsError
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.explain import ExplainForm
from hotel.dashboard.selectors.explained import StayExplained, stay_explained
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import refused
from hotel.guests.models import Company
from hotel.rates.models import RatePlanCompany


class ExplainPage(StaffPage, TemplateView):
    """One stay in one plan and type as it would be sold now: verdict, price in steps, rules, rooms, policies."""

    area = "reservations"
    template_name = "dashboard/explain.html"

    @cached_property
    def companies(self) -> list[Company]:
        """Companies with agreed prices here, and the one asked for; none for those who may not view guests."""
        if not shell_of(self.request).may("view", "guests"):
            return []
        known = Q(pk__in=RatePlanCompany.objects.at(self.place.pk).values("company"))
        wanted = self.request.GET.get("company", "")
        if re.fullmatch("[0-9]{1,18}", wanted):
            known |= Q(pk=wanted)
        return list(Company.objects.linked_to([self.place.pk]).filter(known).order_by("name", "pk"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The explanation once the form is filled in; a constant number of queries."""
        form = ExplainForm(self.request.GET or None, place=self.place, companies=self.companies)
        explained: StayExplained | None = None
        if form.is_bound and form.is_valid():
            try:
                explained = stay_explained(place=self.place, **form.question)
            except PmsError as error:
                refused(form, error)
        return super().get_context_data(
            form=form,
            explained=explained,
            asked=self.request.GET.urlencode(),
            # The pages of a new booking know no company, so they would book at another price.
            may_book=shell_of(self.request).may("manage", "reservations") and not form.data.get("company"),
            **kwargs,
        )
