"""Documents through the API."""

import hashlib

import pytest

from hotel.folios.models import Invoice
from hotel.folios.services.corrections import posting_reverse
from hotel.properties.scoping import codename
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.contracts.permissions import Case, assert_case
from tests.contracts.queries import QueryContract
from tests.contracts.stage import ALL_VIEWS, Client
from tests.factories.documents import deposit_make, drinks_make, invoice_make
from tests.factories.folios import folio_make

URL = "/api/v1/invoices"
CLERK = ALL_VIEWS | {codename(verb, "folios") for verb in ("invoice", "adjust")}


class TestInvoices(ReadContract, QueryContract):
    model, url, area = Invoice, URL, "folios"

    def make(self, place, n):
        return invoice_make(place)


@pytest.fixture
def client(stage):
    return stage.client_of(CLERK)


@pytest.fixture
def manager(cast):
    """Ada, whose limit for rebates is high."""
    signed_in = Client()
    signed_in.force_authenticate(user=cast.ada)
    return signed_in


def window_of(place, *amounts) -> int:
    return drinks_make(place, *amounts).windows.get().pk


def test_an_invoice_is_issued_with_what_may_be_done(stage, client):
    body = {
        "window": window_of(stage.alpha, 11),
        "language": "de",
        "due_days": 14,
        "payee": {"name": "Grandet", "address": ["Rue 1"], "country": "FR"},
    }
    answer = client.post(URL, body, format="json")
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["number"], told["total"], told["payee_name"]) == (
        "INV-2027-00001",
        {"amount": "11.00", "currency": "EUR"},
        "Grandet",
    )
    assert told["document"]["payee"]["address"] == ["Rue 1"]
    assert [(one["name"], one["code"]) for one in told["actions"]] == [
        ("cancel", ""),
        ("credit", "nothing_to_credit"),
        ("rebate", "rebate_above_limit"),  # without a role a person's limit is nothing
    ]
    assert client.get(f"{URL}/{told['id']}").json() == told


def test_a_repeated_key_issues_once(stage, client):
    body = {"window": window_of(stage.alpha, 11)}
    first, again = (client.post(URL, body, format="json", key="same") for _ in range(2))
    assert first.json()["id"] == again.json()["id"]
    assert again["Idempotency-Replayed"] == "true"
    assert Invoice.objects.count() == 1
    assert_problem(client.post(URL, body, format="json", key=""), 400, "idempotency_key_missing")
    assert_problem(client.post(URL, body, format="json"), 409, "nothing_to_invoice")


def test_a_document_is_cancelled_credited_and_rebated(cast, manager):
    client, folio = manager, drinks_make(cast.alpha, 11, 22)
    invoice = invoice_make(cast.alpha, folio)
    body = {"reason": "Cold", "lines": [{"line": 1, "amount": {"amount": "5.50", "currency": "EUR"}}]}
    rebate = client.post(f"{URL}/{invoice.pk}/rebate", body, format="json")
    assert rebate.status_code == 201, rebate.content
    assert rebate.json()["total"]["amount"] == "-5.50"
    posting_reverse(posting=folio.windows.get().postings.get(gross=22))
    credit = client.post(f"{URL}/{invoice.pk}/credit", {"reason": "Mistake"}, format="json")
    assert credit.json()["total"]["amount"] == "-22.00"
    cancel = client.post(f"{URL}/{invoice.pk}/cancel", {"reason": "Wrong payer"}, format="json")
    assert (cancel.json()["total"]["amount"], cancel.json()["corrects"]) == ("-5.50", invoice.pk)
    told = client.get(f"{URL}/{invoice.pk}").json()
    assert told["credited"]["amount"] == "33.00"
    assert {one["code"] for one in told["actions"]} == {"invoice_cancelled"}


