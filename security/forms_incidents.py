"""Forms of the pages of incidents."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.core.actions import Action
from hotel.dashboard.forms.parts import OnceForm
from hotel.properties.models import Property
from security.domain.containment import WAYS
from security.incident_choices import BreachRisk, IncidentCategory, IncidentSeverity

YES_NO = (("", "–"), ("yes", _("Yes")), ("no", _("No")))
COMMANDS = {
    "triage": _("I look at it"),
    "declare": _("It is an incident indeed"),
    "contain": _("It can do no more harm"),
    "eradicate": _("Its cause is removed"),
    "begin_recovery": _("What was harmed is being put right"),
    "finish_recovery": _("The house works as before"),
    "review": _("What we learned"),
    "close": _("Close it"),
    "dismiss": _("It was a false alarm"),
}


class LocalField(forms.DateTimeField):
    """An instant as the clock of the hotel shows it; its value is in UTC."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def clean(self, value: Any) -> datetime | None:
        """In UTC; None when it is left out. An hour that the change of the clock has twice, or not, is refused."""
        found = super().clean(value)
        return None if found is None else found.astimezone(UTC)


def words_field(label: Any, *, required: bool = False, most: int = 4000, rows: int = 3) -> forms.CharField:
    """Words in several lines."""
    return forms.CharField(
        label=label, required=required, max_length=most, widget=forms.Textarea(attrs={"rows": rows})
    )


class FindIncidentsForm(forms.Form):
    """Which incidents."""

    show = forms.ChoiceField(
        label=_("Show"), required=False, choices=[("", _("Open ones")), ("ended", _("Ended ones")), ("all", _("All"))]
    )  # fmt: skip
    severity = forms.ChoiceField(
        label=_("Severity"), required=False, choices=[("", _("any")), *IncidentSeverity.choices]
    )
    q = forms.CharField(label=_("Words"), required=False, max_length=80)


class OpenForm(OnceForm):
    """What somebody saw."""

    title = forms.CharField(label=_("What happened, in one line"), max_length=160)
    category = forms.ChoiceField(label=_("What it is about"), choices=IncidentCategory.choices)
    severity = forms.ChoiceField(
        label=_("How bad"), choices=IncidentSeverity.choices, initial=IncidentSeverity.HIGH.value
    )
    subject = forms.CharField(
        label=_("Who or what"), required=False, max_length=120,
        help_text=_("Such as user:7, token:3 or address:192.0.2.1: the steps are aimed at it."),
    )  # fmt: skip
    summary = words_field(_("What is known"))
    is_drill = forms.BooleanField(
        label=_("This is a drill: everything is practised, nothing is done"), required=False
    )

    def __init__(self, *args: Any, places: Iterable[Property], is_everywhere: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in places}
        choices: list[tuple[str, Any]] = [(pk, place.name) for pk, place in self.places.items()]
        if is_everywhere:
            choices.append(("all", _("All hotels")))
        self.fields["place"] = forms.ChoiceField(label=_("Where"), choices=choices)
        self.order_fields(["key", "title", "category", "severity", "place", "subject", "summary", "is_drill"])

    def clean_place(self) -> Property | None:
        """The hotel; None for all."""
        return self.places.get(self.cleaned_data["place"])


class MoveForm(forms.Form):
    """How it goes on."""

    def __init__(self, *args: Any, moves: Iterable[Action], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.name, COMMANDS[one.name]) for one in moves]
        self.fields["command"] = forms.ChoiceField(label=_("How it goes on"), choices=choices)
        self.fields["words"] = words_field(_("In words"))


class NoteForm(OnceForm):
    """A note."""

    words = words_field(_("What was found or done"), required=True)


class GradeForm(forms.Form):
    """How bad it is."""

    severity = forms.ChoiceField(label=_("How bad it is"), choices=IncidentSeverity.choices)
    words = forms.CharField(label=_("Why"), required=False, max_length=400)


class KeepForm(OnceForm):
    """Words that prove something."""

    title = forms.CharField(label=_("What it proves"), max_length=160)
    words = words_field(_("Words"), required=True, most=200_000)


class AssessForm(forms.Form):
    """What is known of the personal data concerned."""

    is_breach = forms.ChoiceField(label=_("Were personal data touched?"), choices=YES_NO, required=False)
    aware_at = LocalField(
        label=_("Known since"),
        required=False,
        help_text=_("The 72 hours begin then: now, or as it was said before, if empty."),
    )
    data_categories = forms.CharField(label=_("Which data of whom"), required=False, max_length=400)
    people_affected = forms.IntegerField(
        label=_("About how many people"), required=False, min_value=0, max_value=2**31 - 1
    )
    records_affected = forms.IntegerField(
        label=_("About how many records"), required=False, min_value=0, max_value=2**31 - 1
    )
    consequences = words_field(_("Effects, likely ones too"))
    measures = words_field(_("Remedy: what was and will be done"))
    risk = forms.ChoiceField(
        label=_("Risk for these people"), choices=[("", "–"), *BreachRisk.choices], required=False
    )
    risk_reason = forms.CharField(label=_("Why it is thought so"), required=False, max_length=400)


class AuthorityForm(forms.Form):
    """That the authority was told."""

    told_at = LocalField(label=_("Told at"), required=False, help_text=_("Now if empty."))
    reference = forms.CharField(label=_("Its number for it"), required=False, max_length=120)
    late_reason = forms.CharField(
        label=_("Why late"), required=False, max_length=400, help_text=_("After 72 hours.")
    )


class PeopleForm(forms.Form):
    """That the people concerned were told."""

    how = forms.CharField(label=_("How they were told"), max_length=400)
    told_at = LocalField(label=_("Told at"), required=False, help_text=_("Now if empty."))


class StepForm(forms.Form):
    """One step, done by a person or not needed."""

    step = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    decision = forms.ChoiceField(choices=[("finish", _("Done")), ("skip", _("Not needed"))])
    words = forms.CharField(max_length=400, required=False)


class TakeForm(forms.Form):
    """One step, done by the house."""

    step = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    target = forms.CharField(label=_("Whom or what"), max_length=120)
    reason = forms.CharField(label=_("Why"), max_length=400)


class ActForm(forms.Form):
    """What the house shall do at once, beside the steps."""

    action = forms.ChoiceField(label=_("What"), choices=[(code, way.title) for code, way in WAYS.items()])
    target = forms.CharField(
        label=_("Whom or what"), max_length=120,
        help_text=_("A number such as 7, or an address such as 192.0.2.1."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Why"), max_length=400)


class UndoForm(forms.Form):
    """What is taken back."""

    containment = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    reason = forms.CharField(max_length=400)
