"""Forms of lost and found."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.dashboard.forms.parts import OnceForm, OneOfField
from hotel.operations.choices import LostItemKind
from hotel.reservations.models import Reservation
from hotel.rooms.models import Room


class RecordForm(OnceForm):
    """What was found, where, and where it lies."""

    description = forms.CharField(label=_("What it is"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=LostItemKind.choices, initial=LostItemKind.OTHER)
    location = forms.CharField(label=_("Where, when not in a room"), max_length=80, required=False)
    storage = forms.CharField(label=_("Where it lies now"), max_length=80)

    def __init__(self, *args: Any, rooms: Sequence[Room], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        room = OneOfField(rooms, label=_("Found in room"), empty=_("Not in a room"))
        self.fields["room"] = room
        self.order_fields(["key", "description", "kind", "room", "location", "storage"])


class SeenForm(OnceForm):
    """A form about one thing, with its version that the person saw."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = version


class MoveForm(SeenForm):
    """Where it lies now."""

    storage = forms.CharField(label=_("Where it lies now"), max_length=80)


class OwnerForm(SeenForm):
    """Whose it is."""

    def __init__(self, *args: Any, stays: Sequence[Reservation], words: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reservation"] = OneOfField(
            stays, words=words, label=_("Whose it is"), empty=_("Not known")
        )


class ReturnForm(SeenForm):
    """Who signs for it."""

    signed_name = forms.CharField(label=_("Name of who signs for it"), max_length=120)


class ShipForm(SeenForm):
    """Where it is sent."""

    ship_to = forms.CharField(
        label=_("Name and address"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    carrier_reference = forms.CharField(label=_("Number of the carrier"), max_length=60, required=False)


class DisposeForm(SeenForm):
    """How it is disposed of."""

    reason = forms.CharField(label=_("What is done with it"), max_length=200)
