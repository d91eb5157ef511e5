"""Forms about people and their roles."""

import secrets
from collections.abc import Sequence
from datetime import date
from string import ascii_lowercase, digits
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.accounts.models import Role, RoleAssignment
from hotel.dashboard.forms.parts import DateInput, OnceForm, OneOfField

LETTERS = sorted({*ascii_lowercase, *digits} - {*"ilo01"})  # none that is read as another


def first_password() -> str:
    """One that nobody guesses and everybody can read out: four groups of four letters and digits."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _group in range(4))


class RoleForm(OnceForm):
    """A role between two days."""

    valid_from = forms.DateField(label=_("From"), widget=DateInput(), required=False)
    valid_to = forms.DateField(
        label=_("Until"), widget=DateInput(), required=False, help_text=_("The last day; empty for no end.")
    )
    reason = forms.CharField(
        label=_("What it is for"),
        max_length=300,
        required=False,
        help_text=_("Needed where somebody else must agree to the role."),
    )

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = OneOfField(roles, label=_("Role"))
        self.order_fields(["key", "role"])

    def clean(self) -> dict[str, Any]:
        """The days are in order."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("valid_to", _("The last day lies before the first."))
        return cleaned


class PasswordForm(forms.Form):
    """A first password, to be told to the person."""

    password = forms.CharField(
        label=_("First password"),
        max_length=128,
        initial=first_password,
        help_text=_(
            "Write it down before you go on, and tell it to the person: it is not shown again. It opens only the page "
            "where one chooses a password of one's own."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class InviteForm(RoleForm, PasswordForm):
    """A person who begins to work here."""

    display_name = forms.CharField(label=_("Name"), max_length=120)
    username = forms.CharField(label=_("User name"), max_length=150, help_text=_("To sign in with."))
    email = forms.EmailField(label=_("E-mail address"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("display_name", "username", "email"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.order_fields(
            [
                "key",
                "display_name",
                "username",
                "email",
                "role",
                "valid_from",
                "valid_to",
                "reason",
                "password",
            ]
        )


class EndRoleForm(OnceForm):
    """Which role ends."""

    def __init__(self, *args: Any, held: Sequence[RoleAssignment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignment"] = OneOfField(
            held, words=lambda row: f"{row.role}, {row.property or row.group}", label=_("Role")
        )


class RenewForm(OnceForm, PasswordForm):
    """Another first password, for who lost the old one."""
