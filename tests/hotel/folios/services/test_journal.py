"""Events without postings, and what is told of those with some."""

import pytest
from django.db import IntegrityError, connection, transaction

from hotel.folios.choices import JournalKind, Ledger
from hotel.folios.models import Journal, LedgerEntry
from hotel.folios.services.codes import standard_code
from hotel.folios.services.journal import EntryData, event_begin, journal_record, posted_facts
from hotel.folios.services.posting_data import Memo
from tests.factories.folios import charge_make, folio_make, money


def entry(place, ledger: Ledger, amount) -> EntryData:
    return EntryData(ledger=ledger, amount=money(place, amount), code=standard_code(place, "cash"))


def test_an_event_without_postings_is_recorded(cast):
    """A till that was five short."""
    event = event_begin(
        place=cast.alpha,
        kind=JournalKind.TILL,
        actor=cast.bo,
        memo=Memo(reference="Till 1", reason="Counted"),
    )
    sides = [(Ledger.OVER_SHORT, 5), (Ledger.PAYMENT, -5), (Ledger.FX, 0)]

    journal = journal_record(event, [entry(cast.alpha, *side) for side in sides])

    assert (journal.kind, journal.actor, journal.reference, journal.reason) == (
        "till",
        cast.bo,
        "Till 1",
        "Counted",
    )
    rows = LedgerEntry.objects.filter(journal=journal).order_by("pk")
    assert [(row.ledger, str(row.amount)) for row in rows] == [("over_short", "€5.00"), ("payment", "-€5.00")]


def test_an_event_that_does_not_add_up_is_refused(cast):
    one_sided = [entry(cast.alpha, Ledger.OVER_SHORT, 5)]
    with pytest.raises(IntegrityError):
        _record_and_prove(cast.alpha, one_sided)
    assert not Journal.objects.exists()


@transaction.atomic
def _record_and_prove(place, entries) -> None:
    journal_record(event_begin(place=place, kind=JournalKind.TILL), entries)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_each_folio_and_journal_has_one_fact(cast):
    one, other = folio_make(cast.alpha), folio_make(cast.alpha, name="Other")
    postings = [charge_make(one, 10), charge_make(other, 20)]

    told = posted_facts([postings[0], postings[0], postings[1]])

    assert [(fact.folio_id, fact.postings, str(fact.amount)) for fact in told] == [
        (one.pk, 2, "20.00"),
        (other.pk, 1, "20.00"),
    ]
