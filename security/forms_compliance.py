"""The forms of the pages of compliance."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.dashboard.forms.parts import DateInput, OnceForm
from security.compliance_choices import Framework, Outcome


class ReportForm(OnceForm):
    """Of which framework to make a report."""

    framework = forms.ChoiceField(label=_("Framework"), choices=Framework.choices)


class EvidenceForm(OnceForm):
    """Evidence for one requirement of a framework."""

    requirement = forms.ChoiceField(label=_("Requirement"))
    title = forms.CharField(
        label=_("What it is"), max_length=160, help_text=_("Such as: Penetration test of March 2026.")
    )
    kept_at = forms.CharField(label=_("Where it is kept"), max_length=300)
    valid_from = forms.DateField(label=_("Counts from"), widget=DateInput)
    valid_until = forms.DateField(label=_("Counts until"), widget=DateInput)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["requirement"].choices = choices  # type: ignore[attr-defined]


class ItemsForm(forms.Form):
    """Which rows of a report to show."""

    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[("", _("all")), *Outcome.choices]
    )
    q = forms.CharField(label=_("Words or number"), required=False, max_length=60)
