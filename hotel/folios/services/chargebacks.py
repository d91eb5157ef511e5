"""What guests' banks take back, and give back when the dispute is won; with the fees of the processor.

All events about a dispute carry its id. It is the key: however often they are told, and in whatever order, the money
moves once each way.
Source: docs/algorithms/payments.md.
"""

from dataclasses import dataclass

from django.db import transaction
from moneyed import Money

from hotel.core.exceptions import InvalidInput
from hotel.folios.choices import JournalKind, Ledger, PaymentKind, PaymentStatus
from hotel.folios.models import Payment
from hotel.folios.services.journal import EntryData, event_begin, journal_of_source, journal_record
from hotel.folios.services.payment_data import PaymentData, payment_begin_of, target_of
from hotel.folios.services.payment_ledger import is_outgoing, payment_book, payment_locked, payment_save
from hotel.folios.services.posting_data import Memo


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """What a bank or processor says of a dispute.

    Attributes:
        reference: its id at the processor; where there is none, that of the event.
        amount: > 0, in the property's currency.
        fee: kept by the processor, or given back by him when it is won; ≥ 0 in the same currency, None for none.
        reason: for the staff.
    """

    reference: str
    amount: Money
    fee: Money | None = None
    reason: str = ""


@transaction.atomic
def chargeback_record(*, payment: Payment, dispute: Dispute) -> Payment:
    """Book what a guest's bank has taken back: he owes it again. Repeatable by the dispute.

    Publishes: RefundIssued or DepositPosted, PaymentStatusChanged.

    Raises:
        InvalidInput: the amount is none (``amount_invalid``).
        KeyOfAnotherPayment: the dispute was told with another amount.

    Locks: the property (shared), the windows of the folio, the payment.
    """
    original = payment_locked(payment)
    data = _data(original, dispute, "c")
    made, is_new = payment_begin_of(
        original, PaymentKind.CHARGEBACK, data, dispute.amount,
        reason=dispute.reason, gateway_reference=dispute.reference,
    )  # fmt: skip
    if is_new:
        back = payment_locked(made)
        payment_book(back, dispute.amount)
        back.status = PaymentStatus.REFUNDED
        payment_save(back, before=PaymentStatus.PENDING)
        _charged_back(back, dispute.amount)
        made = back
    _fee_book(made, dispute)
    return made


@transaction.atomic
def chargeback_win(*, payment: Payment, dispute: Dispute) -> Payment:
    """Book what a bank gives back because the dispute was won: the guest has paid again. Repeatable by the dispute.

    A chargeback that was not told of yet is booked first; when it is told later, it is there already.

    Args:
        payment: the one that was charged back.
        dispute: with the amount that was taken back, and the fee that is given back.

    Returns:
        The payment of what was given back, ``of`` the chargeback, which is ``reinstated``.

    Publishes: PaymentReceived or DepositPosted, PaymentStatusChanged.

    Raises:
        InvalidInput, KeyOfAnotherPayment: as ``chargeback_record``.

    Locks: as ``chargeback_record``, and the chargeback.
    """
    payment_locked(payment)
    taken = Dispute(reference=dispute.reference, amount=dispute.amount, reason=dispute.reason)
    back = payment_locked(chargeback_record(payment=payment, dispute=taken))
    data = _data(back, dispute, "w")
    made, is_new = payment_begin_of(
        back, PaymentKind.REINSTATED, data, dispute.amount,
        reason=dispute.reason, gateway_reference=dispute.reference,
    )  # fmt: skip
    if is_new:
        given = payment_locked(made)
        payment_book(given, dispute.amount)
        given.status = PaymentStatus.CAPTURED
        payment_save(given, before=PaymentStatus.PENDING)
        back.status = PaymentStatus.REINSTATED
        payment_save(back, before=PaymentStatus.REFUNDED)
        _charged_back(back, -dispute.amount)
        made = given
    _fee_book(made, dispute)
    return made


def _data(original: Payment, dispute: Dispute, step: str) -> PaymentData:
    key = f"{original.account_id or 0}:{step}:{dispute.reference}"[:64]
    target = target_of(original)
    return PaymentData(target=target, amount=dispute.amount, key=key, description=original.description)


def _charged_back(back: Payment, amount: Money) -> None:
    """Count it on the payment that is disputed, which is locked."""
    original = back.of
    assert original is not None  # noqa: S101  (a constraint of the table)
    original.charged_back_amount += amount.amount
    payment_save(original, before=original.status)


def _fee_book(payment: Payment, dispute: Dispute) -> None:
    """What the processor keeps for a chargeback or gives back when it is won; once for each of both."""
    fee = dispute.fee
    if fee is None or not fee.amount:
        return
    if fee.currency.code != payment.currency or fee.amount < 0:
        raise InvalidInput(f"A fee is above zero and in {payment.currency}.", code="amount_invalid")
    memo = Memo(reference=payment.number, source="dispute_fee", source_key=str(payment.pk))
    event = event_begin(place=payment.property, kind=JournalKind.FEE, memo=memo)
    if journal_of_source(payment.property, memo) is not None:
        return
    kept = fee if is_outgoing(payment) else -fee
    entries = [
        EntryData(ledger=Ledger.PAYMENT, amount=-kept, code=payment.code),
        EntryData(ledger=Ledger.FEE, amount=kept, code=payment.code),
    ]
    journal_record(event, entries)
