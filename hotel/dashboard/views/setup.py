"""Setting a hotel up: where one begins, and how far it is. Each step is a page of its own and is kept by itself."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from hotel.core.exceptions import PmsError
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.setup import CountryForm, HotelForm
from hotel.dashboard.selectors.readiness import Readiness
from hotel.dashboard.services.opening import hotel_open
from hotel.dashboard.shell import SESSION_KEY, shell_of
from hotel.dashboard.tasks import demo_is_offered
from hotel.dashboard.views.acting import ActingPage, refused
from hotel.properties.domain.countries import Proposal, proposal_for
from hotel.properties.models import Chain
from hotel.properties.scoping import sees_everything
from hotel.properties.selectors.opening import chains_open_to, is_empty

AREAS: Mapping[str, tuple[str, str]] = {
    "setup_rooms": ("manage", "rooms"),
    "setup_rates": ("manage", "rates"),
    "setup_taxes": ("manage", "rates"),
    "people": ("view", "accounts"),
    "setup": ("manage", "properties"),
    "admin:folios_gatewayaccount_changelist": ("manage", "folios"),
    "admin:properties_property_change": ("manage", "properties"),
}


WAYS = (
    ("setup_rooms", gettext_lazy("Rooms")),
    ("setup_rates", gettext_lazy("Prices and terms")),
    ("setup_taxes", gettext_lazy("Taxes")),
    ("people", gettext_lazy("People")),
    ("setup", gettext_lazy("Ready to sell?")),
)


def ways(request: HttpRequest) -> list[tuple[str, Any]]:
    """The steps that a person may take, as (route, title); none for who may not see how far the hotel is."""
    may = shell_of(request).may
    if not may(*AREAS["setup"]):
        return []
    return [(f"dashboard:{name}", title) for name, title in WAYS if may(*AREAS[name])]


class SetupPage(StaffPage, TemplateView):
    """How far the hotel one works at is; where there is none yet, where its owner begins."""

    area = "properties"
    verb = "manage"
    template_name = "dashboard/setup.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """In a house without hotels only its owner has something to do here.

        Raises:
            PermissionDenied: not the right to change the hotel; or there is none, and one is not the owner.
        """
        if shell_of(request).place is None and sees_everything(request.user) and is_empty():
            return self.render_to_response({"demo": demo_is_offered()})
        return super().dispatch(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        """The list of what is done, or the two ways to begin."""
        return [self.template_name if hasattr(self, "place") else "dashboard/setup_begin.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Steps with their state, and what could be booked tonight."""
        shell, found = shell_of(self.request), Readiness(self.place)
        tonight = found.tonight
        return super().get_context_data(
            ready=found,
            steps=[(step, shell.may(*AREAS[step.name])) for step in found.steps],
            later=[(step, self.address(step.name)) for step in found.later if shell.may(*AREAS[step.name])],
            cheapest=tonight[0].quote.total if tonight and shell.may("view", "rates") else None,
            may_open=bool(chains_open_to(self.request.user)),
            tomorrow=self.place.business_date + timedelta(days=1),
            may_book=shell.may("manage", "reservations"),
            **kwargs,
        )

    def address(self, name: str) -> str:
        """Of a page of the administration, about this hotel where it is about one."""
        return reverse(name, args=[self.place.pk] if name.endswith("property_change") else [])


class HotelPage(LoginRequiredMixin, TemplateView):
    """A hotel is opened: its country first, from which clock, money and language are proposed."""

    template_name = "dashboard/setup_hotel.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For the owner, and for who manages every hotel of a company.

        Raises:
            PermissionDenied: neither.
        """
        if request.user.is_authenticated and not (self.may_found or self.chains):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def may_found(self) -> bool:
        """Whether the person may make a company, too."""
        return sees_everything(self.request.user)

    @cached_property
    def chains(self) -> list[Chain]:
        """The companies in which the person may open a hotel."""
        return chains_open_to(self.request.user)

    def form(self, proposal: Proposal, sent: Any = None) -> HotelForm:
        """The form of a hotel of a country."""
        return HotelForm(sent, proposal=proposal, chains=self.chains, may_found=self.may_found)

    def get_context_data(self, form: HotelForm | None = None, **kwargs: Any) -> dict[str, Any]:
        """The choice of the country, and once it is made the form."""
        proposal = proposal_for(self.request.GET.get("country", ""))
        if form is None and proposal is not None:
            form = self.form(proposal)
        choice = CountryForm(self.request.GET if "country" in self.request.GET else None)
        return super().get_context_data(choice=choice, form=form, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Open it and work there from now on, or say what is wrong; then nothing was made."""
        proposal = proposal_for(request.POST.get("country", ""))
        if proposal is None:
            return redirect("dashboard:setup_hotel")
        form = self.form(proposal, request.POST)
        if form.is_valid():
            values = dict(form.cleaned_data)
            chain, company = values.pop("chain", None), values.pop("company", "") or values["name"]
            day = values.pop("business_date")
            user: Any = request.user
            try:
                place = hotel_open(chain=chain, company=company, values=values, business_date=day, by=user)
            except ValidationError as error:
                told(form, error)
            except PmsError as error:
                refused(form, error)
            else:
                request.session[SESSION_KEY] = place.pk
                messages.success(request, _("%(name)s is open. Its rooms come next.") % {"name": place})
                return redirect("dashboard:setup_rooms")
        return self.render_to_response(self.get_context_data(form=form))


def told(form: Any, error: ValidationError) -> None:
    """Put what a model refuses beside its fields."""
    for name, texts in error.message_dict.items():
        form.add_error(name if name in form.fields else None, texts)


class StepPage(ActingPage):
    """A step of setting up: a page with forms, and the way to the others."""

    @cached_property
    def ready(self) -> Readiness:
        """How far the hotel is."""
        return Readiness(self.place)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The steps before and after this one."""
        return super().get_context_data(ways=ways(self.request), ready=self.ready, **kwargs)
