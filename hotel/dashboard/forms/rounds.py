"""Forms of the rounds of a day."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.accounts.models import User
from hotel.dashboard.forms.parts import OnceForm, OneOfField
from hotel.dashboard.forms.task_board import RowForm

FULL = Decimal(14)


class CreditsField(forms.DecimalField):
    """Credits of a full round."""

    def __init__(self, **kwargs: Any) -> None:
        label, least = _("Credits of a full round"), Decimal("0.01")
        super().__init__(label=label, min_value=least, max_digits=5, decimal_places=2, **kwargs)


class OpenRoundForm(OnceForm):
    """Who works today, and how much is a full round for him."""

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attendant"] = OneOfField(people, label=_("Who works today"))
        self.fields["credit_target"] = CreditsField(initial=FULL)


class TargetForm(RowForm):
    """How much is a full round."""

    credit_target = CreditsField()


class GiveForm(RowForm):
    """Who is to do a task; nobody when empty."""

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignee"] = OneOfField(people, label=_("Who"), empty=_("Nobody"))
