"""Folios by API: opened, split into windows, settled, closed; what may be done is told with reasons."""

import pytest

from hotel.folios.models import Folio, FolioWindow, Posting, RoutingRule
from hotel.folios.services.codes import standard_code
from hotel.folios.services.deposits import deposit_post
from hotel.folios.services.folios import window_open
from tests.contracts.base import assert_problem
from tests.contracts.permissions import Case, assert_case
from tests.contracts.queries import assert_constant, queries_of
from tests.contracts.stage import ALL_RIGHTS
from tests.factories.folios import (
    charge_make,
    city_account_make,
    folio_make,
    guest_folio_make,
    money,
    payment_make,
    routing_rule_make,
)
from tests.factories.guests import company_make, guest_make
from tests.factories.properties import chain_make
from tests.factories.rates import package_make
from tests.factories.reservations import house_make

FOLIOS = "/api/v1/folios"

TABLE = [
    Case("post", f"{FOLIOS}/{{folio}}/close", "manage_folios_area", 200, {}),
    Case("post", f"{FOLIOS}/{{folio}}/windows", "manage_folios_area", 201, {"label": "Extras"}),
    Case("post", f"{FOLIOS}/{{stay}}/use-deposits", "post_folios_area", 200, {}),
    Case("get", f"{FOLIOS}/{{folio}}/statement", "view_folios_area", 200),
    Case("patch", f"{FOLIOS}/windows/{{window}}", "manage_folios_area", 200, {"label": "Extras"}),
    Case("post", f"{FOLIOS}/routing-rules/{{rule}}/end", "manage_folios_area", 200, {}),
]


@pytest.mark.parametrize("case", TABLE, ids=str)
def test_permissions(case, stage):
    folio = folio_make(stage.alpha)
    values = {
        "folio": folio.pk,
        "window": folio.windows.get().pk,
        "stay": guest_folio_make(stage.alpha).pk,
        "rule": routing_rule_make(stage.alpha).pk,
    }
    assert_case(case, stage, **values)


@pytest.fixture
def client(stage):
    return stage.client_of(ALL_RIGHTS)


def denied(answer) -> dict[str, str]:
    return {row["name"]: row["code"] for row in answer.json()["actions"] if not row["is_allowed"]}


def test_an_account_is_opened_for_a_company(stage, client):
    company = company_make(stage.alpha)
    body = {"property": stage.alpha.pk, "kind": "master", "name": "Wedding", "company": company.pk}
    answer = client.post(FOLIOS, body)
    assert answer.status_code == 201, answer.content
    assert [(row["number"], row["company"]) for row in answer.json()["windows"]] == [(1, company.pk)]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "guest"}, "reservation"),
        ({"kind": "house"}, "name"),
        ({"kind": "nobody"}, "kind"),
    ],
)
def test_what_is_no_account_is_refused(stage, client, body, field):
    answer = client.post(FOLIOS, {"property": stage.alpha.pk, **body})
    assert_problem(answer, 400, "invalid")
    assert list(answer.json()["fields"]) == [field]
    assert not Folio.objects.exists()


def test_what_may_be_done_is_told_with_reasons(stage, client):
    folio = folio_make(stage.alpha)
    path = f"{FOLIOS}/{folio.pk}"
    assert denied(client.get(path)) == {"reopen": "folio_open"}
    charge_make(folio, 10)
    answer = client.get(path)
    assert denied(answer) == {"close": "balance_open", "reopen": "folio_open"}
    assert answer.json()["balance"] == {"amount": "10.00", "currency": "EUR"}
    assert_problem(client.post(f"{path}/close", {}), 409, "balance_open")
    payment_make(folio, 10)

    closed = client.post(f"{path}/close", {})

    assert (closed.status_code, closed.json()["status"], closed.json()["closed_on"]) == (
        200,
        "closed",
        "2027-03-14",
    )
    assert set(denied(closed).values()) == {"folio_closed"}
    assert client.post(f"{path}/reopen", {}).json()["status"] == "open"


def test_a_stale_version_is_refused(stage, client):
    folio = folio_make(stage.alpha)
    path = f"{FOLIOS}/{folio.pk}/windows"
    added = client.post(path, {}, HTTP_IF_MATCH='"v1"')
    assert (added.status_code, added["ETag"]) == (201, '"v2"')
    assert_problem(client.post(path, {}, HTTP_IF_MATCH='"v1"'), 412, "version_conflict")
    assert folio.windows.count() == 2


def test_a_window_gets_another_payer(stage, client):
    window = folio_make(stage.alpha).windows.get()
    guest, company = guest_make(stage.alpha), company_make(stage.alpha)
    path = f"{FOLIOS}/windows/{window.pk}"
    client.patch(path, {"guest": guest.pk})
    answer = client.patch(path, {"company": company.pk, "label": "Acme"})
    assert (answer.json()["guest"], answer.json()["company"], answer.json()["label"]) == (
        None,
        company.pk,
        "Acme",
    )
    both = client.patch(path, {"company": company.pk, "guest": guest.pk})
    assert_problem(both, 400, "invalid")


def test_a_payer_of_another_chain_is_refused(stage, client):
    company = company_make(stage.alpha)
    type(company).objects.filter(pk=company.pk).update(chain=chain_make())
    answer = client.post(f"{FOLIOS}/{folio_make(stage.alpha).pk}/windows", {"company": company.pk})
    assert_problem(answer, 422, "other_chain")
    assert FolioWindow.objects.count() == 1


