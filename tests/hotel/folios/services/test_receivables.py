"""The city ledger: payments on items, never more than is open, and undone as it was."""

from datetime import timedelta

import pytest
from moneyed import Money

from hotel.core.exceptions import Conflict, NotFound, RuleBroken
from hotel.folios.models import CityAllocation, LedgerEntry
from hotel.folios.selectors.balances import account_balances
from hotel.folios.selectors.receivables import city_items
from hotel.folios.services.city_ledger import city_ledger_transfer
from hotel.folios.services.receivables import (
    allocation_make,
    allocation_undo,
    allocations_oldest_first,
    item_write_off,
)
from tests.cast import TODAY
from tests.factories.documents import city_owes, city_paid, drinks_make, invoice_make
from tests.factories.folios import city_account_make, money
from tests.together import together


def left(account) -> list[tuple[str, str]]:
    """Amount and what is open of each item, in order."""
    return [(str(item.amount), str(item.open)) for item in city_items([account])[account.pk]]


@pytest.fixture
def account(cast):
    return city_account_make(cast.alpha)


def test_items_name_their_document_and_when_they_are_due(cast, account):
    folio = drinks_make(cast.alpha, 11)
    city_ledger_transfer(window=folio.windows.get(), account=account)
    invoice = invoice_make(cast.alpha, folio)
    (item,) = city_items([account])[account.pk]
    assert (str(item.amount), str(item.open), item.kind, item.invoice) == (
        "11.00",
        "11.00",
        "city_transfer",
        invoice.number_text,
    )
    assert (item.business_date, item.due_on) == (TODAY, TODAY + timedelta(days=30))


def test_a_payment_pays_an_item(cast, account):
    item, paid = city_owes(account, 11), city_paid(account, 8)
    made = allocation_make(account=account, debit_id=item, credit_id=paid, actor=cast.cy)
    assert (made.amount, made.allocated_on, made.actor) == (Money(8, "EUR"), TODAY, cast.cy)
    assert left(account) == [("11.00", "3.00"), ("-8.00", "0.00")]


def test_an_allocation_is_undone_once(cast, account):
    item, paid = city_owes(account, 11), city_paid(account, 8)
    made = allocation_make(account=account, debit_id=item, credit_id=paid)
    allocation_undo(allocation=made, actor=cast.cy)
    assert left(account) == [("11.00", "11.00"), ("-8.00", "-8.00")]
    with pytest.raises(Conflict) as refused:
        allocation_undo(allocation=made)
    assert refused.value.code == "allocation_undone"
    assert CityAllocation.objects.get().undone_by == cast.cy


def test_more_than_is_open_is_not_allocated(cast, account):
    item, paid = city_owes(account, 11), city_paid(account, 8)
    with pytest.raises(RuleBroken) as refused:
        allocation_make(account=account, debit_id=item, credit_id=paid, amount=money(cast.alpha, 9))
    assert refused.value.code == "allocation_too_large"
    allocation_make(account=account, debit_id=item, credit_id=paid)
    with pytest.raises(Conflict) as settled:
        allocation_make(account=account, debit_id=item, credit_id=paid)
    assert settled.value.code == "item_settled"
    assert CityAllocation.objects.count() == 1


def test_only_items_and_payments_of_the_account_are_allocated(cast, account):
    other = city_account_make(cast.alpha, "C2")
    item, paid, foreign = city_owes(account, 11), city_paid(account, 8), city_paid(other, 8)
    for debit, credit in [(item, foreign), (paid, item), (item, 0)]:
        with pytest.raises(NotFound):
            allocation_make(account=account, debit_id=debit, credit_id=credit)
    assert not CityAllocation.objects.exists()


def test_all_payments_pay_the_oldest_items_once(cast, account):
    city_owes(account, 11)
    city_owes(account, 20)
    city_paid(account, 15)
    assert [str(made.amount.amount) for made in allocations_oldest_first(account=account)] == [
        "11.00",
        "4.00",
    ]
    assert allocations_oldest_first(account=account) == []
    assert left(account) == [("11.00", "0.00"), ("20.00", "16.00"), ("-15.00", "0.00")]


def test_what_is_given_up_is_a_loss(cast, account):
    item = city_owes(account, 11)
    item_write_off(account=account, debit_id=item, reason="Bankrupt", amount=money(cast.alpha, 4))
    assert left(account) == [("11.00", "7.00"), ("-4.00", "0.00")]
    assert account_balances(cast.alpha.pk, [account.pk]) == {account.pk: Money("7.00", "EUR")}
    assert LedgerEntry.objects.get(ledger="write_off").amount == Money(4, "EUR")


@pytest.mark.parametrize(
    ("reason", "amount", "code"), [(" ", 4, "reason_required"), ("Bankrupt", 12, "allocation_too_large")]
)
def test_what_cannot_be_given_up(cast, account, reason, amount, code):
    item = city_owes(account, 11)
    with pytest.raises(RuleBroken) as refused:
        item_write_off(account=account, debit_id=item, reason=reason, amount=money(cast.alpha, amount))
    assert refused.value.code == code
    assert left(account) == [("11.00", "11.00")]


@pytest.mark.django_db(transaction=True)
def test_two_who_allocate_at_once_spend_a_payment_once(cast):
    account = city_account_make(cast.alpha)
    items, paid = [city_owes(account, 11), city_owes(account, 11)], city_paid(account, 11)
    together(
        *[lambda item=item: allocation_make(account=account, debit_id=item, credit_id=paid) for item in items]
    )
    assert sorted(left(account)) == [("-11.00", "0.00"), ("11.00", "0.00"), ("11.00", "11.00")]


def test_an_account_owes_no_more_than_its_limit(cast, account):
    account.credit_limit = Money(20, "EUR")
    account.save()
    city_owes(account, 15)
    folio = drinks_make(cast.alpha, 11)
    with pytest.raises(RuleBroken) as refused:
        city_ledger_transfer(window=folio.windows.get(), account=account)
    assert (refused.value.code, refused.value.extra) == (
        "credit_limit_exceeded",
        {"limit": "20.000", "left": "5.000"},
    )
    assert len(left(account)) == 1
