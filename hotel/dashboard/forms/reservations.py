"""Forms for finding, booking and changing stays."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.dashboard.forms.parts import DateInput
from hotel.properties.models import AgeBand, Property
from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.choices import AlertScreen, NoteKind, ReservationStatus
from hotel.reservations.domain.occupancy import uncovered
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.assignment import room_type_ids_of
from hotel.reservations.selectors.occupancies import instants_of
from hotel.reservations.services.occupancies import active_assignments
from hotel.rooms.models import Room
from hotel.rooms.selectors.rooms import rooms_free, rooms_open

ADULT = "adult"


class StayDates(forms.Form):
    """Two dates in order."""

    arrival = forms.DateField(label=_("Arrival"), widget=DateInput())
    departure = forms.DateField(label=_("Departure"), widget=DateInput())

    def clean(self) -> dict[str, Any]:
        """The departure follows the arrival."""
        cleaned = super().clean() or {}
        arrival, departure = cleaned.get("arrival"), cleaned.get("departure")
        if arrival and departure and departure <= arrival:
            self.add_error("departure", _("The departure must be after the arrival."))
        return cleaned


class AmendForm(StayDates):
    """Dates and party of a stay."""

    adults = forms.IntegerField(label=_("Adults"), min_value=1, max_value=20)

    @classmethod
    def of(cls, reservation: Reservation) -> "AmendForm":
        """Filled with what the stay is now."""
        names = ("arrival", "departure", "adults")
        return cls(initial={name: getattr(reservation, name) for name in names}, prefix="amend")


class SplitForm(forms.Form):
    """Where a stay is cut in two."""

    at = forms.DateField(label=_("Second part arrives on"), widget=DateInput())


class CancelForm(forms.Form):
    """Why a stay is cancelled."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class AssignForm(forms.Form):
    """A room for a stay, or for some of its nights: those named, else the first that have none.

    Rooms are offered that are free on these nights; when none is, all of the type, to be named for fewer nights.
    """

    first = forms.DateField(label=_("First night"), widget=DateInput(), required=False)
    last = forms.DateField(label=_("Leaves the room on"), widget=DateInput(), required=False)
    room = forms.ModelChoiceField(
        queryset=Room.objects.none(),
        label=_("Room"),
        empty_label=_("Choose a free room"),
        error_messages={"invalid_choice": _("Somebody else has this room in that time. Choose another.")},
    )

    def __init__(self, *args: Any, reservation: Reservation, **kwargs: Any) -> None:
        self.reservation = reservation
        first, last = _part_without_room(reservation)
        super().__init__(*args, initial={"first": first, "last": last}, **kwargs)
        self.is_free = self._offer(first, last)
        if not self.is_free and not self.is_bound:
            rooms = Room.objects.filter(pk__in=rooms_open(reservation.property_id, first).values("pk"))
            types = room_type_ids_of(reservation.room_type)
            self.fields["room"].queryset = rooms.filter(room_type__in=types)  # type: ignore[attr-defined]

    def clean_last(self) -> Any:
        """Rooms are judged by the nights that are named."""
        first = self.cleaned_data.get("first") or self.initial["first"]
        last = self.cleaned_data.get("last") or self.initial["last"]
        if last < first or (last == first and not self.reservation.is_day_use):
            raise forms.ValidationError(_("The room is left after the first night in it."))
        self._offer(first, last)
        return last

    def clean(self) -> dict[str, Any]:
        """Nights that are not named are those without a room."""
        cleaned = super().clean() or {}
        return {**cleaned, "first": cleaned.get("first") or self.initial["first"]}

    def _offer(self, first: date, last: date) -> bool:
        """Offer the rooms that are free on these nights. Returns whether there is one."""
        reservation, field = self.reservation, self.fields["room"]
        field.queryset = rooms_free(  # type: ignore[attr-defined]
            reservation.property_id,
            room_type_ids_of(reservation.room_type),
            *instants_of(reservation, first, last),
        )
        field.label_from_instance = room_label  # type: ignore[attr-defined]
        return bool(field.queryset)  # type: ignore[attr-defined]


