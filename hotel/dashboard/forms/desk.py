"""Forms of the desk: guests come, move and leave."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hotel.dashboard.forms.parts import AmountField, DateInput, TimeInput, VersionedForm
from hotel.guests.choices import DocumentKind
from hotel.rooms.models import Room
from hotel.stays.choices import MoveRate
from hotel.stays.selectors.rooms import RoomOffer

DOCUMENT = ("kind", "number", "issuing_country", "expires_on")


class OverridingForm(VersionedForm):
    """A command of which a rule can be set aside by those who may, with a reason."""

    override_reason = forms.CharField(
        label=_("Do it all the same, because"), max_length=200, required=False, empty_value=""
    )

    def __init__(self, *args: Any, may_override: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_override:
            del self.fields["override_reason"]


class RoomChoiceForm(OverridingForm):
    """A room among those that are free, ready ones first; its value is the room."""

    room = forms.TypedChoiceField(
        label=_("Room"),
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": _("Somebody else has this room in that time. Choose another.")},
    )

    def __init__(self, *args: Any, offers: Sequence[RoomOffer], keep: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rooms = {offer.room.pk: offer.room for offer in offers}
        field = self.fields["room"]
        field.choices = room_choices(offers, keep or _("Choose a room"))  # type: ignore[attr-defined]
        field.required = not keep
        self.order_fields(["room"])

    def clean_room(self) -> Room | None:
        """The room itself; None to keep the one he has."""
        return self._rooms.get(self.cleaned_data["room"])


class CheckInForm(RoomChoiceForm):
    """The room, and why a rule is set aside."""


class MoveForm(RoomChoiceForm):
    """Where to, at which price, and why."""

    rate = forms.ChoiceField(
        label=_("Price of a room of another type"), choices=MoveRate.choices, initial=MoveRate.KEEP
    )
    reason = forms.CharField(label=_("Why the guest moves"), max_length=200, required=False)
    is_alone = forms.BooleanField(
        label=_("Only this guest"), required=False, help_text=_("Those who share the room stay in it.")
    )

    def __init__(self, *args: Any, is_shared: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_shared:
            del self.fields["is_alone"]


class DocumentForm(forms.Form):
    """The document a guest shows."""

    kind = forms.ChoiceField(label=_("Document"), choices=DocumentKind.choices)
    number = forms.CharField(label=_("Number"), max_length=60)
    issuing_country = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=_("Issued by (country, two letters)"),
        error_messages={"invalid": _("Two letters, such as AT.")},
    )
    expires_on = forms.DateField(label=_("Valid until"), widget=DateInput(), required=False)

    def __init__(self, *args: Any, needs_document: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in DOCUMENT:
            self.fields[name].widget.attrs["autocomplete"] = "off"
            if not needs_document:
                del self.fields[name]

    def clean_issuing_country(self) -> str:
        """In capitals, as ISO 3166 writes it."""
        return self.cleaned_data["issuing_country"].upper()


class RegistrationForm(DocumentForm):
    """The document, and who the guest is when nobody is known yet."""

    first_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=80)

    def __init__(self, *args: Any, is_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
            if is_known:
                del self.fields[name]
        self.order_fields(["first_name", "last_name"])


class EarlyDepartureForm(VersionedForm):
    """Why he leaves early, and whether the fee is waived."""

    reason = forms.CharField(label=_("Why the guest leaves early"), max_length=200, required=False)
    is_fee_waived = forms.BooleanField(label=_("Waive the fee (say why above)"), required=False)

    def __init__(self, *args: Any, may_override: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_override:
            del self.fields["is_fee_waived"]


class LateForm(VersionedForm):
    """Until when the guest keeps the room, and at which price."""

    until = forms.TimeField(label=_("Until"), widget=TimeInput())

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["price"] = AmountField(
            currency=currency, label=_("Price, taxes inside"), required=False,
            help_text=_("Leave it empty for no charge."),
        )  # fmt: skip


class ExtendForm(OverridingForm):
    """The new day of departure."""

    departure = forms.DateField(label=_("Leaves on"), widget=DateInput())

    def __init__(self, *args: Any, first: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["departure"].initial = first
        self.order_fields(["departure"])


def room_choices(offers: Sequence[RoomOffer], empty: Any) -> list[tuple[Any, Any]]:
    """Rooms as choices, those that are ready and vacant in a group before the others."""
    ready = [(o.room.pk, room_words(o)) for o in offers if o.is_ready and o.is_vacant]
    others = [(o.room.pk, room_words(o)) for o in offers if not (o.is_ready and o.is_vacant)]
    groups = [(pgettext_lazy("rooms", "Ready"), ready), (_("Not ready"), others)]
    return [("", empty), *((label, rooms) for label, rooms in groups if rooms)]


def room_words(offer: RoomOffer) -> str:
    """A room as the list names it: number, type and how it stands."""
    room = offer.room
    status = room.get_housekeeping_status_display()
    words = f"{room.number} · {room.room_type.name} · {status}"
    return words if offer.is_vacant else _("%(room)s · a guest is in it") % {"room": words}
