"""The form that puts a stay elsewhere on the tape chart."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.dashboard.forms.desk import OverridingForm
from hotel.dashboard.forms.parts import DateInput, OneOfField
from hotel.rooms.models import Room
from hotel.stays.choices import MoveRate
from hotel.stays.services.rearranging import Rearrangement


class RearrangeForm(OverridingForm):
    """Room, dates, and at which price; what is left out stays as it is."""

    arrival = forms.DateField(label=_("Arrival"), widget=DateInput)
    departure = forms.DateField(label=_("Departure"), widget=DateInput)
    first = forms.DateField(widget=forms.HiddenInput, required=False)
    last = forms.DateField(widget=forms.HiddenInput, required=False)
    rate = forms.ChoiceField(
        label=_("Price in a room of another type"),
        choices=MoveRate.choices,
        initial=MoveRate.KEEP,
        required=False,
    )
    reason = forms.CharField(label=_("Why the guest moves"), max_length=200, required=False, empty_value="")

    def __init__(self, *args: Any, rooms: Sequence[Room], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"] = OneOfField(
            rooms,
            label=_("Room"),
            empty=_("No room"),
            words=lambda room: f"{room.number} · {room.room_type.code}",
        )
        self.order_fields(["room"])

    @property
    def wanted(self) -> Rearrangement:
        """What a valid form asks for."""
        values = self.cleaned_data
        part = (values["first"], values["last"]) if values["first"] and values["last"] else None
        return Rearrangement(
            room=values["room"],
            arrival=values["arrival"],
            departure=values["departure"],
            part=part,
            rate=values["rate"] or MoveRate.KEEP,
            reason=values["reason"],
            override_reason=values.get("override_reason", ""),
        )
