"""What a payment is for, as plain values, and the one place where a payment begins."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from moneyed import Money

from hotel.accounts.models import User
from hotel.core.exceptions import InvalidInput, RuleBroken
from hotel.core.money import quantum
from hotel.core.words import _
from hotel.folios.choices import PaymentKind
from hotel.folios.models import FolioWindow, Payment, TransactionCode
from hotel.properties.models import Property
from hotel.reservations.domain.numbers import SPACE, confirmation_number
from hotel.reservations.models import Reservation

Target = FolioWindow | Reservation


@dataclass(frozen=True, kw_only=True)
class PaymentData:
    """A payment to be made.

    Attributes:
        target: the window it settles, or the stay it is a deposit for.
        amount: > 0, in the property's currency; cash may be in another one.
        settles: of foreign cash, what is paid with it, in the property's currency; the rest is given as change. None
            credits all of it.
        is_change_foreign: the change is in the currency handed over, as far as its notes and coins go.
        key: the same for each repetition of one request, at most 64 characters.
        description: for the guest.
        reference: such as the slip of a card terminal.
        actor: who takes it; None for the house itself.
    """

    target: Target
    amount: Money
    key: str
    settles: Money | None = None
    is_change_foreign: bool = False
    description: str = ""
    reference: str = ""
    actor: User | None = None

    @property
    def place(self) -> Property:
        """The property that is paid."""
        return self.target.property


class KeyOfAnotherPayment(RuleBroken):
    """The key was used for another payment (422)."""

    code = "payment_key_reused"


def payment_begin(
    data: PaymentData, *, code: TransactionCode, amount: Money, **values: Any
) -> tuple[Payment, bool]:
    """The payment of a key, and whether it is made now, in the caller's transaction.

    Args:
        data: what it is for.
        code: the way of payment.
        amount: > 0, in the property's currency.
        values: further columns.

    Raises:
        InvalidInput: the amount is not above zero, or finer than the currency (``amount_invalid``).
        KeyOfAnotherPayment: the key was used for another amount or purpose.
    """
    amount_check(amount, str(data.place.currency))
    place, target = data.place, target_columns(data.target)
    found = Payment.objects.at(place.pk).filter(key=data.key).first()
    if found is None:
        payment = Payment(
            property=place,
            number=confirmation_number(f"{place.code}-P", secrets.randbelow(SPACE)),
            key=data.key,
            code=code,
            amount=amount,
            description=data.description,
            reference=data.reference,
            actor=data.actor,
            **target,
            **values,
        )
        try:
            with transaction.atomic():
                payment.save(force_insert=True)
            return payment, True
        except IntegrityError:  # somebody began it just now; we have waited for his commit
            found = Payment.objects.at(place.pk).filter(key=data.key).first()
            if found is None:
                raise
    if (found.code_id, found.of) != (code.pk, values.get("of")) or not _asks_for(data, found):
        raise KeyOfAnotherPayment(_("This key was used for another payment. Use a new key for a new one."))
    return found, False


def payment_begin_of(
    original: Payment, kind: PaymentKind, data: PaymentData, amount: Money, **values: Any
) -> tuple[Payment, bool]:
    """The payment of a key that turns another one back, by the same way; see ``payment_begin``."""
    same = {"account": original.account, "card": original.card}
    return payment_begin(data, code=original.code, amount=amount, kind=kind, of=original, **same, **values)


def _asks_for(data: PaymentData, found: Payment) -> bool:
    """Whether a payment is what was asked for; of foreign cash what was handed over counts, not today's rate.

    What is turned back names the payment; its window may be another one, when that was closed meanwhile.
    """
    is_there = found.of_id is not None or target_of(found) == data.target
    is_much = data.amount == (found.tendered_money or found.amount) and data.settles in (None, found.amount)
    return is_there and is_much


def target_columns(target: Target) -> dict[str, Any]:
    """The columns that say what is paid."""
    is_window = isinstance(target, FolioWindow)
    return {"window": target if is_window else None, "reservation": None if is_window else target}


def target_of(row: Any) -> Target:
    """What a payment or link is for."""
    return row.window or row.reservation


def amount_check(amount: Money, currency: str) -> None:
    """Refuse what is no amount of this currency.

    Raises:
        InvalidInput: ``amount_invalid``.
    """
    if amount.currency.code != currency or amount.amount <= 0 or amount.amount % quantum(currency):
        text = _("An amount is above zero, in %(currency)s, and no finer than %(quantum)s.") % {
            "currency": currency,
            "quantum": quantum(currency),
        }
        raise InvalidInput(text, code="amount_invalid", fields={"amount": [text]})
