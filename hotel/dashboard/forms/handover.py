"""Forms of the handover book."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.dashboard.forms.parts import OnceForm


class WriteForm(OnceForm):
    """What the next shift should know."""

    text = forms.CharField(
        label=_("What the next shift should know"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Rooms and what to do. Names, illness and payment belong to the reservation."),
    )
    is_urgent = forms.BooleanField(label=_("Urgent: above the others"), required=False)


class NoteForm(forms.Form):
    """Which note."""

    note = forms.IntegerField(widget=forms.HiddenInput)
