"""How the desk looks to who is signed in."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hotel.accounts.choices import Density, Theme


class LookForm(forms.Form):
    """Colours, height of rows, keys."""

    theme = forms.ChoiceField(
        label=_("Colours"), choices=Theme.choices, required=False, widget=forms.RadioSelect
    )
    density = forms.ChoiceField(
        label=_("Rows and buttons"), choices=Density.choices, required=False, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=_("Language of the pages"), choices=settings.LANGUAGES)
    are_keys_on = forms.BooleanField(
        label=_("Keys without Ctrl lead somewhere, such as G T"),
        required=False,
        help_text=_("Turn them off if you speak to the computer, or press keys by accident."),
    )