def test_a_statement_shows_each_window_with_running_balances(stage, client):
    folio = folio_make(stage.alpha)
    second = window_open(folio=folio, label="Extras")
    charge_make(folio, 30)
    charge_make(folio, 7, window=second)
    payment_make(folio, 10)

    answer = client.get(f"{FOLIOS}/{folio.pk}/statement")

    shown = [
        (row["number"], row["opening"]["amount"], [line["balance"]["amount"] for line in row["lines"]], row["closing"]["amount"])
        for row in answer.json()
    ]  # fmt: skip
    assert shown == [(1, "0.00", ["30.00", "20.00"], "20.00"), (2, "0.00", ["7.00"], "7.00")]
    later = client.get(f"{FOLIOS}/{folio.pk}/statement", {"since": "2027-03-15"}).json()
    assert [(row["opening"]["amount"], row["lines"]) for row in later] == [("20.00", []), ("7.00", [])]
    assert_problem(client.get(f"{FOLIOS}/{folio.pk}/statement", {"since": "soon"}), 400, "invalid")


def test_deposits_are_used_once(stage, client):
    folio = guest_folio_make(stage.alpha)
    deposit_post(
        reservation=folio.reservation, code=standard_code(stage.alpha, "card"), amount=money(stage.alpha, 50)
    )
    path = f"{FOLIOS}/{folio.pk}/use-deposits"

    first, again = (client.post(path, {}) for _ in range(2))

    assert [row["gross"]["amount"] for row in first.json()["postings"]] == ["-50.00"]
    assert first.json()["folio"]["balance"]["amount"] == "-50.00"
    assert (again.status_code, again.json()["postings"]) == (200, [])
    assert_problem(
        client.post(f"{FOLIOS}/{folio_make(stage.alpha).pk}/use-deposits", {}), 409, "folio_without_stay"
    )


def test_a_window_is_settled_by_the_city_ledger_once_for_a_key(stage, client):
    folio, account = folio_make(stage.alpha), city_account_make(stage.alpha)
    charge_make(folio, 100)
    path = f"{FOLIOS}/{folio.pk}/city-ledger"
    body = {"window": folio.windows.get().pk, "account": account.pk, "reference": "PO 7"}

    first, again = (client.post(path, body, key="k") for _ in range(2))

    assert first.status_code == 200, first.content
    assert again["Idempotency-Replayed"] == "true"
    assert first.json()["folio"]["balance"]["amount"] == "0.00"
    assert first.json()["postings"][0]["reference"] == "PO 7"
    assert client.get(f"/api/v1/ledgers/accounts/{account.pk}").json()["balance"]["amount"] == "100.00"
    assert Posting.objects.count() == 2
    foreign = {**body, "window": folio_make(stage.alpha, name="Other").windows.get().pk}
    assert_problem(client.post(path, foreign), 400, "window_invalid")


def test_what_packages_let_a_guest_consume_is_read_by_the_folio(stage, client):
    house = house_make(stage.alpha)
    package_make(house.plan, 40, "HB", group="food", basis="flat", is_included=False, is_allowance=True)
    folio = guest_folio_make(stage.alpha, house.reserve(0, 1))
    charge_make(folio, 25, code="food")
    (shown,) = client.get(f"{FOLIOS}/{folio.pk}/allowances").json()
    assert (shown["night"], shown["code"], shown["last_on"]) == ("2027-03-14", "HB", "2027-03-14")
    assert [shown[name]["amount"] for name in ("granted", "used", "left")] == ["40.00", "25.00", "15.00"]
    assert client.get(f"{FOLIOS}/{folio_make(stage.alpha).pk}/allowances").json() == []


@pytest.mark.parametrize("command", ["city-ledger", "use-deposits"])
def test_money_needs_a_key(stage, client, command):
    folio = guest_folio_make(stage.alpha)
    assert_problem(client.post(f"{FOLIOS}/{folio.pk}/{command}", {}, key=""), 400, "idempotency_key_missing")
    assert not Posting.objects.exists()


def test_a_circle_of_rules_is_refused(stage, client):
    rule = routing_rule_make(stage.alpha)
    body = {
        "property": stage.alpha.pk,
        "folio": rule.window.folio_id,
        "window": rule.folio.windows.get().pk,
    }
    assert_problem(client.post(f"{FOLIOS}/routing-rules", body), 422, "routing_loop")
    assert RoutingRule.objects.count() == 1
    ended = client.post(f"{FOLIOS}/routing-rules/{rule.pk}/end", {"valid_until": "2027-03-20"})
    assert ended.json()["valid_until"] == "2027-03-20"


def test_a_list_tells_each_folio_what_the_caller_may_do_for_no_further_query(stage):
    folio_make(stage.alpha)
    viewer = stage.client_of({"view_folios_area"})
    viewer.get(FOLIOS)  # reads the rights
    few = queries_of(lambda: viewer.get(FOLIOS))
    for _ in range(3):
        folio_make(stage.alpha)

    assert_constant(few, queries_of(lambda: viewer.get(FOLIOS)))

    rows = viewer.get(FOLIOS).json()["results"]
    assert len(rows) == 4
    assert {action["code"] for row in rows for action in row["actions"]} == {"permission_denied"}
