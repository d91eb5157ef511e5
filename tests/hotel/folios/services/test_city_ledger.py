"""The city ledger: what a window owes becomes a debtor's debt, both or neither."""

import pytest
from moneyed import Money

from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.folios.models import LedgerEntry, Posting
from hotel.folios.selectors.balances import account_balances, folio_balances
from hotel.folios.services.city_ledger import city_ledger_transfer, city_payment_post
from hotel.folios.services.codes import standard_code
from hotel.folios.services.corrections import posting_reverse
from hotel.folios.services.folios import folio_close
from hotel.folios.services.posting_data import Memo
from tests.factories.folios import charge_make, city_account_make, folio_make, money, payment_make
from tests.together import together


@pytest.fixture
def owing(cast):
    folio = folio_make(cast.alpha)
    charge_make(folio, 100)
    return folio, city_account_make(cast.alpha)


def owed(account) -> Money:
    return account_balances(account.property_id, [account.pk])[account.pk]


def test_a_debtor_owes_what_the_window_owed(cast, owing, entries):
    folio, account = owing

    posting = city_ledger_transfer(window=folio.windows.get(), account=account, actor=cast.bo)

    assert entries(posting) == [("guest", "city_ledger", "-100.000"), ("city", "city_ledger", "100.000")]
    assert posting.description == "To account C1, Debtor"
    assert owed(account) == Money(100, "EUR")
    assert folio_balances(cast.alpha.pk, [folio.pk]) == {folio.pk: Money(0, "EUR")}
    assert folio_close(folio=folio).status == "closed"


def test_a_part_may_go(cast, owing):
    folio, account = owing
    city_ledger_transfer(window=folio.windows.get(), account=account, amount=money(cast.alpha, 60))
    assert owed(account) == Money(60, "EUR")
    with pytest.raises(RuleBroken) as refused:
        city_ledger_transfer(window=folio.windows.get(), account=account, amount=money(cast.alpha, "40.01"))
    assert (refused.value.code, refused.value.extra) == ("amount_above_balance", {"balance": "40.000"})
    assert owed(account) == Money(60, "EUR")


def test_it_is_undone_by_taking_the_posting_back(owing):
    folio, account = owing
    posting = city_ledger_transfer(window=folio.windows.get(), account=account)

    posting_reverse(posting=Posting.objects.get(pk=posting.pk))

    assert owed(account) == Money(0, "EUR")
    assert set(LedgerEntry.objects.filter(ledger="city").values_list("account", flat=True)) == {account.pk}


def test_what_cannot_be_owed_is_refused(cast, owing):
    folio, account = owing
    retired = city_account_make(cast.alpha, "C2", is_active=False)
    settled = folio_make(cast.alpha, name="Settled")
    payment_make(settled, 5)
    for window, debtor, code in (
        (folio.windows.get(), retired, "account_closed"),
        (folio.windows.get(), city_account_make(cast.beta), "account_invalid"),
        (settled.windows.get(), account, "balance_settled"),
    ):
        with pytest.raises((Conflict, InvalidInput)) as refused:
            city_ledger_transfer(window=window, account=debtor)
        assert refused.value.code == code
    assert not LedgerEntry.objects.filter(ledger="city").exists()


def test_a_debtor_pays_and_is_paid_back(cast, owing):
    folio, account = owing
    city_ledger_transfer(window=folio.windows.get(), account=account)
    bank, memo = standard_code(cast.alpha, "bank"), Memo(source="bank", source_key="st-1")

    first, again = (
        city_payment_post(account=account, code=bank, amount=money(cast.alpha, 70), memo=memo)
        for _ in range(2)
    )
    assert first.pk == again.pk
    assert owed(account) == Money(30, "EUR")
    city_payment_post(account=account, code=bank, amount=money(cast.alpha, 10), is_refund=True)
    assert owed(account) == Money(40, "EUR")
    assert [(row.ledger, str(row.amount.amount)) for row in first.entries.order_by("pk")] == [
        ("payment", "70.000"),
        ("city", "-70.000"),
    ]


def test_debtors_pay_with_ways_of_payment(cast, owing):
    with pytest.raises(InvalidInput) as refused:
        city_payment_post(
            account=owing[1], code=standard_code(cast.alpha, "room"), amount=money(cast.alpha, 1)
        )
    assert refused.value.code == "code_invalid"


@pytest.mark.django_db(transaction=True)
def test_of_two_transfers_at_once_one_is_made(cast):
    folio, account = folio_make(cast.alpha), city_account_make(cast.alpha)
    charge_make(folio, 100)
    window = folio.windows.get()
    answers = together(*[lambda: city_ledger_transfer(window=window, account=account)] * 2)
    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "Posting"]
    assert owed(account) == Money(100, "EUR")