def _part_without_room(reservation: Reservation) -> tuple[date, date]:
    """The first nights without a room; those after tonight of a guest in house; else all."""
    whole = (reservation.arrival, reservation.departure)
    if reservation.status == ReservationStatus.IN_HOUSE:
        whole = (reservation.property.business_date + timedelta(days=1), reservation.departure)
    held = [(row.arrival, row.departure) for row in active_assignments(reservation)]
    gaps = uncovered(*whole, held) if whole[0] < whole[1] else []
    return gaps[0] if gaps else whole


def room_label(room: Room) -> str:
    """A room with its housekeeping status."""
    return f"{room.number} · {room.get_housekeeping_status_display()}"


class NoteForm(forms.Form):
    """A note, an alert for a page, or a task for a department. The hidden key makes a double click write it once."""

    kind = forms.ChoiceField(label=_("Kind"), choices=NoteKind.choices)
    text = forms.CharField(label=_("Text"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
    department = forms.CharField(label=_("Department (of a trace)"), max_length=40, required=False)
    due_on = forms.DateField(label=_("Due on (of a trace)"), widget=DateInput(), required=False)
    screen = forms.ChoiceField(
        label=_("Shown (an alert)"), choices=[("", "–"), *AlertScreen.choices], required=False
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class FindForm(forms.Form):
    """What is looked for in the list of reservations; guests' names only by those who may view guests."""

    text = forms.CharField(
        label=_("Number"), max_length=60, required=False, widget=forms.TextInput({"type": "search"})
    )
    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("Any")), *ReservationStatus.choices], required=False
    )
    day = forms.DateField(label=_("Stays on"), widget=DateInput(), required=False)

    def __init__(self, *args: Any, by_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_name = by_name
        if by_name:
            self.fields["text"].label = _("Number or name")


class SearchForm(StayDates):
    """What a caller asks for; one field per age band of the property."""

    adults = forms.IntegerField(label=_("Adults"), min_value=1, max_value=20, initial=2)
    promo_code = forms.CharField(label=_("Promotion code"), max_length=40, required=False)

    def __init__(self, *args: Any, place: Property, **kwargs: Any) -> None:
        day = place.business_date
        kwargs.setdefault("initial", {"arrival": day, "departure": day + timedelta(days=1), "adults": 2})
        super().__init__(*args, **kwargs)
        self.bands = [band for band in AgeBand.objects.at(place.pk) if band.code != ADULT]
        for band in self.bands:
            self.fields[f"band_{band.code}"] = forms.IntegerField(
                label=str(band), min_value=0, max_value=20, initial=0, required=False
            )
        self.order_fields(
            ["arrival", "departure", "adults", *(f"band_{band.code}" for band in self.bands), "promo_code"]
        )

    @property
    def occupancy(self) -> Occupancy:
        """The party of a valid search."""
        counts = ((band.code, self.cleaned_data[f"band_{band.code}"] or 0) for band in self.bands)
        return Occupancy(self.cleaned_data["adults"], tuple(pair for pair in counts if pair[1]))


class ChoiceForm(forms.Form):
    """Which offer was chosen."""

    room_type = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    rate_plan = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)


class GuestForm(forms.Form):
    """Who books: a guest known here, or a new one."""

    guest = forms.TypedChoiceField(
        label=_("Guest"), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    first_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=80, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    guarantee = forms.ChoiceField(label=_("Guaranteed by"), required=False)
    note = forms.CharField(label=_("Note for the house"), max_length=400, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, known: list[tuple[int, str]], guarantees: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guarantee"].choices = guarantees  # type: ignore[attr-defined]
        self.fields["guest"].choices = [("", _("A new guest")), *known]  # type: ignore[attr-defined]
        for name in ("first_name", "last_name", "email", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        """A new guest needs a last name."""
        cleaned = super().clean() or {}
        if not cleaned.get("guest") and not cleaned.get("last_name") and "last_name" not in self.errors:
            self.add_error("last_name", _("Enter the last name, or choose a guest who is known here."))
        return cleaned
