"""Forms of tills and of the city ledger."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hotel.dashboard.forms.parts import AmountField, OnceForm, ReasonForm
from hotel.dashboard.forms.payments import WayField
from hotel.folios.models import TransactionCode


class OpenTillForm(OnceForm):
    """The cash to begin with."""

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["float"] = AmountField(
            currency=currency, label=_("Cash to begin with"), minimum=Decimal(0), required=False
        )
        self.fields["note"] = forms.CharField(label=_("Note"), max_length=200, required=False)


class CashOutForm(OnceForm):
    """Cash that leaves a till, and what for."""

    def __init__(self, *args: Any, currency: str, needs_note: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"] = AmountField(currency=currency, label=_("Amount"))
        self.fields["note"] = forms.CharField(label=_("What for"), max_length=200, required=needs_note)


class CountForm(OnceForm):
    """What was counted, currency by currency."""

    def __init__(self, *args: Any, currencies: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currencies = currencies
        for currency in currencies:
            self.fields[currency] = AmountField(currency=currency, label=_("Counted"), minimum=Decimal(0))
        self.fields["note"] = forms.CharField(
            label=_("Why it is over or short"), max_length=200, required=False
        )

    @property
    def counted(self) -> dict[str, Decimal]:
        """The count of a valid form by currency."""
        return {currency: self.cleaned_data[currency].amount for currency in self.currencies}

    def clean(self) -> dict[str, Any]:
        """The values get ``counted``."""
        cleaned = super().clean() or {}
        if not self.errors:
            cleaned["counted"] = self.counted
        return cleaned


class DebtorPaysForm(OnceForm):
    """What a debtor paid, and how."""

    def __init__(self, *args: Any, currency: str, codes: Sequence[TransactionCode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = WayField(codes)
        self.fields["amount"] = AmountField(currency=currency, label=_("Amount"))
        self.fields["reference"] = forms.CharField(label=_("Reference"), max_length=80, required=False)


class WriteOffForm(OnceForm, ReasonForm):
    """Which item of a debtor is given up, how much of it, and why."""

    def __init__(self, *args: Any, currency: str, items: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["debit_id"] = forms.TypedChoiceField(label=_("Item"), choices=items, coerce=int)
        self.fields["amount"] = AmountField(
            currency=currency, label=_("Amount"), required=False, help_text=_("All that is open if empty.")
        )
        self.order_fields(["debit_id", "amount", "reason"])
