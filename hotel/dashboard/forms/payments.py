"""Forms by which money is taken, reserved, asked for, moved and paid back."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from moneyed import Money

from hotel.dashboard.forms.folios import WindowField
from hotel.dashboard.forms.parts import AmountField, OnceForm, OneOfField, ReasonForm
from hotel.folios.models import CardToken, CityAccount, FolioWindow, TransactionCode


class WayField(OneOfField):
    """A way of payment among some."""

    def __init__(self, codes: Iterable[TransactionCode]) -> None:
        super().__init__(codes, words=lambda code: code.name, label=_("How"))


class PayForm(OnceForm):
    """A window, when it is one that is paid, and an amount: what it owes unless changed."""

    def __init__(
        self, *args: Any, windows: Sequence[FolioWindow], owed: Money, chosen: int | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if windows:
            self.fields["window"] = WindowField(windows, initial=chosen)
        initial = owed if owed.amount > 0 else None
        self.fields["amount"] = AmountField(currency=owed.currency.code, label=_("Amount"), initial=initial)


class TakeForm(PayForm):
    """Money taken at once: cash, terminal, bank transfer, voucher."""

    def __init__(self, *args: Any, codes: Sequence[TransactionCode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = WayField(codes)
        self.fields["reference"] = forms.CharField(
            label=_("Reference, such as the terminal's slip"), max_length=80, required=False
        )
        self.order_fields(["window", "code", "amount", "reference"])


class CardForm(PayForm):
    """A card that the guest has given before, charged now or only reserved."""

    is_capture = forms.TypedChoiceField(
        label=_("What"),
        choices=[("yes", _("Take the money now")), ("no", _("Reserve it on the card"))],
        coerce=lambda answer: answer == "yes",
    )

    def __init__(self, *args: Any, cards: Sequence[CardToken], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["card"] = OneOfField(
            cards, words=lambda card: f"{card} · {card.expires}", label=_("Card")
        )
        self.order_fields(["window", "card", "amount", "is_capture"])


class LinkForm(PayForm):
    """An address that the guest is sent to pay by himself."""

    days = forms.IntegerField(label=_("Valid for days"), min_value=1, max_value=90, initial=3)
    description = forms.CharField(label=_("What for, as the guest reads it"), max_length=200, required=False)


class CityForm(PayForm):
    """A debtor of the city ledger who owes it from now on."""

    def __init__(self, *args: Any, accounts: Sequence[CityAccount], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"] = OneOfField(accounts, label=_("Account"))
        self.fields["reference"] = forms.CharField(
            label=_("Reference, such as the order number"), max_length=80, required=False
        )
        self.order_fields(["window", "account", "amount", "reference"])


class AmountForm(OnceForm):
    """An amount, such as the part of a reserved one that is taken."""

    def __init__(self, *args: Any, most: Money, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"] = AmountField(currency=most.currency.code, label=_("Amount"), initial=most)


class WonForm(OnceForm):
    """A dispute that is won, and the fee that is given back with it."""

    reason = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, most: Money, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fee"] = AmountField(
            currency=most.currency.code, label=_("Fee of the processor"), required=False
        )
        self.order_fields(["fee", "reason"])


class ChargebackForm(WonForm):
    """What a letter of the guest's bank tells."""

    reference = forms.CharField(label=_("Reference, as the letter has it"), max_length=40)

    def __init__(self, *args: Any, most: Money, **kwargs: Any) -> None:
        super().__init__(*args, most=most, **kwargs)
        self.fields["amount"] = AmountField(currency=most.currency.code, label=_("Amount"), initial=most)
        self.order_fields(["amount", "reference", "fee", "reason"])


class RefundForm(AmountForm, ReasonForm):
    """How much goes back, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["amount", "reason"])
