"""The forms of the status board."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.dashboard.forms.parts import ReasonForm
from hotel.rooms.choices import HousekeepingStatus


class ResolveForm(ReasonForm):
    """A discrepancy, and what it was."""

    row = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class BoardForm(forms.Form):
    """Some rooms, and what they are now."""

    rooms = forms.TypedMultipleChoiceField(
        coerce=int,
        error_messages={"required": _("Choose the rooms first."), "invalid_choice": _("No such room.")},
    )
    status = forms.ChoiceField(label=_("They are now"), choices=HousekeepingStatus.choices)

    def __init__(self, *args: Any, rooms: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rooms"].choices = [(pk, pk) for pk in rooms]  # type: ignore[attr-defined]
