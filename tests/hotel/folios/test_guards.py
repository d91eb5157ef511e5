"""The ledger defends itself in the database: against SQL, too, and as the application's own role."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from hotel.folios.models import Journal, LedgerEntry, Posting
from hotel.folios.services.folios import folio_close
from hotel.properties.services.business_days import business_day_close
from tests.cast import TODAY
from tests.factories.folios import charge_make, folio_make, payment_make, posting_make
from tests.structure import by_owner
from tests.together import Actor

TABLES = ("folios_journal", "folios_posting", "folios_postingtax", "folios_ledgerentry", "folios_ledgerday")


def run(sql: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(sql: str, *values) -> str:
    """The rule that an attempt breaks."""
    with pytest.raises(IntegrityError) as error:
        _run_to_the_end(sql, *values)
    return error.value.__cause__.diag.constraint_name


@transaction.atomic
def _run_to_the_end(sql: str, *values) -> None:
    """Run a statement and what the commit would prove."""
    run(sql, *values)
    run("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET created_at = created_at", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_nothing_of_the_ledger_is_changed_or_deleted(cast, table, statement):
    posting_make(cast.alpha)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("SET LOCAL auberge.ledger_emptying = ''")  # the tests' own setting, see config.settings.test

    with by_owner():  # nobody else has the right at all
        assert refused(statement.format(table)) == "ledger_is_immutable"
    assert (Posting.objects.count(), LedgerEntry.objects.count()) == (1, 3)


def test_a_posting_is_not_saved_again(cast):
    posting = posting_make(cast.alpha)
    posting.description = "Something else"
    with by_owner(), pytest.raises(IntegrityError), transaction.atomic():
        posting.save()
    assert Posting.objects.get().description == "Beverage"


COPY_ENTRY = (
    "INSERT INTO folios_ledgerentry (property_id, journal_id, business_date, ledger, amount, currency, created_at,"
    " updated_at) SELECT property_id, journal_id, business_date, ledger, {amount}, currency, now(), now()"
    " FROM folios_ledgerentry WHERE ledger = 'guest'"
)


def test_a_journal_that_does_not_add_up_is_refused_at_the_commit(cast):
    posting_make(cast.alpha)
    assert refused(COPY_ENTRY.format(amount="0.01")) == "journal_balances"


def test_an_entry_added_later_to_a_proved_journal_is_noticed(cast):
    posting_make(cast.alpha)
    run("SET CONSTRAINTS ALL IMMEDIATE")  # proves the journal
    assert refused(COPY_ENTRY.format(amount="0.01")) == "journal_balances"


def test_each_currency_adds_up_by_itself(cast):
    posting_make(cast.alpha)
    sql = COPY_ENTRY.format(amount="unnest(ARRAY[5, -5])").replace(
        "currency, now()", "unnest(ARRAY['EUR', 'USD']), now()"
    )
    assert refused(sql) == "journal_balances"


def test_only_the_open_day_is_written(cast):
    posting_make(cast.alpha)
    for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
        sql = (
            "INSERT INTO folios_journal (property_id, business_date, kind, reference, reason, source, source_key,"
            " created_at, updated_at) VALUES (%s, %s, 'charge', '', '', '', '', now(), now())"
        )
        assert refused(sql, cast.alpha.pk, day) == "business_date_is_open"
    assert Journal.objects.count() == 1


def test_nothing_is_posted_on_a_closed_window(cast):
    folio = folio_make(cast.alpha)
    charge_make(folio)
    payment_make(folio)
    folio_close(folio=folio)
    sql = (
        "INSERT INTO folios_posting (property_id, journal_id, window_id, business_date, revenue_date, code_id,"
        " description, quantity, net, gross, currency, reference, source, source_key, created_at, updated_at)"
        " SELECT property_id, journal_id, window_id, business_date, revenue_date, code_id, '', 1, 0, 0, currency,"
        " '', '', '', now(), now() FROM folios_posting LIMIT 1"
    )
    assert refused(sql) == "folio_window_is_open"


@pytest.mark.django_db(transaction=True)
def test_a_day_is_not_closed_under_a_posting(cast):
    folio = folio_make(cast.alpha)
    charge_make(folio)
    with Actor() as poster:
        poster.do(lambda: transaction.set_autocommit(False))
        poster.do(lambda: charge_make(folio))

        closing = None
        with Actor() as auditor:
            closing = auditor.do(lambda: business_day_close(place=cast.alpha), wait=False)
            with pytest.raises(TimeoutError):
                closing.result(timeout=0.3)
            poster.do(transaction.commit)
            assert closing.result(timeout=20) == TODAY + timedelta(days=1)
    assert set(Posting.objects.values_list("business_date", flat=True)) == {TODAY}
