"""Payments by a kept card: reserved, topped up, taken, let go. Each is an order to the processor in two phases.

None of these may run inside a transaction: the order is committed before it is sent.
"""

import uuid

from django.db import transaction
from moneyed import Money

from hotel.core.exceptions import RuleBroken
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.folios.choices import CallKind
from hotel.folios.domain.payments import action
from hotel.folios.models import CardToken, GatewayCall, Payment
from hotel.folios.selectors.payments import standing_of
from hotel.folios.services.codes import standard_code
from hotel.folios.services.gateway_calls import call_begin, call_send, payment_clarify
from hotel.folios.services.payment_data import PaymentData, amount_check, payment_begin
from hotel.folios.services.payments import BY_PROCESSOR, target_check


def payment_authorise(*, data: PaymentData, card: CardToken, is_capture: bool = False) -> Payment:
    """Reserve an amount on a card, or take it at once. Repeatable by its key.

    Args:
        data: what it is for, in the property's currency.
        card: kept at the property's processor.
        is_capture: take it at once.

    Returns:
        The payment: authorised or captured; failed when the bank said no; unknown when that is not certain yet.

    Publishes: PaymentStatusChanged; PaymentReceived or DepositPosted when money was taken.

    Raises:
        InvalidInput, KeyOfAnotherPayment: see payment_begin.
        RuleBroken: the card was removed (``card_removed``) or is of another property.
        WindowClosed: the window takes nothing any more.
    """
    payment, call = _begun(data, card, CallKind.CHARGE if is_capture else CallKind.AUTHORISE)
    if call is not None:
        return call_send(call)
    return payment_clarify(payment=payment)


def payment_top_up(*, payment: Payment, amount: Money, key: str) -> Payment:
    """Reserve more on the same card. Repeatable by its key.

    Args:
        amount: the new total, above what is reserved.
        key: the same for each repetition, 32 hex digits or more.

    Returns:
        The payment; when the bank says no, what was reserved before stays.

    Raises:
        Conflict: nothing is reserved, or the processor is still working on it (the codes of ``actions[]``).
        RuleBroken: the total is no higher (``not_more_than_authorised``).
    """
    return _sent(payment, "top_up", CallKind.TOP_UP, amount, key)


def payment_capture(*, payment: Payment, key: str, amount: Money | None = None) -> Payment:
    """Take what was reserved, or a part of it; the bank lets the rest go. Repeatable by its key.

    Args:
        amount: at most what is reserved; all of it unless given.

    Publishes: PaymentStatusChanged, PaymentReceived or DepositPosted.

    Raises:
        Conflict: as payment_top_up.
        RuleBroken: more than was reserved (``more_than_authorised``).
    """
    return _sent(payment, "capture", CallKind.CAPTURE, amount, key)


def payment_void(*, payment: Payment, key: str) -> Payment:
    """Let go of what was reserved. Repeatable by its key.

    Raises:
        Conflict: as payment_top_up.
    """
    return _sent(payment, "void", CallKind.VOID, None, key)


def check(payment: Payment, command: str) -> None:
    """Refuse a command that the table of payments denies.

    Raises:
        Conflict: with the code and reason that ``actions[]`` shows.
    """
    answer = action(command, standing_of(payment))
    if not answer.is_allowed:
        raise answer.refusal(payment.status)


@transaction.atomic(durable=True)
def _begun(data: PaymentData, card: CardToken, kind: CallKind) -> tuple[Payment, GatewayCall | None]:
    """The payment, and the order when it is made now."""
    if not card.is_active or card.property_id != data.place.pk:
        raise RuleBroken(_("This card was removed. Ask the guest for another one."), code="card_removed")
    target_check(data.target)
    payment, is_new = payment_begin(
        data,
        code=standard_code(data.place, BY_PROCESSOR),
        amount=data.amount,
        account=card.account,
        card=card,
    )
    return payment, call_begin(payment, kind, payment.amount) if is_new else None


def _sent(payment: Payment, command: str, kind: CallKind, amount: Money | None, key: str) -> Payment:
    call = _ordered(payment, command, kind, amount, uuid.UUID(key[:32]))
    return call_send(call) if call is not None else payment_clarify(payment=payment)


@transaction.atomic(durable=True)
def _ordered(
    payment: Payment, command: str, kind: CallKind, amount: Money | None, key: uuid.UUID
) -> GatewayCall | None:
    """The order, when the table and the amount allow it; None when it was given under this key before.

    Locks: the payment.
    """
    rows = Payment.objects.filter(pk=payment.pk).select_related("property", "account", "card")
    (fresh,) = lock_rows(rows)
    if GatewayCall.objects.at(fresh.property_id).filter(key=key, payment=fresh, kind=kind).exists():
        return None
    check(fresh, command)
    authorised = fresh.money(fresh.authorised_amount)
    if amount is None:
        amount = authorised
    amount_check(amount, fresh.currency)
    if kind == CallKind.TOP_UP:
        if amount <= authorised:
            raise RuleBroken(
                _("%(authorised)s is reserved already.") % {"authorised": authorised},
                code="not_more_than_authorised",
            )
        fresh.amount = amount
        fresh.version += 1
        fresh.save(update_fields=["amount", "version", "updated_at"])
    elif amount > authorised:
        raise RuleBroken(
            _("Only %(authorised)s is reserved.") % {"authorised": authorised}, code="more_than_authorised"
        )
    return call_begin(fresh, kind, amount, key=key)
