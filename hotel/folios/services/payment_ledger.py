"""What a payment is in the ledger: on its window, or among the deposits of its stay.

Money that has moved is always booked. When its window was closed meanwhile, it goes to the first open window of the
folio; when the folio was closed, to another one of the same guest.
"""

from typing import Any

from django.db.models import Q
from moneyed import Money

from hotel.contracts.folios import PaymentStatusChanged
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.folios.choices import FolioStatus, JournalKind, Ledger, PaymentKind
from hotel.folios.domain.exchange import Exchange
from hotel.folios.models import FolioWindow, Journal, Payment
from hotel.folios.selectors.deposits import deposits_held
from hotel.folios.services.deposits import deposit_post
from hotel.folios.services.folios import account_open, folio_open
from hotel.folios.services.journal import EntryData, event_begin, journal_record, windows_locked
from hotel.folios.services.posting_data import Memo
from hotel.folios.services.settlements import payment_post
from hotel.properties.services.business_days import business_day_hold


def payment_locked(payment: Payment) -> Payment:
    """Lock a payment, and with a refund the payment it takes back, and return it fresh.

    The property's day and the windows are held first, in the order of the house.

    Locks: the property (shared), the windows of the folio, the payments ascending.
    """
    business_day_hold(place=payment.property)
    if payment.window is not None:
        windows_locked([payment.window.folio_id])
    wanted = {payment.pk, payment.of_id} - {None}
    rows = Payment.objects.filter(pk__in=wanted).select_related(
        "property", "window__folio", "window__property", "reservation", "code", "actor"
    )
    found = {row.pk: row for row in lock_rows(rows)}
    fresh = found[payment.pk]
    if fresh.of_id:
        fresh.of = found[fresh.of_id]
    return fresh


def payment_book(payment: Payment, amount: Money, *, exchange: Exchange | None = None) -> None:
    """Write a payment that has gone through into the ledger, and the rest into its columns. Not saved.

    Args:
        payment: locked; its kind says which way the money went.
        amount: property currency.
        exchange: when it was handed over in another currency.
    """
    is_refund = is_outgoing(payment)
    memo = Memo(
        description=payment.description,
        reference=payment.reference or payment.number,
        source="payment",
        source_key=str(payment.pk),
    )
    if payment.window is not None:
        payment.window = _open_window(payment, payment.window)
        posting = payment_post(
            window=payment.window,
            code=payment.code,
            amount=amount,
            actor=payment.actor,
            is_refund=is_refund,
            memo=memo,
        )
        payment.journal = posting.journal
    else:
        payment.journal = _deposit_booked(payment, amount, memo)
    payment.authorised_amount = max(payment.authorised_amount, amount.amount)
    payment.captured_amount = amount.amount
    if exchange is not None and exchange.gain.amount:
        _book_difference(payment, exchange.gain)


def _deposit_booked(payment: Payment, amount: Money, memo: Memo) -> Journal:
    """A deposit, or its payment back: out of what is held, or from the stay's folio when it was used there.

    What a bank gives back goes to where its chargeback took it from.
    """
    stay, is_refund = payment.reservation, is_outgoing(payment)
    assert stay is not None  # noqa: S101  (the table wants a window or a stay)
    given: dict[str, Any] = {"code": payment.code, "amount": amount, "actor": payment.actor, "memo": memo}
    is_used = is_refund and deposits_held(payment.property, [stay.pk])[stay.pk].amount < amount
    if is_used or _was_on_a_folio(payment):
        folio = folio_open(reservation=stay)
        window = folio.windows.order_by("number")[0]
        return payment_post(window=window, is_refund=is_refund, **given).journal
    return deposit_post(reservation=stay, is_refund=is_refund, **given)


def is_outgoing(payment: Payment) -> bool:
    """Whether the money goes from the house to the guest."""
    return payment.kind in (PaymentKind.REFUND, PaymentKind.CHARGEBACK)


def _was_on_a_folio(payment: Payment) -> bool:
    """Whether this gives back what a chargeback took from a folio."""
    back = payment.of
    if payment.kind != PaymentKind.REINSTATED or back is None or back.journal is None:
        return False
    return back.journal.kind == JournalKind.PAYMENT


def _open_window(payment: Payment, window: FolioWindow) -> FolioWindow:
    """The payment's window, or the one that takes its place."""
    if window.closed_at is None:
        return window
    folio = window.folio
    if folio.status == FolioStatus.CLOSED and folio.reservation is not None:
        folio = folio_open(reservation=folio.reservation)
    elif folio.status == FolioStatus.CLOSED:
        folio = account_open(place=payment.property, kind=folio.kind, name=folio.name)
    return (
        FolioWindow.objects.filter(Q(closed_at=None), folio=folio)
        .select_related("folio")
        .order_by("number")[0]
    )


def _book_difference(payment: Payment, gain: Money) -> None:
    """What foreign cash is worth more, or less, than it was credited with."""
    memo = Memo(reference=payment.number)
    event = event_begin(place=payment.property, kind=JournalKind.EXCHANGE, actor=payment.actor, memo=memo)
    entries = [
        EntryData(ledger=Ledger.PAYMENT, amount=gain, code=payment.code),
        EntryData(ledger=Ledger.FX, amount=-gain, code=payment.code),
    ]
    journal_record(event, entries)


def payment_save(payment: Payment, before: str) -> None:
    """Save a payment with a new version and tell when its status is another one."""
    payment.version += 1
    payment.save()
    if payment.status != before:
        publish(
            PaymentStatusChanged(
                property_id=payment.property_id,
                payment_id=payment.pk,
                kind=str(payment.kind),
                status=str(payment.status),
                before=str(before),
                folio_id=payment.window.folio_id if payment.window else None,
                reservation_id=payment.reservation_id,
                amount=payment.amount.amount,
                currency=payment.amount.currency.code,
            )
        )
