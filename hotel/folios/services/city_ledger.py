"""The ledger's side of the city ledger: balances of windows moved to debtors, and debtors' payments."""

from django.db import transaction
from moneyed import Money

from hotel.accounts.models import User
from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.money import in_words
from hotel.core.words import _
from hotel.folios.choices import JournalKind, Ledger
from hotel.folios.models import CityAccount, FolioWindow, Journal, Posting, TransactionCode
from hotel.folios.selectors.balances import account_balances, window_balances
from hotel.folios.services.codes import payment_code_check, standard_code
from hotel.folios.services.journal import (
    EntryData,
    event_begin,
    journal_of_source,
    journal_post,
    journal_record,
    posted_facts,
    windows_locked,
)
from hotel.folios.services.posting_data import NOTHING, Memo, Placed, PostingData
from hotel.folios.services.postings import amount_checked


@transaction.atomic
def city_ledger_transfer(
    *,
    window: FolioWindow,
    account: CityAccount,
    amount: Money | None = None,
    actor: User | None = None,
    memo: Memo = NOTHING,
) -> Posting:
    """Let a debtor owe what a window owes: a payment on the folio and a debit of the account, both or neither.

    Undone by reversing the posting, as long as the window is open.

    Args:
        amount: > 0; the window's balance unless given.
        actor: who does it; None for the house itself.
        memo: description and reference.

    Publishes: ChargePosted.

    Raises:
        InvalidInput: ``amount_invalid``, an account of another property (``account_invalid``).
        Conflict: the account takes nothing any more (``account_closed``); nothing is owed (``balance_settled``).
        RuleBroken: more than the window owes (``amount_above_balance``); above what the account may owe
            (``credit_limit_exceeded``).
        WindowClosed: the window takes nothing any more.

    Locks: the property (shared), the windows of the folio, the account.
    """
    event = event_begin(place=window.property, kind=JournalKind.CITY_TRANSFER, actor=actor, memo=memo)
    target = windows_locked([window.folio_id])[window.folio_id][window.number]
    debtor = _account_locked(account, window.property_id)
    balance = window_balances(window.property_id, [window.pk])[window.pk]
    if balance.amount <= 0:
        raise Conflict(_("Nothing is owed on this window."), code="balance_settled")
    moved = balance if amount is None else amount_checked(window.property, amount)
    if moved > balance:
        raise RuleBroken(
            _("The window owes %(balance)s only.") % {"balance": in_words(balance)},
            code="amount_above_balance",
            extra={"balance": str(balance.amount)},
        )
    _check_limit(debtor, moved)
    line = PostingData(
        folio_id=target.folio_id,
        window_id=target.pk,
        code=standard_code(window.property, "city_ledger"),
        net=-moved,
        description=memo.description or f"To account {debtor.number}, {debtor.name}"[:200],
    )
    made = journal_post(event, [Placed(line, target)], debtor)
    publish(*posted_facts(made))
    return made[0]


@transaction.atomic
def city_payment_post(
    *,
    account: CityAccount,
    code: TransactionCode,
    amount: Money,
    actor: User | None = None,
    is_refund: bool = False,
    memo: Memo = NOTHING,
) -> Journal:
    """Record what a debtor paid, or was paid back. Repeatable for a memo with a source.

    Args:
        code: of the kind payment: how it was paid.
        amount: > 0, in the property's currency.

    Raises:
        InvalidInput: ``amount_invalid``, ``code_invalid``.

    Locks: the property (shared), the account.
    """
    place = account.property
    amount = amount_checked(place, amount)
    payment_code_check(place, code, source=memo.source)
    event = event_begin(place=place, kind=JournalKind.CITY_PAYMENT, actor=actor, memo=memo)
    (debtor,) = lock_rows(CityAccount.objects.filter(pk=account.pk))
    if known := journal_of_source(place, memo):
        return known
    paid = -amount if is_refund else amount
    return journal_record(
        event,
        [
            EntryData(ledger=Ledger.PAYMENT, amount=paid, code=code),
            EntryData(ledger=Ledger.CITY, amount=-paid, code=code, account=debtor),
        ],
    )


def _account_locked(account: CityAccount, property_id: int) -> CityAccount:
    (fresh,) = lock_rows(CityAccount.objects.filter(pk=account.pk))
    if fresh.property_id != property_id:
        raise InvalidInput(_("The account is of another property."), code="account_invalid")
    if not fresh.is_active:
        raise Conflict(_("The account takes nothing any more."), code="account_closed")
    return fresh


def _check_limit(debtor: CityAccount, moved: Money) -> None:
    limit = debtor.credit_limit
    if limit is None:
        return
    left = limit - account_balances(debtor.property_id, [debtor.pk])[debtor.pk]
    if moved > left:
        raise RuleBroken(
            _("The account %(debtor)s may owe %(limit)s; %(left)s are left.")
            % {"debtor": debtor.number, "limit": in_words(limit), "left": in_words(left)},
            code="credit_limit_exceeded",
            extra={"limit": str(limit.amount), "left": str(left.amount)},
        )