@pytest.mark.parametrize(
    ("lines", "status", "code"),
    [
        ([{"line": 9, "amount": {"amount": "1.00", "currency": "EUR"}}], 400, "line_invalid"),
        ([{"line": 1, "amount": {"amount": "12.00", "currency": "EUR"}}], 422, "adjustment_too_large"),
        ([{"line": 1, "amount": {"amount": "0.00", "currency": "EUR"}}], 400, "amount_invalid"),
        ([], 400, "invalid"),
        ([{"line": 1, "amount": {"amount": "1.00", "currency": "EUR"}}] * 2, 400, "invalid"),
    ],
    ids=["no line", "too much", "nothing", "none", "twice"],
)
def test_a_rebate_that_cannot_be(cast, manager, lines, status, code):
    invoice = invoice_make(cast.alpha)
    answer = manager.post(f"{URL}/{invoice.pk}/rebate", {"reason": "Cold", "lines": lines}, format="json")
    assert_problem(answer, status, code)
    assert Invoice.objects.count() == 1


@pytest.mark.pdf
def test_the_file_has_its_hash_as_etag(stage, client):
    invoice = invoice_make(stage.alpha)
    answer = client.get(f"{URL}/{invoice.pk}/pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["ETag"] == f'"{hashlib.sha256(answer.content).hexdigest()}"'
    assert answer["Content-Disposition"] == 'inline; filename="INV-2027-00001.pdf"'
    again = client.get(f"{URL}/{invoice.pk}/pdf", HTTP_IF_NONE_MATCH=answer["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    asked = client.get(f"{URL}/{invoice.pk}/pdf", HTTP_ACCEPT="application/pdf")
    assert asked.content == answer.content


@pytest.mark.pdf
def test_a_pro_forma_is_shown_and_printed(stage, client):
    query = {"window": window_of(stage.alpha, 11), "language": "es"}
    assert client.get(f"{URL}/pro-forma", query).json()["totals"]["total"] == "11.00"
    assert client.get(f"{URL}/pro-forma/pdf", query).content[:5] == b"%PDF-"
    assert not Invoice.objects.exists()


def test_a_deposit_gets_its_receipt(stage, client):
    journal = deposit_make(stage.alpha, amount=100)
    answer = client.post(f"{URL}/deposits", {"journal": journal.pk}, format="json")
    assert (answer.status_code, answer.json()["kind"]) == (201, "deposit_receipt")
    assert_problem(
        client.post(f"{URL}/deposits", {"journal": journal.pk}, format="json"), 409, "deposit_invoiced"
    )


def test_documents_are_not_changed(stage, client):
    path = f"{URL}/{invoice_make(stage.alpha).pk}"
    for method in (client.put, client.patch, client.delete):
        assert_problem(method(path), 405, "method_not_allowed")


def test_windows_of_others_do_not_exist(stage, client):
    theirs = folio_make(stage.beta).windows.get().pk
    assert_problem(client.post(URL, {"window": theirs}, format="json"), 400, "invalid")
    assert_problem(client.get(f"{URL}/pro-forma", {"window": theirs}), 400, "invalid")


INVOICE, VIEW = "invoice_folios_area", "view_folios_area"
TABLE = [
    Case("post", f"{URL}/{{invoice}}/cancel", INVOICE, 201, {"reason": "Wrong payer"}),
    Case("post", f"{URL}/{{invoice}}/credit", INVOICE, 409, {"reason": "Mistake"}),
    pytest.param(Case("get", f"{URL}/{{invoice}}/pdf", VIEW, 200), marks=pytest.mark.pdf),
]


@pytest.mark.parametrize("case", TABLE, ids=str)
def test_each_command_needs_its_right(stage, case):
    assert_case(case, stage, invoice=invoice_make(stage.alpha).pk)


def test_issuing_and_letting_off_need_their_rights(stage):
    viewer, invoice = stage.client_of(ALL_VIEWS), invoice_make(stage.alpha)
    assert_problem(viewer.post(URL, {"window": window_of(stage.alpha, 11)}, format="json"), 403)
    assert_problem(viewer.post(f"{URL}/{invoice.pk}/rebate", {}, format="json"), 403)
    assert Invoice.objects.count() == 1
