"""Numbers have no gap and no double, whoever issues, and documents are never changed."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from hotel.core.locks import LockRefused
from hotel.folios.models import FiscalSeries, Invoice
from hotel.folios.services.invoices import invoice_issue
from tests.factories.documents import credit_note_make, drinks_make, invoice_make
from tests.structure import by_owner
from tests.together import Actor, together


def run(sql: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(sql: str, *values) -> str:
    """The rule that an attempt breaks."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        run(sql, *values)
    return error.value.__cause__.diag.constraint_name


def test_each_kind_and_property_counts_for_itself(cast):
    assert [invoice_make(cast.alpha).number_text for _ in range(2)] == ["INV-2027-00001", "INV-2027-00002"]
    assert credit_note_make(cast.alpha).number_text == "CRN-2027-00001"
    assert invoice_make(cast.beta).number_text == "INV-2027-00001"


def test_a_series_begins_anew_with_the_fiscal_year(cast):
    cast.alpha.fiscal_year_start_month = 4
    cast.alpha.save()
    assert invoice_make(cast.alpha).number_text == "INV-2026-00001"
    cast.alpha.business_date = date(2027, 4, 1)
    cast.alpha.save()
    assert invoice_make(cast.alpha).number_text == "INV-2027-00001"


def test_what_is_rolled_back_gives_its_number_back(cast):
    first = drinks_make(cast.alpha)
    with transaction.atomic():
        assert invoice_make(cast.alpha, first).number == 1
        transaction.set_rollback(True)
    assert not Invoice.objects.exists()
    assert invoice_make(cast.alpha, first).number == 1


def _issued(window) -> Invoice:
    """Try until it is done, as a desk does that is told to try again."""
    while True:
        try:
            return invoice_issue(window=window)
        except LockRefused:
            continue


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_leave_no_gap_and_no_double(cast):
    windows = [drinks_make(cast.alpha).windows.get() for _ in range(50)]
    made = together(*[lambda window=window: _issued(window) for window in windows])
    assert sorted(invoice.number for invoice in made) == list(range(1, 51))
    assert FiscalSeries.objects.get().next_number == 51


@pytest.mark.django_db(transaction=True)
def test_a_desk_that_dies_in_the_middle_leaves_no_gap(cast):
    dying, living = drinks_make(cast.alpha).windows.get(), drinks_make(cast.alpha).windows.get()

    def begin() -> int:
        transaction.set_autocommit(False)
        return invoice_issue(window=dying).number

    def pid() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            return cursor.fetchone()[0]

    with Actor() as desk:
        assert desk.do(begin) == 1
        run("SELECT pg_terminate_backend(%s)", desk.do(pid))
        assert _issued(living).number == 1
        desk.do(connection_closed)
    assert [invoice.window for invoice in Invoice.objects.all()] == [living]
    assert _issued(dying).number == 2


def connection_closed() -> None:
    connection.close()


@pytest.mark.parametrize("table", ["folios_invoice", "folios_invoicedposting", "folios_invoicepdf"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET created_at = now()", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_no_document_is_changed_or_deleted_even_by_sql(cast, table, statement):
    note = credit_note_make(cast.alpha)
    run(
        "INSERT INTO folios_invoicepdf (property_id, invoice_id, content, content_hash, created_at, updated_at)"
        " VALUES (%s, %s, 'x', 'x', now(), now())",
        cast.alpha.pk,
        note.pk,
    )
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("SET LOCAL auberge.ledger_emptying = ''")  # the tests' own setting, see config.settings.test
    with by_owner():  # nobody else has the right at all
        assert refused(statement.format(table)) == "ledger_is_immutable"
    assert Invoice.objects.count() == 2


COPY = (
    "INSERT INTO folios_invoice (property_id, series_id, number, number_text, kind, is_cancellation, issued_on,"
    " language, payee_name, net, tax, total, currency, content, content_hash, corrects_id, created_at, updated_at)"
    " SELECT property_id, series_id, {number}, 'X', '{kind}', false, issued_on, language, payee_name, {net}, 0, {net},"
    " currency, {content}, content_hash, {corrects}, now(), now() FROM folios_invoice"
)
COPIED = {"number": 2, "kind": "invoice", "net": 5, "content": "content", "corrects": "NULL"}


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"number": 3}, "invoice_number_follows"),
        ({"number": 1}, "invoice_number_follows"),
        ({"content": "content || ' '"}, "invoice_content_hash"),
        ({"kind": "credit_note", "net": -12, "corrects": "id"}, "invoice_credit_within_total"),
        ({"kind": "credit_note", "net": 5, "corrects": "id"}, "invoice_credit_note_corrects"),
        ({"kind": "credit_note", "net": -5}, "invoice_credit_note_corrects"),
    ],
    ids=str,
)
def test_the_database_refuses_a_document_that_cannot_be(cast, values, rule):
    invoice_make(cast.alpha)
    assert refused(COPY.format(**{**COPIED, **values})) == rule
    assert Invoice.objects.count() == 1
    run(COPY.format(**COPIED))
    assert Invoice.objects.count() == 2
