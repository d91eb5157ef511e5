"""The form to look at the house as a colleague sees it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.accounts.domain.impersonations import LEAST_REASON, MOST_MINUTES
from hotel.accounts.models import User
from hotel.dashboard.forms.parts import OneOfField


class ViewAsForm(forms.Form):
    """Who, why and for how long."""

    reason = forms.CharField(
        label=_("Why you have to look"),
        max_length=200,
        min_length=LEAST_REASON,
        help_text=_("The person reads it. A number of a ticket helps, names of guests do not belong here."),
    )
    minutes = forms.IntegerField(
        label=_("For how many minutes"), min_value=1, max_value=MOST_MINUTES, initial=MOST_MINUTES
    )

    def __init__(self, *args: Any, people: Iterable[User], wanted: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = OneOfField(people, label=_("Whom"), initial=wanted)
        self.order_fields(["person", "reason", "minutes"])
