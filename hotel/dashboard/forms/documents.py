"""Forms of documents: what is credited of them, and why."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.dashboard.forms.parts import AmountField, OnceForm


class CreditForm(OnceForm):
    """Why a document is taken back; it is printed."""

    reason = forms.CharField(label=_("Reason, as it is printed"), max_length=200)


class RebateForm(CreditForm):
    """How much is let off each line of an invoice."""

    def __init__(self, *args: Any, lines: Sequence[dict[str, Any]], currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = range(1, len(lines) + 1)
        for number, line in zip(self.numbers, lines, strict=True):
            label = f"{number} · {line['text']} {line['gross']}"
            self.fields[f"line_{number}"] = AmountField(currency=currency, label=label, required=False)
        self.order_fields([f"line_{number}" for number in self.numbers])

    def clean(self) -> dict[str, Any]:
        """At least one line; the values get ``amounts`` by the number of the line."""
        cleaned = super().clean() or {}
        amounts = {n: amount for n in self.numbers if (amount := cleaned.pop(f"line_{n}", None))}
        if not self.errors and not amounts:
            self.add_error(None, _("Say how much is let off at least one line."))
        return {**cleaned, "amounts": amounts}
