"""Forms of the staff pages."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.accounts.models import Role, User
from hotel.dashboard.forms.parts import DateInput, OnceForm
from security.choices import EmergencyVerdict, ReviewDecision, TrailOperation


class AskForm(OnceForm):
    """A role that somebody shall hold here."""

    reason = forms.CharField(label=_("What for"), max_length=300)
    valid_to = forms.DateField(
        label=_("Until"),
        required=False,
        widget=DateInput(),
        help_text=_("Last day, for ever if empty."),
    )

    def __init__(self, *args: Any, people: Iterable[User], roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.users = {user.pk: user for user in people}
        self.roles = {role.pk: role for role in roles}
        for name, label, rows in (("user", _("Who"), self.users), ("role", _("Role"), self.roles)):
            choices = [("", "–"), *((pk, str(row)) for pk, row in rows.items())]  # type: ignore[attr-defined]
            self.fields[name] = forms.TypedChoiceField(label=label, choices=choices, coerce=int)
        self.order_fields(["user", "role", "valid_to", "reason"])

    def clean(self) -> dict[str, Any]:
        """Ids become rows."""
        cleaned = super().clean() or {}
        if "user" in cleaned:
            cleaned["user"] = self.users[cleaned["user"]]
        if "role" in cleaned:
            cleaned["role"] = self.roles[cleaned["role"]]
        return cleaned


class AnswerForm(forms.Form):
    """The second person's answer to one request."""

    request = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    decision = forms.ChoiceField(choices=[("approve", _("Agree")), ("refuse", _("Refuse"))])
    reason = forms.CharField(max_length=300, required=False)


class BreakGlassForm(OnceForm):
    """What has happened."""

    reason = forms.CharField(label=_("What has happened"), max_length=300, min_length=10)

    def __init__(self, *args: Any, minutes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["minutes"] = forms.IntegerField(
            label=_("For how many minutes"), min_value=1, max_value=minutes, initial=minutes
        )


class EmergencyForm(forms.Form):
    """One emergency access, ended or judged."""

    emergency = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    verdict = forms.ChoiceField(
        choices=[
            ("close", _("End it now")),
            (EmergencyVerdict.JUSTIFIED.value, _("Justified")),
            (EmergencyVerdict.UNJUSTIFIED.value, _("Not justified")),
        ]
    )
    note = forms.CharField(max_length=300, required=False)


class OpenReviewForm(OnceForm):
    """How the review ends."""

    revokes_undecided = forms.BooleanField(
        label=_("Revoke what nobody has decided when it is closed"), required=False
    )


class DecideForm(forms.Form):
    """What becomes of one line of a review."""

    item = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    decision = forms.ChoiceField(
        choices=[(ReviewDecision.KEEP.value, _("Keep")), (ReviewDecision.REVOKE.value, _("Revoke"))]
    )
    note = forms.CharField(max_length=300, required=False)


class FindEntriesForm(forms.Form):
    """Which entries of the trail."""

    table = forms.CharField(required=False, max_length=63, label=_("Table"))
    row_pk = forms.CharField(required=False, max_length=80, label=_("Key of the row"))
    actor = forms.CharField(required=False, max_length=120, label=_("Who, such as user:7"))
    request_id = forms.CharField(required=False, max_length=64, label=_("Request id"))
    op = forms.ChoiceField(required=False, choices=[("", _("any")), *TrailOperation.choices], label=_("What"))
