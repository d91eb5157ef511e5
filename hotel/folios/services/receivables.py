"""The city ledger: payments put on items and taken off again, and what is given up."""

from decimal import Decimal

from django.db import transaction
from moneyed import Money

from hotel.accounts.models import User
from hotel.core.exceptions import Conflict, NotFound, RuleBroken
from hotel.core.locks import lock_rows
from hotel.core.money import in_words
from hotel.core.words import _
from hotel.folios.choices import JournalKind, Ledger
from hotel.folios.domain.receivables import matches
from hotel.folios.models import CityAccount, CityAllocation, LedgerEntry
from hotel.folios.selectors.receivables import CityItem, city_items, open_items
from hotel.folios.services.journal import EntryData, event_begin, journal_record
from hotel.folios.services.posting_data import Memo
from hotel.folios.services.postings import amount_checked
from hotel.properties.services.business_days import business_day_hold


@transaction.atomic
def allocation_make(
    *,
    account: CityAccount,
    debit_id: int,
    credit_id: int,
    amount: Money | None = None,
    actor: User | None = None,
) -> CityAllocation:
    """Let a payment pay an item of the same account.

    Args:
        debit_id, credit_id: ledger entries: the item and the payment.
        amount: > 0; as much as is open of both unless given.
        actor: who does it; None for the house itself.

    Raises:
        NotFound: no such item or payment on this account.
        RuleBroken: more than is open of one of them (``allocation_too_large``).
        Conflict: nothing is open of one of them (``item_settled``).

    Locks: the property (shared), the account.
    """
    day, debtor = business_day_hold(place=account.property), account_locked(account)
    items = {item.entry_id: item for item in city_items([debtor])[debtor.pk]}
    item, payment = _named(items, debit_id, is_debit=True), _named(items, credit_id, is_debit=False)
    most = min(item.open, -payment.open)
    if most <= 0:
        raise Conflict(_("Nothing of this item, or of this payment, is open."), code="item_settled")
    wanted = most if amount is None else amount_checked(debtor.property, amount).amount
    currency = str(debtor.property.currency)
    if wanted > most:
        text = _("Only %(money)s can be allocated.") % {"money": in_words(Money(most, currency))}
        raise RuleBroken(text, code="allocation_too_large", extra={"open": str(most)})
    return CityAllocation.objects.create(
        property=debtor.property,
        account=debtor,
        debit_id=debit_id,
        credit_id=credit_id,
        amount=Money(wanted, currency),
        allocated_on=day,
        actor=actor,
    )


@transaction.atomic
def allocations_oldest_first(*, account: CityAccount, actor: User | None = None) -> list[CityAllocation]:
    """Let all that is paid pay the items, the oldest first. Repeatable: then there is nothing left to do.

    Locks: the property (shared), the account.
    """
    day, debtor = business_day_hold(place=account.property), account_locked(account)
    found = matches(open_items(city_items([debtor])[debtor.pk]))
    currency = str(debtor.property.currency)
    return CityAllocation.objects.bulk_create(
        CityAllocation(
            property=debtor.property,
            account=debtor,
            debit_id=debit_id,
            credit_id=credit_id,
            amount=Money(amount, currency),
            allocated_on=day,
            actor=actor,
        )
        for debit_id, credit_id, amount in found
    )


@transaction.atomic
def allocation_undo(*, allocation: CityAllocation, actor: User | None = None) -> CityAllocation:
    """Take a payment off an item again; both are open as before.

    Raises:
        Conflict: undone before (``allocation_undone``).

    Locks: the property (shared), the account.
    """
    day = business_day_hold(place=allocation.property)
    account_locked(allocation.account)
    (fresh,) = lock_rows(CityAllocation.objects.filter(pk=allocation.pk))
    if fresh.undone_on is not None:
        raise Conflict(_("This allocation is undone already."), code="allocation_undone")
    fresh.undone_on, fresh.undone_by = day, actor
    fresh.save(update_fields=["undone_on", "undone_by", "updated_at"])
    return fresh


@transaction.atomic
def item_write_off(
    *,
    account: CityAccount,
    debit_id: int,
    reason: str,
    amount: Money | None = None,
    actor: User | None = None,
) -> CityAllocation:
    """Give up what is open of an item, or a part of it: a loss on the ledger of what is written off.

    Args:
        debit_id: the ledger entry of the item.
        reason: noted in the journal.
        amount: > 0; all that is open unless given.
        actor: who does it; None for the house itself.

    Returns:
        The allocation of the loss to the item.

    Raises:
        NotFound, Conflict, RuleBroken: as ``allocation_make``; no reason (``reason_required``).

    Locks: the property (shared), the account.
    """
    if not reason.strip():
        raise RuleBroken(_("Say why it is given up."), code="reason_required")
    place = account.property
    event = event_begin(place=place, kind=JournalKind.WRITE_OFF, actor=actor, memo=Memo(reason=reason))
    debtor = account_locked(account)
    items = {item.entry_id: item for item in city_items([debtor])[debtor.pk]}
    left = _named(items, debit_id, is_debit=True).open
    wanted = left if amount is None else amount_checked(place, amount).amount
    if left <= 0:
        raise Conflict(_("Nothing of this item is open."), code="item_settled")
    currency = str(place.currency)
    if wanted > left:
        text = _("Only %(money)s is open.") % {"money": in_words(Money(left, currency))}
        raise RuleBroken(text, code="allocation_too_large", extra={"open": str(left)})
    loss = Money(wanted, currency)
    journal = journal_record(
        event,
        [
            EntryData(ledger=Ledger.WRITE_OFF, amount=loss),
            EntryData(ledger=Ledger.CITY, amount=-loss, account=debtor),
        ],
    )
    credit = LedgerEntry.objects.get(journal=journal, ledger=Ledger.CITY)
    return allocation_make(account=debtor, debit_id=debit_id, credit_id=credit.pk, amount=loss, actor=actor)


def account_locked(account: CityAccount) -> CityAccount:
    """Lock an account and return it fresh, with its property.

    Raises:
        LockRefused: somebody else holds it.
    """
    (fresh,) = lock_rows(CityAccount.objects.filter(pk=account.pk).select_related("property"))
    return fresh


def _named(items: dict[int, CityItem], entry_id: int, *, is_debit: bool) -> CityItem:
    item = items.get(entry_id)
    if item is None or (item.amount > Decimal(0)) != is_debit:
        raise NotFound(_("There is no such item or payment on this account."))
    return item
