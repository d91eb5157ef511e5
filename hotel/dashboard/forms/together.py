"""Forms of stays that belong together: combined, linked, taken apart."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from hotel.core.templatetags.pms import guest_name
from hotel.dashboard.forms.parts import OnceForm, VersionedForm
from hotel.properties.models import Property
from hotel.reservations.choices import LinkKind
from hotel.reservations.models import Reservation

MOST = 20


class StaysField(forms.ModelMultipleChoiceField):
    """Some of the stays offered, to be ticked; any stay of the property is taken, the services decide."""

    def __init__(self, place: Property, offered: Iterable[Reservation], **kwargs: Any) -> None:
        super().__init__(
            queryset=Reservation.objects.at(place.pk),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Tick at least one stay.")},
            **kwargs,
        )
        self.choices = [(stay.pk, stay_words(stay)) for stay in offered]

    def clean(self, value: Any) -> Any:
        """A list of the stays that were ticked."""
        if len(value or ()) > MOST:
            raise forms.ValidationError(_("Tick %(most)d stays at most.") % {"most": MOST})
        return list(super().clean(value))


class CombineForm(VersionedForm):
    """The stays that become part of this one."""

    def __init__(self, *args: Any, place: Property, offered: Iterable[Reservation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["others"] = StaysField(place, offered, label=_("Stays that become part of this one"))


class StaysLinkForm(OnceForm):
    """Why stays belong together, and which."""

    kind = forms.ChoiceField(label=_("Why"), choices=LinkKind.choices, initial=LinkKind.TOGETHER)

    def __init__(self, *args: Any, place: Property, offered: Iterable[Reservation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["others"] = StaysField(place, offered, label=_("Stays"))
        self.order_fields(["others", "kind"])


def stay_words(stay: Reservation) -> str:
    """A stay as a list names it: whom for, when, type, how it stands, number."""
    span = f"{date_format(stay.arrival, 'j M')} – {date_format(stay.departure, 'j M Y')}"
    name = guest_name(stay)
    known = (name, span, stay.room_type.name, stay.get_status_display(), stay.number)
    return " · ".join(known[1:] if name == stay.number else known)
