"""Forms of an attendant's rooms. Each names its task as the person saw it, and when it was done without a network."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.dashboard.forms.parts import OnceForm
from hotel.operations.choices import TaskPriority, WorkOrderCategory

FOUND = (("no", _("Nobody and no luggage")), ("yes", _("Somebody, or luggage")))


class JobForm(OnceForm):
    """Which task, its version that the person saw, and when he did it if it could not be sent at once."""

    task = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    at = forms.DateTimeField(
        required=False, widget=forms.HiddenInput, input_formats=["%Y-%m-%dT%H:%M:%S.%fZ"]
    )


class SkipForm(JobForm):
    """Why it is not done this time."""

    reason = forms.CharField(label=_("Why not"), max_length=200)


class NoteForm(JobForm):
    """What is to be remembered of it."""

    note = forms.CharField(label=_("Note"), max_length=200)


class ProblemForm(JobForm):
    """What is broken in the room."""

    title = forms.CharField(label=_("What is broken"), max_length=120)
    category = forms.ChoiceField(
        label=_("Kind"), choices=WorkOrderCategory.choices, initial=WorkOrderCategory.OTHER
    )
    severity = forms.TypedChoiceField(
        label=_("How bad"), choices=TaskPriority.choices, coerce=int, initial=TaskPriority.NORMAL
    )


class FoundForm(JobForm):
    """How the room was found."""

    occupied = forms.ChoiceField(label=_("In the room"), choices=FOUND)
    persons = forms.IntegerField(label=_("Persons"), min_value=0, max_value=99, required=False)
