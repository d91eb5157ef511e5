"""The form of papers: which one, as what, and of whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.papers.choices import PaperForm, PaperKind
from hotel.properties.models import Property
from hotel.reservations.models import GroupBlock, Reservation


class PaperAskForm(forms.Form):
    """Hidden behind buttons wherever a paper is wanted."""

    kind = forms.ChoiceField(label=_("Paper"), choices=PaperKind.choices)
    form = forms.ChoiceField(label=_("As"), choices=PaperForm.choices, required=False, initial=PaperForm.PDF)
    stay = forms.ModelChoiceField(Reservation.objects.none(), required=False)
    block = forms.ModelChoiceField(GroupBlock.objects.none(), required=False)
    day = forms.DateField(required=False)

    def __init__(self, *args: Any, place: Property, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stay"].queryset = Reservation.objects.at(place.pk)  # type: ignore[attr-defined]
        self.fields["block"].queryset = GroupBlock.objects.at(place.pk)  # type: ignore[attr-defined]

    def clean_form(self) -> str:
        """PDF unless told."""
        return str(self.cleaned_data["form"] or PaperForm.PDF)
