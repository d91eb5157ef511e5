"""Forms of the board of work orders and tasks."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.accounts.models import User
from hotel.dashboard.forms.parts import DateInput, OnceForm, OneOfField
from hotel.operations.choices import TaskPriority, WorkOrderCategory
from hotel.rooms.choices import BlockKind
from hotel.rooms.models import Room

LONGEST = 100_000  # minutes


class RowForm(OnceForm):
    """Which row, and its version that the person saw."""

    row = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class AssignForm(RowForm):
    """Who is to do it."""

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"] = OneOfField(people, label=_("Who"))


class ReasonRowForm(RowForm):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class DoneForm(ReasonRowForm):
    """What was done, and how long it took."""

    minutes_spent = forms.IntegerField(label=_("Minutes of work"), min_value=0, max_value=LONGEST)


class HoldForm(RowForm):
    """How the room is held, and until when."""

    kind = forms.ChoiceField(
        label=_("Hold the room"), choices=BlockKind.choices, initial=BlockKind.OUT_OF_ORDER
    )
    end_on = forms.DateField(label=_("First night to sell again"), widget=DateInput)


class ReportForm(OnceForm):
    """What is broken, where, how bad it is, and whether its room is held at once."""

    title = forms.CharField(label=_("What is broken"), max_length=120)
    location = forms.CharField(label=_("Where, when not in a room"), max_length=80, required=False)
    category = forms.ChoiceField(label=_("Kind"), choices=WorkOrderCategory.choices, initial="other")
    severity = forms.TypedChoiceField(label=_("How bad"), choices=TaskPriority.choices, coerce=int, initial=3)

    def __init__(self, *args: Any, rooms: Sequence[Room], may_hold: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        room = OneOfField(rooms, label=_("Room"), empty=_("Not in a room"))
        self.fields = {"key": self.fields["key"], "room": room, **self.fields}
        if may_hold:
            kinds = [("", _("Do not hold it")), *BlockKind.choices]
            self.fields["kind"] = forms.ChoiceField(label=_("Hold the room"), choices=kinds, required=False)
            self.fields["end_on"] = forms.DateField(
                label=_("First night to sell again"), widget=DateInput, required=False
            )

    def clean(self) -> dict[str, Any]:
        """A hold says until when."""
        values = super().clean() or self.cleaned_data
        if values.get("kind") and not values.get("end_on"):
            self.add_error("end_on", _("Say until when the room is held."))
        return values
