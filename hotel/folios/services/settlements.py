"""The ledger's side of money: payments and refunds on windows."""

from django.db import transaction
from moneyed import Money

from hotel.accounts.models import User
from hotel.contracts.folios import PaymentReceived, RefundIssued
from hotel.core.facts import publish
from hotel.folios.choices import JournalKind
from hotel.folios.models import FolioWindow, Posting, TransactionCode
from hotel.folios.services.codes import payment_code_check
from hotel.folios.services.folios import fact_values
from hotel.folios.services.journal import event_begin, journal_post
from hotel.folios.services.posting_data import NOTHING, Memo, PostingData
from hotel.folios.services.postings import amount_checked, postings_of_source
from hotel.folios.services.routing import lines_placed


@transaction.atomic
def payment_post(
    *,
    window: FolioWindow,
    code: TransactionCode,
    amount: Money,
    actor: User | None = None,
    is_refund: bool = False,
    memo: Memo = NOTHING,
) -> Posting:
    """Post money that came in for a window, or was paid back from it. Repeatable for a memo with a source.

    Args:
        window: what it settles; payments are not routed.
        code: of the kind payment: the way of payment.
        amount: > 0, in the property's currency.
        actor: who took it; None for the house itself.
        is_refund: the money goes back to the payer.
        memo: description, reference, source.

    Returns:
        The posting: below zero for a payment, above for a refund; that of the first time when it is repeated.

    Publishes: PaymentReceived or RefundIssued.

    Raises:
        InvalidInput: an amount or code that makes no payment (``amount_invalid``, ``code_invalid``).
        WindowClosed: the window takes nothing any more.

    Locks: the property (shared), the windows of the folio.
    """
    place = window.property
    amount = amount_checked(place, amount)
    payment_code_check(place, code, source=memo.source)
    event = event_begin(place=place, kind=JournalKind.PAYMENT, actor=actor, memo=memo)
    line = PostingData(
        folio_id=window.folio_id,
        window_id=window.pk,
        code=code,
        net=amount if is_refund else -amount,
        source_key=memo.source_key if memo.source else "",
    )
    placed = lines_placed(event, [line])
    if not placed:
        return postings_of_source(place, memo.source, memo.source_key)[0]
    (posting,) = journal_post(event, placed)
    fact = RefundIssued if is_refund else PaymentReceived
    publish(
        fact(
            **fact_values(posting.window.folio),
            posting_id=posting.pk,
            code=code.code,
            amount=amount.amount,
            currency=amount.currency.code,
        )
    )
    return posting
