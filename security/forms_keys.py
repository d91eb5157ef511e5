"""The form of the page of keys."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.dashboard.forms.parts import OnceForm
from security.key_choices import RotationKind

WORDS = {
    RotationKind.WRAPPING: _("Wrap all data keys under the newest wrapping key"),
    RotationKind.INDEX: _("Search by a new index key"),
}


class RotationForm(OnceForm):
    """Which change of keys to begin."""

    def __init__(self, *args: Any, kinds: Iterable[RotationKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind.value, WORDS[kind]) for kind in kinds]
        self.fields["kind"] = forms.ChoiceField(label=_("What to change"), choices=choices)
