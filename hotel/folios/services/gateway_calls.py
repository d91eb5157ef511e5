"""Orders to a processor in two phases: written down and committed, sent outside any transaction, settled.

Whoever sends an order holds a lease on it. When he dies, or the answer was lost, the order stays open; later somebody
asks the processor what became of it, and sends it again under the same key when it never arrived. So one order moves
money once, and its outcome becomes certain.
Source: docs/algorithms/payments.md.
"""

import logging
import random
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from moneyed import Money

from hotel.core.clock import now
from hotel.core.locks import lock_rows
from hotel.core.money import rounded
from hotel.folios.adapters.base import (
    Credentials,
    Declined,
    Gateway,
    GatewayError,
    GatewayRefused,
    Order,
    OrderKind,
    Receipt,
    gateway_for,
)
from hotel.folios.choices import CallKind, CallStatus, PaymentStatus
from hotel.folios.domain.payments import may_send_again, status_after, status_by_refunds
from hotel.folios.models import GatewayAccount, GatewayCall, Payment
from hotel.folios.services.payment_ledger import payment_book, payment_locked, payment_save
from hotel.messaging.domain.retries import backoff

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
PAUSE = timedelta(seconds=20)
LONGEST_PAUSE = timedelta(minutes=30)


@dataclass(frozen=True)
class Outcome:
    """What is known of an order now; ``OPEN`` means nothing for certain."""

    status: CallStatus
    code: str = ""
    reason: str = ""
    receipt: Receipt | None = None


def call_begin(
    payment: Payment, kind: CallKind, amount: Money, *, key: uuid.UUID | None = None
) -> GatewayCall:
    """Write an order down, leased to the caller, who must send it after his transaction was committed."""
    moment = now()
    return GatewayCall.objects.create(
        property_id=payment.property_id,
        payment=payment,
        kind=kind,
        key=key or uuid.uuid4(),
        amount=amount,
        attempts=1,
        first_sent_at=moment,
        next_attempt_at=moment + LEASE,
        claim=uuid.uuid4(),
    )


def call_send(call: GatewayCall) -> Payment:
    """Send an order that the caller holds, and settle it. Must not run inside a transaction.

    Returns:
        The payment afterwards: ``unknown`` when the outcome is not certain.
    """
    return _settle(call, _sent(call))


def call_clarify(*, call_id: int) -> bool:
    """Find out what became of an open order, and send it again if it never arrived. Repeatable.

    Must not run inside a transaction.

    Returns:
        Whether the outcome is certain now.
    """
    call = _leased(call_id)
    if call is None:
        return False
    _settle(call, _sent(call))
    return GatewayCall.objects.exclude(status=CallStatus.OPEN).filter(pk=call_id).exists()


def payment_clarify(*, payment: Payment) -> Payment:
    """Ask the processor about a payment's open order now instead of at its time. Repeatable.

    Must not run inside a transaction.
    """
    open_calls = GatewayCall.objects.filter(payment=payment, status=CallStatus.OPEN)
    for call_id in open_calls.values_list("pk", flat=True):
        GatewayCall.objects.filter(pk=call_id, claim=None, status=CallStatus.OPEN).update(
            next_attempt_at=now()
        )
        call_clarify(call_id=call_id)
    return Payment.objects.get(pk=payment.pk)


def gateway_of(account: GatewayAccount) -> Gateway:
    """The adapter for an account."""
    return gateway_for(account.provider, Credentials(account.api_key, account.webhook_secret))


def notify_url(account: GatewayAccount) -> str:
    """Where the processor tells us of changes in this account."""
    return f"{settings.PUBLIC_URL}/api/v1/payments/webhooks/{account.slug}"


def order_of(call: GatewayCall) -> Order:
    """The order as the processor gets it: the same each time."""
    payment = call.payment
    is_refund = call.kind == CallKind.REFUND
    is_first = call.kind in (CallKind.AUTHORISE, CallKind.CHARGE)
    reference = payment.of.gateway_reference if is_refund and payment.of else payment.gateway_reference
    return Order(
        kind=OrderKind(call.kind),
        key=str(call.key),
        amount=rounded(call.amount),  # to the digit: another text under the same key is refused
        reference="" if is_first else reference,
        token=payment.card.token if is_first and payment.card else "",
        description=payment.description or payment.number,
        notify_url=notify_url(payment.account) if payment.account else "",
    )


@transaction.atomic(durable=True)
def _leased(call_id: int) -> GatewayCall | None:
    """The order, leased; None when it is finished, not due, or somebody else has it."""
    moment = now()
    rows = GatewayCall.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
    due = rows.filter(pk=call_id, status=CallStatus.OPEN, next_attempt_at__lte=moment)
    call = due.order_by("pk").first()
    if call is None:
        return None
    call.claim, call.next_attempt_at, call.attempts = uuid.uuid4(), moment + LEASE, call.attempts + 1
    call.save(update_fields=["claim", "next_attempt_at", "attempts", "updated_at"])
    return call


