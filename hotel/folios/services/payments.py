"""Money taken at once: cash, the terminal at the desk, bank transfers, vouchers."""

from django.db import transaction
from moneyed import Money

from hotel.core.exceptions import InvalidInput
from hotel.folios.choices import CashKind, CodeKind, PaymentStatus
from hotel.folios.domain.exchange import Exchange, taken_in
from hotel.folios.models import ExchangeRate, FolioWindow, Payment, TransactionCode
from hotel.folios.selectors.exchange_rates import rate_on, rates_of
from hotel.folios.services.journal import check_open
from hotel.folios.services.payment_data import PaymentData, Target, amount_check, payment_begin
from hotel.folios.services.payment_ledger import payment_book, payment_locked, payment_save
from hotel.folios.services.tills import cash_move, is_cash, session_needed
from hotel.properties.services.business_days import business_day_hold

BY_PROCESSOR = "card"


@transaction.atomic
def payment_take(*, data: PaymentData, code: TransactionCode) -> Payment:
    """Take a payment that needs no processor. Repeatable by its key.

    Args:
        data: cash may be in a foreign currency that has a rate; it is credited at the buy rate.
        code: of the kind payment, but not that of cards the processor charges.

    Publishes: PaymentReceived or DepositPosted, PaymentStatusChanged.

    Raises:
        InvalidInput: no such way of payment here, or no such amount (``code_invalid``, ``amount_invalid``).
        KeyOfAnotherPayment: the key was used for something else.
        RuleBroken: no rate for the currency; cash without an open till (``no_exchange_rate``, ``no_cashier_session``).
        WindowClosed: the window takes nothing any more.

    Locks: the property (shared), the windows of the folio, the payment, the till.
    """
    place = data.place
    business_day_hold(place=place)
    if code.property_id != place.pk or code.kind != CodeKind.PAYMENT or not code.is_active:
        raise InvalidInput(f"{code} is no way of payment here.", code="code_invalid")
    if code.code == BY_PROCESSOR and code.is_standard:
        raise InvalidInput("Cards are charged through the processor.", code="code_invalid")
    target_check(data.target)
    session = session_needed(place, data.actor) if is_cash(code) else None
    rate, exchange = _exchange(data, code)
    amount = exchange.amount if exchange else data.amount
    foreign = {} if rate is None else {
        "tendered": data.amount.amount, "tendered_currency": data.amount.currency.code, "exchange_rate": rate,
    }  # fmt: skip
    made, is_new = payment_begin(data, code=code, amount=amount, session=session, **foreign)
    if not is_new:
        return made
    payment = payment_locked(made)
    payment_book(payment, amount, exchange=exchange)
    payment.status = PaymentStatus.CAPTURED
    payment_save(payment, before=PaymentStatus.PENDING)
    if session is not None:
        cash_move(session, CashKind.PAYMENT, data.amount, actor=data.actor, payment=payment)
    return payment


def target_check(target: Target) -> None:
    """Refuse a window that takes nothing any more.

    Raises:
        WindowClosed.
    """
    if isinstance(target, FolioWindow):
        check_open(target)


def _exchange(data: PaymentData, code: TransactionCode) -> tuple[ExchangeRate | None, Exchange | None]:
    """The rate and what foreign cash comes to; nothing for the property's own currency."""
    home, foreign = str(data.place.currency), data.amount.currency.code
    if foreign == home:
        return None, None
    if not is_cash(code):
        raise InvalidInput(f"Only cash is taken in another currency than {home}.", code="amount_invalid")
    amount_check(data.amount, foreign)
    rate = rate_on(data.place.pk, foreign, data.place.business_date)
    return rate, taken_in(Money(data.amount.amount, foreign), rates_of(rate), home)
