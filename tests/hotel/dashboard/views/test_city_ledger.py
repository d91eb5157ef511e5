"""The city ledger's pages: what debtors owe by age, and their payments, once."""

import uuid
from datetime import timedelta

import pytest
from moneyed import Money

from hotel.folios.models import CityAccount, CityAllocation, LedgerEntry
from hotel.folios.services.city_ledger import city_ledger_transfer
from tests.contracts.queries import queries_of
from tests.factories.folios import charge_make, city_account_make, folio_make

PAGE = "/dashboard/city-ledger"


@pytest.fixture
def debtor(house):
    """A firm that owes 110 and must pay at once."""
    account = city_account_make(house.place, name="Firm", payment_days=0)
    owed(house.place, account, 110)
    return account


def owed(place, account, amount):
    folio = folio_make(place)
    charge_make(folio, amount, code="food")
    return city_ledger_transfer(window=folio.windows.get(), account=account)


def text_of(response) -> str:
    return response.content.decode()


def test_debtors_are_listed_with_what_they_owe_and_the_sum(desk, debtor, house):
    owed(house.place, city_account_make(house.place, "C2", name="Agent"), 40)

    answer = desk.get(PAGE)

    assert [(account.name, int(ages["balance"].amount), int(ages["current"].amount)) for account, ages in answer.context["rows"]] == [
        ("Firm", 110, 110), ("Agent", 40, 40),
    ]  # fmt: skip
    assert answer.context["sums"]["balance"] == Money(150, "EUR")
    assert f'href="{PAGE}/{debtor.pk}"' in text_of(answer)


def test_what_is_past_its_day_is_overdue(desk, debtor, house):
    house.place.business_date += timedelta(days=31)
    house.place.save()

    answer = desk.get(PAGE)

    ((_, ages),) = answer.context["rows"]
    assert ages["days_60"] == ages["overdue"] == Money(110, "EUR")
    assert '<span class="tag bad">overdue</span>' in text_of(answer)


def test_a_payment_is_recorded_once_and_put_on_the_oldest_items(desk, debtor, code, send):
    page, key = f"{PAGE}/{debtor.pk}", uuid.uuid4()
    for _ in range(2):
        send(desk, page, "pay", key, code=code("bank"), amount="60.00", reference="May")
    assert [int(row.amount.amount) for row in LedgerEntry.objects.filter(ledger="city").order_by("pk")] == [
        110,
        -60,
    ]

    answer = send(desk, page, "allocate")

    assert "EUR 60.00 pays the oldest items." in text_of(answer)
    assert CityAllocation.objects.get().amount == Money(60, "EUR")
    assert answer.context["ages"]["balance"] == Money(50, "EUR")
    assert [int(row["open"].amount) for row in answer.context["items"]] == [50, 0]


@pytest.fixture
def accountant(cast, signed_in):
    return signed_in(cast.cy)


def item_of(account) -> int:
    return LedgerEntry.objects.filter(ledger="city", account=account).earliest("pk").pk


def test_an_item_is_given_up_once_whole_or_in_part(accountant, debtor, send):
    page, key, item = f"{PAGE}/{debtor.pk}", uuid.uuid4(), item_of(debtor)
    for _ in range(2):
        answer = send(accountant, page, "write_off", key, debit_id=item, amount="10.00", reason="Goodwill")
    assert answer.context["ages"]["balance"] == Money(100, "EUR")
    assert "the second time did nothing" in text_of(answer)

    key = uuid.uuid4()
    answer = send(accountant, page, "write_off", key, debit_id=item, reason="Bankrupt")
    again = send(accountant, page, "write_off", key, debit_id=item, reason="Bankrupt")

    assert "EUR 100.00 is given up." in text_of(answer)
    assert "the second time did nothing" in text_of(again)
    assert answer.context["ages"]["balance"] == Money(0, "EUR")
    assert "write_off" not in answer.context["forms"]
    losses = LedgerEntry.objects.filter(ledger="write_off").order_by("pk")
    assert [(entry.amount, entry.journal.reason) for entry in losses] == [
        (Money(10, "EUR"), "Goodwill"), (Money(100, "EUR"), "Bankrupt"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("case", "values", "told"),
    [
        ("no reason", {}, "This field is required."),
        ("more than is open", {"amount": "110.01", "reason": "x"}, "Only 110.00 EUR is open."),
        ("no item", {"debit_id": "0", "reason": "x"}, "Select a valid choice."),
    ],
)
def test_a_write_off_that_cannot_be_is_told_and_changes_nothing(accountant, debtor, send, case, values, told):
    answer = send(accountant, f"{PAGE}/{debtor.pk}", "write_off", **{"debit_id": item_of(debtor), **values})

    assert told in text_of(answer)
    assert not LedgerEntry.objects.filter(ledger="write_off").exists()


def test_only_who_may_write_off_sees_and_does_it(desk, debtor, send):
    page = f"{PAGE}/{debtor.pk}"

    assert "Write item off" not in text_of(desk.get(page))
    assert send(desk, page, "write_off", debit_id=item_of(debtor), reason="x").status_code == 403
    assert not LedgerEntry.objects.filter(ledger="write_off").exists()


def test_cash_and_cards_are_taken_elsewhere(desk, debtor):
    form = desk.get(f"{PAGE}/{debtor.pk}").context["forms"]["pay"]

    assert {name for _, name in form.fields["code"].choices} == {
        "Bank transfer",
        "Card, by terminal",
        "Voucher",
    }


def test_the_statement_is_a_link_to_its_pdf(desk, debtor):
    page = text_of(desk.get(f"{PAGE}/{debtor.pk}"))

    assert 'action="/api/v1/ledgers/city/items/statement/pdf"' in page
    assert f'name="account" value="{debtor.pk}"' in page


def test_the_city_ledger_needs_its_right_and_stays_within_the_property(debtor, cast, signed_in, code, send):
    page, values = f"{PAGE}/{debtor.pk}", {"code": code("bank"), "amount": "10"}

    assert signed_in(cast.di).get(PAGE).status_code == 403
    assert "Firm" not in text_of(signed_in(cast.eve).get(PAGE))
    assert signed_in(cast.eve).get(page).status_code == 404
    assert "Record payment" not in text_of(signed_in(cast.rae).get(page))
    assert send(signed_in(cast.rae), page, "pay", **values).status_code == 403
    assert LedgerEntry.objects.filter(ledger="city").count() == 1


def test_the_number_of_queries_does_not_grow(desk, debtor, house):
    desk.get(PAGE)
    few = len(queries_of(lambda: desk.get(PAGE)))
    for number in ("C2", "C3"):
        owed(house.place, city_account_make(house.place, number), 10)

    assert len(queries_of(lambda: desk.get(PAGE))) == few
    assert CityAccount.objects.count() == 3
    assert few <= 12
