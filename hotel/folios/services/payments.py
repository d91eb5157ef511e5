"""Money taken at once: cash, the terminal at the desk, bank transfers, vouchers."""

from django.db import transaction

from hotel.core.exceptions import InvalidInput
from hotel.core.words import _
from hotel.folios.choices import CashKind, PaymentStatus
from hotel.folios.models import FolioWindow, Payment, TransactionCode
from hotel.folios.services.codes import payment_code_check
from hotel.folios.services.foreign_cash import ForeignCash, foreign_cash_taken
from hotel.folios.services.journal import check_open
from hotel.folios.services.payment_data import PaymentData, Target, payment_begin
from hotel.folios.services.payment_ledger import payment_book, payment_locked, payment_save
from hotel.folios.services.tills import cash_move, session_needed
from hotel.properties.services.business_days import business_day_hold

BY_PROCESSOR = "card"


@transaction.atomic
def payment_take(*, data: PaymentData, code: TransactionCode) -> Payment:
    """Take a payment that needs no processor. Repeatable by its key.

    Args:
        data: cash may be in a foreign currency that has a rate; it is credited at the buy rate, and change is given
            when it is to settle less.
        code: of the kind payment, but not that of cards the processor charges.

    Publishes: PaymentReceived or DepositPosted, PaymentStatusChanged.

    Raises:
        InvalidInput: no such way of payment here, or no such amount (``code_invalid``, ``amount_invalid``); change for
            what is no foreign cash (``change_invalid``).
        KeyOfAnotherPayment: the key was used for something else.
        RuleBroken: no rate for the currency; worth too little; cash without an open till (``no_exchange_rate``,
            ``tendered_too_little``, ``no_cashier_session``).
        Conflict: the till did not hold the change (``not_in_till``).
        WindowClosed: the window takes nothing any more.

    Locks: the property (shared), the windows of the folio, the payment, the till.
    """
    place = data.place
    business_day_hold(place=place)
    payment_code_check(place, code)
    if code.code == BY_PROCESSOR and code.is_standard:
        raise InvalidInput(_("Cards are charged through the processor."), code="code_invalid")
    target_check(data.target)
    session = session_needed(place, data.actor) if code.is_cash else None
    foreign = _foreign(data, code)
    amount = foreign.exchange.amount if foreign else data.amount
    columns = foreign.columns if foreign else {}
    made, is_new = payment_begin(data, code=code, amount=amount, session=session, **columns)
    if not is_new:
        return made
    payment = payment_locked(made)
    payment_book(payment, amount, exchange=foreign.exchange if foreign else None)
    payment.status = PaymentStatus.CAPTURED
    payment_save(payment, before=PaymentStatus.PENDING)
    if session is not None:
        # The change comes first: a note cannot be given back as change for itself.
        for change in payment.change:
            cash_move(session, CashKind.CHANGE, -change, actor=data.actor, payment=payment)
        cash_move(session, CashKind.PAYMENT, data.amount, actor=data.actor, payment=payment)
    return payment


def target_check(target: Target) -> None:
    """Refuse a window that takes nothing any more.

    Raises:
        WindowClosed.
    """
    if isinstance(target, FolioWindow):
        check_open(target)


def _foreign(data: PaymentData, code: TransactionCode) -> ForeignCash | None:
    """Foreign cash and what it comes to; None for the property's own currency."""
    home = str(data.place.currency)
    if data.amount.currency.code == home:
        if data.settles is not None or data.is_change_foreign:
            raise InvalidInput(_("Change is given for foreign cash only."), code="change_invalid")
        return None
    if not code.is_cash:
        raise InvalidInput(
            _("Only cash is taken in another currency than %(home)s.") % {"home": home}, code="amount_invalid"
        )
    return foreign_cash_taken(data)
