"""Forms of folios: lines posted and corrected, windows, documents."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from moneyed import Money

from hotel.dashboard.forms.parts import AmountField, DateInput, OnceForm, OneOfField, ReasonForm
from hotel.folios.choices import FolioStatus
from hotel.folios.models import FolioWindow, Posting, TransactionCode
from hotel.folios.services.postings import CHARGEABLE
from hotel.properties.models import Property


class FindFolioForm(forms.Form):
    """What is looked for in the list of folios."""

    text = forms.CharField(
        label=_("Folio, reservation or name"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"type": "search"}),
    )
    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("Any")), *FolioStatus.choices], required=False
    )


class WindowField(OneOfField):
    """A window among some."""

    def __init__(self, windows: Iterable[FolioWindow], **kwargs: Any) -> None:
        super().__init__(windows, words=window_words, label=_("Window"), **kwargs)


def window_words(window: FolioWindow) -> str:
    """A window by its number, and by its label or payer."""
    name = window.label or window.payer
    return f"{window.number} · {name}" if name else str(window.number)


class ChargeForm(OnceForm):
    """A charge; routing decides the window unless one is named."""

    def __init__(
        self, *args: Any, place: Property, windows: Sequence[FolioWindow], currency: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        codes = TransactionCode.objects.at(place.pk).filter(is_active=True, kind__in=CHARGEABLE)
        self.fields["code"] = forms.ModelChoiceField(
            queryset=codes.order_by("name"), label=_("What"), empty_label=_("Choose")
        )
        self.fields["code"].label_from_instance = lambda code: code.name  # type: ignore[attr-defined]
        self.fields["amount"] = AmountField(currency=currency, label=_("Amount, taxes inside"))
        self.fields["quantity"] = forms.DecimalField(
            label=_("Quantity"), max_digits=10, decimal_places=3, min_value=Decimal("0.001"), initial=1
        )
        self.fields["description"] = forms.CharField(
            label=_("Text for the guest"), max_length=200, required=False
        )
        self.fields["reference"] = forms.CharField(
            label=_("Reference, such as the bar bill"), max_length=80, required=False
        )
        self.fields["revenue_date"] = forms.DateField(
            label=_("For the day"), widget=DateInput(), required=False, help_text=_("Today unless given.")
        )
        if len(windows) > 1:
            self.fields["window"] = WindowField(windows, empty=_("As the routing says"))


class MoveLinesForm(OnceForm):
    """Lines that go to another window."""

    def __init__(
        self, *args: Any, windows: Sequence[FolioWindow], lines: Sequence[Posting], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        by_id = {str(line.pk): line for line in lines}
        self.fields["postings"] = forms.TypedMultipleChoiceField(
            choices=[(pk, str(line)) for pk, line in by_id.items()],
            coerce=lambda pk: by_id[str(pk)],
            error_messages={"required": _("Tick the lines that are to be moved.")},
        )
        self.fields["window"] = WindowField(windows)
        self.fields["reason"] = forms.CharField(label=_("Reason"), max_length=200, required=False)


class WindowForm(OnceForm):
    """A further window, and who pays it."""

    label = forms.CharField(label=_("Name of the window"), max_length=60, required=False)

    def __init__(self, *args: Any, payers: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._payers = {f"{type(payer).__name__.lower()}-{payer.pk}": payer for payer in payers}
        choices = [(key, str(payer)) for key, payer in self._payers.items()]
        self.fields["payer"] = forms.ChoiceField(
            label=_("Who pays"), choices=[("", _("Nobody known yet")), *choices], required=False
        )

    def clean_payer(self) -> dict[str, Any]:
        """What the service takes: ``guest`` or ``company``; empty for nobody."""
        key = self.cleaned_data["payer"]
        return {key.partition("-")[0]: self._payers[key]} if key else {}


class InvoiceForm(OnceForm):
    """Which window is invoiced."""

    def __init__(self, *args: Any, windows: Sequence[FolioWindow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["window"] = WindowField(windows)


class ReverseForm(OnceForm):
    """Why a line is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)


class AdjustForm(OnceForm, ReasonForm):
    """How much is let off, and why."""

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"] = AmountField(currency=currency, label=_("Let off, taxes inside"))
        self.order_fields(["amount", "reason"])


class MoveLineForm(ReverseForm):
    """The window that a line goes to."""

    def __init__(self, *args: Any, windows: Sequence[FolioWindow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["window"] = WindowField(windows)
        self.order_fields(["window", "reason"])


class SplitLineForm(ReverseForm):
    """So many equal parts, or one part of an amount and the rest."""

    parts = forms.IntegerField(label=_("Equal parts"), min_value=2, max_value=99, required=False)

    def __init__(self, *args: Any, whole: Money, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whole = abs(whole)
        self.fields["amount"] = AmountField(
            currency=whole.currency.code, label=_("Or one part of"), required=False
        )
        self.order_fields(["parts", "amount", "reason"])

    def clean(self) -> dict[str, Any]:
        """One way of the two; the values get ``weights``, one for each part."""
        cleaned = super().clean() or {}
        parts, amount = cleaned.pop("parts", None), cleaned.pop("amount", None)
        if self.errors:
            return cleaned
        if (parts is None) == (amount is None):
            self.add_error("parts", _("Say in how many parts, or give the amount of one."))
        elif amount is not None and amount >= self.whole:
            self.add_error("amount", _("It must be less than the line."))
        else:
            weights = [1] * parts if parts else [amount.amount, (self.whole - amount).amount]
            cleaned["weights"] = weights
        return cleaned
