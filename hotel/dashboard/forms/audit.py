"""The forms of the night audit's page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

BY_HAND = -1
HOURS = [(BY_HAND, _("By hand")), *((hour, f"{hour:02}:00") for hour in range(24))]


class AuditSettingsForm(forms.Form):
    """When the audit starts by itself, and who gets the packs."""

    hour = forms.TypedChoiceField(label=_("Starts by itself at"), choices=HOURS, coerce=int)
    audit_to = forms.CharField(
        label=_("Night-audit pack to"),
        required=False,
        max_length=2_600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("E-mail addresses, one a line; nobody when empty."),
    )
    downtime_to = forms.CharField(
        label=_("Downtime pack to"),
        required=False,
        max_length=2_600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A mailbox that can be read when this house is down, such as that of a telephone."),
    )

    def __init__(self, *args: Any, now: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial=now, **kwargs)

    def clean_audit_to(self) -> list[str]:
        """Lines, commas and blanks part addresses; what is none is refused by the setting."""
        return _addresses(self.cleaned_data["audit_to"])

    def clean_downtime_to(self) -> list[str]:
        """As above."""
        return _addresses(self.cleaned_data["downtime_to"])


def _addresses(text: str) -> list[str]:
    return text.replace(",", " ").replace(";", " ").split()
