"""The city ledger through the API."""

import pytest

from hotel.folios.models import CityAllocation, CityReminder
from hotel.folios.services.codes import standard_code
from hotel.properties.scoping import codename
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.contracts.queries import QueryContract
from tests.contracts.stage import ALL_VIEWS
from tests.factories.documents import city_allocation_make, city_owes, city_paid, city_reminder_make
from tests.factories.folios import city_account_make

CITY = "/api/v1/ledgers/city"
CLERK = ALL_VIEWS | {codename(verb, "folios") for verb in ("post", "manage", "write_off")}
EUR_4 = {"amount": "4.00", "currency": "EUR"}


class TestAllocations(ReadContract, QueryContract):
    model, url, area = CityAllocation, f"{CITY}/allocations", "folios"

    def make(self, place, n):
        return city_allocation_make(place, f"A{n}")


class TestReminders(ReadContract, QueryContract):
    model, url, area = CityReminder, f"{CITY}/reminders", "folios"

    def make(self, place, n):
        return city_reminder_make(place, f"R{n}")


@pytest.fixture
def client(stage):
    return stage.client_of(CLERK)


@pytest.fixture
def account(stage):
    return city_account_make(stage.alpha)


def test_items_show_what_is_open_and_how_old(client, account):
    item = city_owes(account, 11)
    told = client.get(f"{CITY}/items/{account.pk}").json()
    assert [(row["entry"], row["amount"], row["open"]) for row in told["items"]] == [(item, "11.00", "11.00")]
    assert (told["aging"]["current"], told["aging"]["balance"], told["currency"]) == ("11.00", "11.00", "EUR")
    (listed,) = client.get(f"{CITY}/items").json()["results"]
    assert listed == told


def test_a_debtor_pays_and_his_payment_pays_the_oldest_item(client, account, stage):
    item = city_owes(account, 11)
    body = {"account": account.pk, "code": standard_code(stage.alpha, "bank").pk, "amount": EUR_4}
    answer = client.post(f"{CITY}/items/payments", body, format="json")
    assert (answer.status_code, answer.json()["aging"]["unallocated"]) == (201, "-4.00")
    (made,) = client.post(f"{CITY}/allocations", {"account": account.pk}, format="json").json()
    assert (made["debit"], made["amount"]) == (item, EUR_4)
    undone = client.post(f"{CITY}/allocations/{made['id']}/undo")
    assert undone.json()["undone_on"] == stage.alpha.business_date.isoformat()
    assert_problem(client.post(f"{CITY}/allocations/{made['id']}/undo"), 409, "allocation_undone")


def test_a_named_payment_pays_a_named_item(client, account):
    item, paid = city_owes(account, 11), city_paid(account, 11)
    body = {"account": account.pk, "debit": item, "credit": paid, "amount": EUR_4}
    (made,) = client.post(f"{CITY}/allocations", body, format="json").json()
    assert made["amount"] == EUR_4
    assert_problem(
        client.post(f"{CITY}/allocations", {"account": account.pk, "debit": item}, format="json"),
        400,
        "invalid",
    )


def test_an_item_is_given_up(client, account):
    body = {"account": account.pk, "debit": city_owes(account, 11), "reason": "Bankrupt"}
    answer = client.post(f"{CITY}/items/write-off", body, format="json")
    assert (answer.status_code, answer.json()["aging"]["balance"]) == (201, "0.00")


def test_giving_up_needs_its_right(stage, account):
    poster = stage.client_of(ALL_VIEWS | {codename("post", "folios")})
    body = {"account": account.pk, "debit": city_owes(account, 11), "reason": "Bankrupt"}
    assert_problem(poster.post(f"{CITY}/items/write-off", body, format="json"), 403, "permission_denied")
    assert not CityAllocation.objects.exists()


@pytest.mark.pdf
def test_a_statement_is_shown_and_printed(client, account):
    city_owes(account, 11)
    query = {"account": account.pk, "since": "2027-03-01", "until": "2027-03-31"}
    assert client.get(f"{CITY}/items/statement", query).json()["closing"] == "11.00"
    printed = client.get(f"{CITY}/items/statement/pdf", query)
    assert (printed["Content-Type"], printed.content[:5]) == ("application/pdf", b"%PDF-")
    assert_problem(client.get(f"{CITY}/items/statement", {**query, "until": "2027-02-01"}), 400, "invalid")


def test_a_reminder_that_is_not_due_is_refused(client, account):
    assert_problem(
        client.post(f"{CITY}/reminders", {"account": account.pk}, format="json"), 409, "nothing_overdue"
    )


def test_accounts_of_others_do_not_exist(client, stage):
    theirs = city_account_make(stage.beta)
    assert_problem(client.get(f"{CITY}/items/{theirs.pk}"), 404, "not_found")
    assert_problem(client.post(f"{CITY}/allocations", {"account": theirs.pk}, format="json"), 400, "invalid")
