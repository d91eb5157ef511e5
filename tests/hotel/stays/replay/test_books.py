"""Proofs that can fail: each fault is planted where no service would put it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from hotel.folios.services.folios import folio_open
from hotel.folios.services.invoices import invoice_issue
from hotel.stays.models import DailyStatistic, NightAudit
from hotel.stays.replay.books import proofs
from hotel.stays.services.check_in import check_in
from hotel.stays.services.night_audit import night_audit_run
from tests.structure import by_owner

DAY = date(2027, 3, 14)


def without_guards(table, change):
    """Change a table whose triggers would refuse it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with by_owner(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"UPDATE {table} SET {change}")  # noqa: S608
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def audited(house, arrival):
    """A guest in house, one night posted and invoiced, the day closed."""
    check_in(reservation=arrival, actor=None)
    night_audit_run(place=house.place)
    invoice_issue(window=folio_open(reservation=arrival).windows.get(number=1))
    return house.place


def wrong(place):
    return {proof.name: len(proof.wrong) for proof in proofs(place) if proof.wrong}


def test_sound_books_are_asked_of_each_date(audited):
    assert [(proof.name, proof.asked) for proof in proofs(audited)] == [
        ("audited", 1),
        ("trial balance zero", 1),
        ("statistics = revenue = ledger", 1),
        ("document numbers without a gap", 1),
    ]
    assert wrong(audited) == {}


def test_a_day_without_its_audit_is_told(audited):
    NightAudit.objects.filter(property=audited).delete()

    assert wrong(audited) == {"audited": 1}


def test_figures_that_are_not_the_ledgers_are_told_with_their_day(audited):
    without_guards("stays_dailystatistic", "other_revenue = 1")
    assert DailyStatistic.objects.get().other_revenue.amount == Decimal(1)

    (proof,) = [proof for proof in proofs(audited) if proof.wrong]
    assert proof.name == "statistics = revenue = ledger"
    assert proof.wrong[0].startswith(f"{DAY}: ")


def test_an_entry_without_its_other_side_is_told(audited):
    without_guards("folios_ledgerentry", "amount = amount + 1 WHERE ledger = 'guest'")

    assert wrong(audited) == {"trial balance zero": 1}


def test_a_number_that_is_missing_is_told(audited):
    without_guards("folios_invoice", "number = 3")

    assert wrong(audited) == {"document numbers without a gap": 1}
