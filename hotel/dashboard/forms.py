"""Forms of the staff pages; the rules are asked of the services."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.properties.models import Property
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.assignment import room_type_ids_of
from hotel.reservations.services.occupancies import instants_of
from hotel.rooms.models import Room
from hotel.rooms.selectors.rooms import rooms_free


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class AmendForm(forms.Form):
    """Dates and party of a stay."""

    arrival = forms.DateField(label=_("Arrival"), widget=DateInput())
    departure = forms.DateField(label=_("Departure"), widget=DateInput())
    adults = forms.IntegerField(label=_("Adults"), min_value=1, max_value=20)

    @classmethod
    def of(cls, reservation: Reservation) -> "AmendForm":
        """Filled with what the stay is now."""
        return cls(
            initial={
                "arrival": reservation.arrival,
                "departure": reservation.departure,
                "adults": reservation.adults,
            }
        )


class CancelForm(forms.Form):
    """Why a stay is cancelled."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class AssignForm(forms.Form):
    """A room that is free for the whole stay."""

    room = forms.ModelChoiceField(queryset=Room.objects.none(), label=_("Room"))

    def __init__(self, *args: Any, reservation: Reservation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        start, end = instants_of(reservation, reservation.arrival, reservation.departure)
        self.fields["room"].queryset = rooms_free(  # type: ignore[attr-defined]
            reservation.property_id, room_type_ids_of(reservation.room_type), start, end
        )


class FindForm(forms.Form):
    """What is looked for in the list of reservations."""

    text = forms.CharField(label=_("Number or name"), max_length=60, required=False)
    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("Any")), *ReservationStatus.choices], required=False
    )
    day = forms.DateField(label=_("Stays on"), widget=DateInput(), required=False)


class SearchForm(forms.Form):
    """What a caller asks for."""

    arrival = forms.DateField(label=_("Arrival"), widget=DateInput())
    departure = forms.DateField(label=_("Departure"), widget=DateInput())
    adults = forms.IntegerField(label=_("Adults"), min_value=1, max_value=20, initial=2)

    def clean(self) -> dict[str, Any]:
        """The departure follows the arrival."""
        cleaned = super().clean() or {}
        arrival, departure = cleaned.get("arrival"), cleaned.get("departure")
        if arrival and departure and departure <= arrival:
            self.add_error("departure", _("The departure must be after the arrival."))
        return cleaned


class GuestForm(forms.Form):
    """Who books."""

    first_name = forms.CharField(label=_("First name"), max_length=80)
    last_name = forms.CharField(label=_("Last name"), max_length=80)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)
    room_type = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    rate_plan = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)


def first_search(place: Property) -> dict[str, Any]:
    """What the search form shows at first: one night from today."""
    day = place.business_date
    return {"arrival": day, "departure": day + timedelta(days=1), "adults": 2}
