"""Ledgers by API: the trial balance of a day, and what its figures are made of."""

import pytest

from hotel.folios.services.city_ledger import city_ledger_transfer
from tests.contracts.base import assert_problem
from tests.contracts.queries import queries_of
from tests.contracts.stage import ALL_RIGHTS
from tests.factories.folios import charge_make, city_account_make, folio_make, payment_make, vat_make

BALANCE = "/api/v1/ledgers/trial-balance"


@pytest.fixture
def posted(stage):
    vat_make(stage.alpha)
    folio = folio_make(stage.alpha)
    charge_make(folio, 11)
    payment_make(folio, 4)
    return stage.alpha


def test_every_ledger_is_shown_and_together_they_are_zero(stage, posted):
    answer = stage.client_of({"view_folios_area"}).get(BALANCE, {"property": posted.pk})

    body = answer.json()
    assert (answer.status_code, body["business_date"], body["currency"]) == (200, "2027-03-14", "EUR")
    assert body["difference"] == {"amount": "0.00", "currency": "EUR"}
    assert {
        row["ledger"]: row["closing"]["amount"] for row in body["lines"] if row["closing"]["amount"] != "0.00"
    } == {
        "guest": "7.00",
        "revenue": "-10.00",
        "tax": "-1.00",
        "payment": "4.00",
    }
    assert len(body["lines"]) == 12
    assert [(row["ledger"], row["code"], row["amount"]["amount"]) for row in body["movements"]] == [
        ("guest", "beverage", "11.00"),
        ("guest", "cash", "-4.00"),
        ("payment", "cash", "4.00"),
        ("revenue", "beverage", "-10.00"),
        ("tax", "VAT", "-1.00"),
    ]


def test_it_is_asked_for_a_property_one_may_see(stage, posted):
    stranger = stage.client_of({"view_folios_area"}, stage.beta)
    assert_problem(stranger.get(BALANCE, {"property": posted.pk}), 400, "invalid")
    assert_problem(stage.client_of({"view_rooms_area"}).get(BALANCE), 403, "permission_denied")
    assert_problem(stage.client_of({"view_folios_area"}).get(BALANCE), 400, "invalid")
    wrong = stage.client_of({"view_folios_area"}).get(BALANCE, {"property": posted.pk, "business_date": "x"})
    assert_problem(wrong, 400, "invalid")


def test_it_costs_few_queries(stage, posted):
    client = stage.client_of(ALL_RIGHTS)
    assert len(queries_of(lambda: client.get(BALANCE, {"property": posted.pk}))) <= 5


def test_entries_are_narrowed_to_what_a_figure_is_made_of(stage, posted):
    client = stage.client_of({"view_folios_area"})
    found = client.get("/api/v1/ledgers/entries", {"ledger": "tax", "business_date": "2027-03-14"}).json()
    (row,) = found["results"]
    assert (row["amount"]["amount"], row["code_name"]) == ("-1.00", "VAT")
    journal = client.get(f"/api/v1/ledgers/journals/{row['journal']}").json()
    assert (journal["kind"], [entry["ledger"] for entry in journal["entries"]]) == (
        "charge",
        ["tax", "revenue", "guest"],
    )


def test_a_debtor_to_whom_something_was_moved_stays(stage):
    account, unused = city_account_make(stage.alpha), city_account_make(stage.alpha, "C2")
    folio = folio_make(stage.alpha)
    charge_make(folio, 5)
    city_ledger_transfer(window=folio.windows.get(), account=account)
    client = stage.client_of(ALL_RIGHTS)
    assert_problem(client.delete(f"/api/v1/ledgers/accounts/{account.pk}"), 409, "in_use")
    assert client.delete(f"/api/v1/ledgers/accounts/{unused.pk}").status_code == 204