def _sent(call: GatewayCall) -> Outcome:
    try:
        gateway, order = gateway_of(call.payment.account), order_of(call)  # type: ignore[arg-type]
        if call.attempts == 1:
            return _first_sent(gateway, order)
        return _asked(gateway, order, call)
    except Declined as error:
        return Outcome(CallStatus.DECLINED, error.code, error.message)
    except GatewayError as error:
        return Outcome(CallStatus.OPEN, error.code, error.message)
    except Exception as error:  # a fault of ours must not hide that money may have moved
        logger.exception("Order %s could not be sent.", call.pk)
        return Outcome(CallStatus.OPEN, "internal", type(error).__name__)


def _first_sent(gateway: Gateway, order: Order) -> Outcome:
    try:
        return Outcome(CallStatus.DONE, receipt=gateway.perform(order))
    except GatewayRefused as error:  # not taken, or never sent: nothing moved
        return Outcome(CallStatus.REFUSED, error.code, error.message)


def _asked(gateway: Gateway, order: Order, call: GatewayCall) -> Outcome:
    """What became of an order that was sent before. That it is refused *now* says nothing about the first time."""
    receipt = gateway.outcome(order)
    if receipt is not None:
        return Outcome(CallStatus.DONE, receipt=receipt)
    if not may_send_again(call.first_sent_at or call.created_at, now()):
        return Outcome(CallStatus.REFUSED, "never_arrived", "The order never reached the processor.")
    try:
        return Outcome(CallStatus.DONE, receipt=gateway.perform(order))
    except GatewayRefused as error:
        status = CallStatus.OPEN if error.is_temporary else CallStatus.REFUSED
        return Outcome(status, error.code, error.message)


@transaction.atomic(durable=True)
def _settle(sent: GatewayCall, outcome: Outcome) -> Payment:
    """Write down what is known, with its consequences in the ledger. Nothing, when the lease was lost meanwhile."""
    payment = payment_locked(sent.payment)
    held = lock_rows(GatewayCall.objects.filter(pk=sent.pk, claim=sent.claim))
    if not held:
        logger.warning("Order %s took longer than its lease; somebody else settles it.", sent.pk)
        return payment
    (call,), before = held, payment.status
    call.claim = None
    call.code, call.reason = outcome.code[:40], outcome.reason[:400]
    if outcome.status == CallStatus.OPEN:
        share = random.random()  # noqa: S311
        pause = backoff(call.attempts, base=PAUSE, cap=LONGEST_PAUSE, share=share)
        call.next_attempt_at = now() + pause
        payment.status = PaymentStatus.UNKNOWN
    else:
        call.status, call.next_attempt_at, call.finished_at = outcome.status, None, now()
        _apply(payment, call, outcome)
    call.save()
    payment_save(payment, before=before)
    return payment


def _apply(payment: Payment, call: GatewayCall, outcome: Outcome) -> None:
    """What a certain outcome means for the payment."""
    receipt, is_done = outcome.receipt, outcome.receipt is not None
    payment.status = PaymentStatus(status_after(call.kind, is_done=is_done))
    payment.failure_code, payment.failure_reason = call.code, call.reason
    if receipt is not None:
        call.operation = receipt.operation[:120]
        if call.kind in (CallKind.AUTHORISE, CallKind.CHARGE):
            payment.gateway_reference = receipt.reference
        if call.kind in (CallKind.AUTHORISE, CallKind.TOP_UP):
            payment.authorised_amount = call.amount.amount
        elif call.kind != CallKind.VOID:
            payment_book(payment, call.amount)
    if call.kind == CallKind.TOP_UP:
        payment.amount = payment.money(payment.authorised_amount)
    if call.kind == CallKind.REFUND:
        refund_settled(payment, is_done=is_done)


def refund_settled(refund: Payment, *, is_done: bool) -> None:
    """What the end of a refund means for the payment it takes back. Both are locked; the refund is not saved.

    Args:
        refund: with its new status.
        is_done: paid back; else what was reserved for it is free again.
    """
    original: Any = refund.of
    before = original.status
    if not is_done:
        original.refunded_amount -= refund.amount.amount
    others = original.taken_back.filter(kind=refund.kind, status=PaymentStatus.REFUNDED).exclude(pk=refund.pk)
    paid_back = sum(other.amount.amount for other in others) + (refund.amount.amount if is_done else 0)
    original.status = PaymentStatus(status_by_refunds(original.captured_amount, paid_back))
    payment_save(original, before=before)
