"""Forms of saved views."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.accounts.domain.saved_views import NAME_AT_MOST
from hotel.accounts.models import Role
from hotel.dashboard.forms.parts import OnceForm, OneOfField


class SaveForm(OnceForm):
    """How the present filters are called."""

    name = forms.CharField(
        label=_("Name"), max_length=NAME_AT_MOST, widget=forms.TextInput({"autocomplete": "off"})
    )
    is_default = forms.BooleanField(label=_("Open the page with it"), required=False)


class ViewForm(forms.Form):
    """Which view."""

    row = forms.IntegerField(min_value=1, max_value=2**62, widget=forms.HiddenInput)


class RenameForm(ViewForm):
    """How it is called from now on."""

    name = forms.CharField(label=_("Name"), max_length=NAME_AT_MOST)


class ShareForm(ViewForm):
    """Whose it is to be, too."""

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = OneOfField(roles, label=_("Role"))
