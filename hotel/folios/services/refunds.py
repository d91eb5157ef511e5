"""Paying back: never more than was taken, checked under the payment's lock."""

from django.db import transaction
from moneyed import Money

from hotel.accounts.models import User
from hotel.accounts.selectors.limits import approval_limits
from hotel.core.exceptions import RuleBroken
from hotel.core.words import _
from hotel.folios.choices import CallKind, CashKind, PaymentKind, PaymentStatus
from hotel.folios.models import GatewayCall, Payment
from hotel.folios.services.card_payments import check
from hotel.folios.services.foreign_cash import ForeignCash, foreign_cash_left, foreign_cash_returned
from hotel.folios.services.gateway_calls import call_begin, call_send, payment_clarify, refund_settled
from hotel.folios.services.payment_data import PaymentData, amount_check, payment_begin_of, target_of
from hotel.folios.services.payment_ledger import payment_book, payment_locked, payment_save
from hotel.folios.services.tills import cash_move, session_needed


def payment_refund(
    *, payment: Payment, amount: Money, key: str, reason: str = "", actor: User | None = None
) -> Payment:
    """Pay back a payment or a part of it, the way it came. Repeatable by its key; must not run in a transaction.

    Args:
        amount: at most what was taken and not taken back, in the property's currency; foreign cash also in its own, at
            the sell rate, and at most what was handed over.
        key: the same for each repetition.
        actor: his limit for refunds counts; None for the house itself.

    Returns:
        The refund, a payment of its own: refunded; failed when the processor said no; unknown when not certain yet.

    Publishes: RefundIssued or DepositPosted, PaymentStatusChanged.

    Raises:
        Conflict: the table of payments denies it (the codes of ``actions[]``).
        RuleBroken: more than is left (``refund_exceeds_captured``); above the person's limit (``refund_limit``); cash
            without an open till.
        InvalidInput, KeyOfAnotherPayment: see payment_begin.
    """
    refund, call = _begun(payment, amount, key, reason, actor)
    if call is not None:
        return call_send(call)
    return payment_clarify(payment=refund)


@transaction.atomic(durable=True)
def _begun(
    payment: Payment, amount: Money, key: str, reason: str, actor: User | None
) -> tuple[Payment, GatewayCall | None]:
    """The refund, and the order when a processor is needed; what needs none is paid back here."""
    original = payment_locked(payment)
    is_home = amount.currency.code == original.currency
    foreign = None if is_home else foreign_cash_returned(original, amount)
    due = foreign.exchange.amount if foreign else amount
    known = Payment.objects.at(original.property_id).filter(key=key).first()
    if known is None:
        _check(original, due, foreign, actor)
    data = PaymentData(
        target=target_of(original), amount=amount, key=key, description=original.description, actor=actor
    )
    columns = foreign.columns if foreign else {}
    refund, is_new = payment_begin_of(original, PaymentKind.REFUND, data, due, reason=reason, **columns)
    if not is_new:
        return refund, None
    original.refunded_amount += due.amount
    payment_save(original, before=original.status)
    if original.account_id:
        return refund, call_begin(refund, CallKind.REFUND, due)
    _paid_back_at_once(refund, foreign)
    return refund, None


def _check(original: Payment, amount: Money, foreign: ForeignCash | None, actor: User | None) -> None:
    check(original, "refund")
    amount_check(amount, original.currency)
    left = original.money(original.standing.refundable)
    if amount > left:
        raise RuleBroken(
            _("At most %(left)s can be paid back.") % {"left": left}, code="refund_exceeds_captured"
        )
    if foreign and foreign.tendered > (held := foreign_cash_left(original)):
        raise RuleBroken(
            _("At most %(held)s can be paid back.") % {"held": held}, code="refund_exceeds_captured"
        )
    limit = approval_limits(actor, original.property_id).max_refund if actor else None
    if limit is not None and amount > limit:
        raise RuleBroken(
            _("You may pay back at most %(limit)s. Ask somebody who may more.") % {"limit": limit},
            code="refund_limit",
        )


def _paid_back_at_once(made: Payment, foreign: ForeignCash | None) -> None:
    refund = payment_locked(made)
    if refund.code.is_cash:
        refund.session = session_needed(refund.property, refund.actor)
    payment_book(refund, refund.amount, exchange=foreign.exchange if foreign else None)
    refund.status = PaymentStatus.REFUNDED
    refund_settled(refund, is_done=True)
    payment_save(refund, before=PaymentStatus.PENDING)
    if refund.session is not None:
        handed = refund.tendered_money or refund.amount
        cash_move(refund.session, CashKind.REFUND, -handed, actor=refund.actor, payment=refund)
