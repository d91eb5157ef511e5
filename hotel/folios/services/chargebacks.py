"""What guests' banks take back, and give back when the dispute is won; with the fees of the processor.

All events about a dispute carry its id. It is the key: however often they are told, and in whatever order, the money
moves once each way.
Source: docs/algorithms/payments.md.
"""

from dataclasses import dataclass

from django.db import transaction
from moneyed import Money

from hotel.accounts.models import User
from hotel.core.exceptions import InvalidInput, RuleBroken
from hotel.core.words import _
from hotel.folios.choices import JournalKind, Ledger, PaymentKind, PaymentStatus
from hotel.folios.models import Payment
from hotel.folios.services.card_payments import check
from hotel.folios.services.journal import EntryData, event_begin, journal_of_source, journal_record
from hotel.folios.services.payment_data import PaymentData, amount_check, payment_begin_of, target_of
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
def chargeback_enter(*, payment: Payment, dispute: Dispute, actor: User) -> Payment:
    """Book by hand what a letter of the bank tells. Repeatable by the dispute, also when the processor tells it too.

    Args:
        payment: what the bank took back, or a part of it.
        dispute: its reference is what the letter calls it.
        actor: who books it.

    Publishes, Locks: as ``chargeback_record``.

    Raises:
        Conflict: the table of payments denies it (the codes of ``actions[]``).
        RuleBroken: more than was taken and not charged back (``chargeback_exceeds_captured``).
        InvalidInput, KeyOfAnotherPayment: as ``chargeback_record``.
    """
    original = payment_locked(payment)
    data = _data(original, dispute, "c", actor)
    if not Payment.objects.at(original.property_id).filter(key=data.key).exists():
        check(original, "chargeback")
        amount_check(dispute.amount, original.currency)
        left = original.money(original.captured_amount - original.charged_back_amount)
        if dispute.amount > left:
            text = _("At most %(left)s can have been taken back.") % {"left": left}
            raise RuleBroken(text, code="chargeback_exceeds_captured")
    return chargeback_record(payment=original, dispute=dispute, actor=actor)


@transaction.atomic
def chargeback_reinstate(
    *, chargeback: Payment, actor: User, fee: Money | None = None, reason: str = ""
) -> Payment:
    """Book by hand that a dispute is won: the bank gives back what it took.

    Args:
        chargeback: what it took.
        actor: who books it.
        fee: of the processor, that is given back with it.
        reason: for the staff.

    Returns, Publishes, Locks: as ``chargeback_win``.

    Raises:
        Conflict: it is no chargeback, or was given back already (the codes of ``actions[]``).
        InvalidInput: the fee is in another currency (``amount_invalid``).
    """
    back = payment_locked(chargeback)
    check(back, "reinstate")
    assert back.of is not None  # noqa: S101  (a constraint of the table)
    dispute = Dispute(reference=back.gateway_reference, amount=back.amount, fee=fee, reason=reason)
    return chargeback_win(payment=back.of, dispute=dispute, actor=actor)


@transaction.atomic
def chargeback_record(*, payment: Payment, dispute: Dispute, actor: User | None = None) -> Payment:
    """Book what a guest's bank has taken back: he owes it again. Repeatable by the dispute.

    Args:
        payment: the one that is charged back.
        dispute: what is told of it.
        actor: who books it; None for the house itself.

    Publishes: RefundIssued or DepositPosted, PaymentStatusChanged.

    Raises:
        InvalidInput: the amount is none (``amount_invalid``).
        KeyOfAnotherPayment: the dispute was told with another amount.

    Locks: the property (shared), the windows of the folio, the payment.
    """
    original = payment_locked(payment)
    data = _data(original, dispute, "c", actor)
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
def chargeback_win(*, payment: Payment, dispute: Dispute, actor: User | None = None) -> Payment:
    """Book what a bank gives back because the dispute was won: the guest has paid again. Repeatable by the dispute.

    A chargeback that was not told of yet is booked first; when it is told later, it is there already.

    Args:
        payment: the one that was charged back.
        dispute: with the amount that was taken back, and the fee that is given back.
        actor: who books it; None for the house itself.

    Returns:
        The payment of what was given back, ``of`` the chargeback, which is ``reinstated``.

    Publishes: PaymentReceived or DepositPosted, PaymentStatusChanged.

    Raises:
        InvalidInput, KeyOfAnotherPayment: as ``chargeback_record``.

    Locks: as ``chargeback_record``, and the chargeback.
    """
    payment_locked(payment)
    taken = Dispute(reference=dispute.reference, amount=dispute.amount, reason=dispute.reason)
    back = payment_locked(chargeback_record(payment=payment, dispute=taken, actor=actor))
    data = _data(back, dispute, "w", actor)
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


def _data(original: Payment, dispute: Dispute, step: str, actor: User | None) -> PaymentData:
    return PaymentData(
        target=target_of(original),
        amount=dispute.amount,
        key=f"{original.account_id or 0}:{step}:{dispute.reference}"[:64],
        description=original.description,
        actor=actor,
    )


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
        raise InvalidInput(
            _("A fee is above zero and in %(currency)s.") % {"currency": payment.currency},
            code="amount_invalid",
        )
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
