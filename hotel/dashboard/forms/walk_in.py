"""Forms of guests who come without a booking."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from hotel.core.templatetags.pms import money
from hotel.dashboard.forms.desk import DOCUMENT, DocumentForm, room_choices
from hotel.dashboard.forms.reservations import GuestForm, SearchForm
from hotel.rates.domain.explaining import plain
from hotel.reservations.choices import Guarantee
from hotel.reservations.selectors.assignment import room_type_ids_of
from hotel.rooms.models import Room
from hotel.stays.selectors.rooms import RoomOffer

Offered = dict[str, Any]


class WalkInSearch(SearchForm):
    """How long and how many; the arrival is the open business date, whatever is sent."""

    who = forms.CharField(
        label=_("Stayed here before? Name, e-mail or phone"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"type": "search"}),
    )

    def __init__(self, *args: Any, may_find: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["arrival"].disabled = True
        if not may_find:
            del self.fields["who"]


class WalkInForm(GuestForm, DocumentForm):
    """The offer, the room, the guest and his document: all that booking and check-in ask for."""

    offer = forms.TypedChoiceField(
        label=_("Offer, all nights and taxes inside"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("This offer has changed meanwhile. Choose again.")},
    )
    room = forms.TypedChoiceField(
        label=_("Room"),
        coerce=int,
        error_messages={"invalid_choice": _("Somebody else has this room in that time. Choose another.")},
    )
    override_reason = forms.CharField(label=_("Do it all the same, because"), max_length=200, required=False)

    def __init__(
        self,
        *args: Any,
        offers: Sequence[Offered],
        rooms: Sequence[RoomOffer],
        may_override: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offers = {offer_key(row): row for row in offers}
        self._rooms = {offer.room.pk: offer.room for offer in rooms}
        offer, room = self.fields["offer"], self.fields["room"]
        offer.choices = [(key, offer_words(row)) for key, row in self._offers.items()]  # type: ignore[attr-defined]
        offer.initial = next(iter(self._offers), None)
        room.choices = room_choices(rooms, _("Choose a room"))  # type: ignore[attr-defined]
        self.fields["key"].initial = uuid4
        self.fields["guarantee"].initial = Guarantee.NONE
        for name in DOCUMENT:
            if name in self.fields:
                self.fields[name].required = False
        if not may_override:
            del self.fields["override_reason"]

    @property
    def papers(self) -> list[forms.BoundField]:
        """The fields of the document; none when the house asks for none."""
        return [self[name] for name in DOCUMENT if name in self.fields]

    def clean_offer(self) -> Offered:
        """The offer itself."""
        return self._offers[self.cleaned_data["offer"]]

    def clean_room(self) -> Room:
        """The room itself."""
        return self._rooms[self.cleaned_data["room"]]

    def clean(self) -> dict[str, Any]:
        """The room is of the type that is sold; a document has a number and a country."""
        cleaned = super().clean()
        offer, room = cleaned.get("offer"), cleaned.get("room")
        if offer and room and room.room_type_id not in room_type_ids_of(offer["room_type"]):
            self.add_error("room", _("This room is of another type than the offer."))
        if cleaned.get("number") and not cleaned.get("issuing_country"):
            self.add_error("issuing_country", _("Say which country issued the document."))
        return cleaned


def offer_key(row: Offered) -> str:
    """An offer by type, plan and price: at another price it is another offer."""
    return f"{row['room_type'].pk}-{row['rate_plan'].pk}-{plain(row['quote'].total.amount)}"


def offer_words(row: Offered) -> str:
    """An offer as the list names it."""
    left = row["offer"].sellable
    rooms = ngettext("%(n)d room left", "%(n)d rooms left", left) % {"n": left}
    return f"{row['room_type'].name} · {row['rate_plan'].name} · {money(row['quote'].total)} · {rooms}"
