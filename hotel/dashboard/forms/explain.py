"""The form of a stay that is to be explained."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from hotel.dashboard.forms.parts import OneOfField
from hotel.dashboard.forms.reservations import SearchForm
from hotel.guests.models import Company
from hotel.properties.models import Property
from hotel.rates.models import RatePlan
from hotel.rooms.choices import RoomTypeKind
from hotel.rooms.models import RoomType

MOST = timedelta(days=366)


class ExplainForm(SearchForm):
    """Type, plan, dates and party; the company as well, where some have agreed prices."""

    def __init__(self, *args: Any, place: Property, companies: Sequence[Company], **kwargs: Any) -> None:
        super().__init__(*args, place=place, **kwargs)
        types = RoomType.objects.at(place.pk).filter(is_active=True).exclude(kind=RoomTypeKind.PSEUDO)
        plans = RatePlan.objects.at(place.pk).filter(is_active=True)
        self.fields["room_type"] = OneOfField(types, words=lambda row: row.name, label=_("Room type"))
        self.fields["rate_plan"] = OneOfField(plans, words=lambda row: row.name, label=_("Rate plan"))
        if companies:
            self.fields["company"] = OneOfField(companies, empty=_("None"), label=_("Company"))
        self.order_fields(["room_type", "rate_plan"])

    def clean(self) -> dict[str, Any]:
        """At most a year."""
        cleaned = super().clean()
        arrival, departure = cleaned.get("arrival"), cleaned.get("departure")
        if arrival and departure and departure - arrival > MOST:
            self.add_error("departure", _("At most a year is explained at once."))
        return cleaned

    @property
    def question(self) -> dict[str, Any]:
        """A valid form as the selector takes it."""
        names = ("room_type", "rate_plan", "arrival", "departure", "promo_code")
        company = self.cleaned_data.get("company")
        return {
            **{name: self.cleaned_data[name] for name in names},
            "occupancy": self.occupancy,
            "company_id": company.pk if company else None,
        }
