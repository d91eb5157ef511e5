"""The full hotels of the benchmark of the day: their audits are real ones, and the bare SQL posts the very same."""

import pytest
from django.db.models import Count, Sum

from benchmarks.day import audit_cost, bare_night
from benchmarks.houses import house
from hotel.core.invariants import invariants_verify
from hotel.folios.models import LedgerEntry, Posting, PostingTax
from hotel.guests.models import Guest
from hotel.properties.services.properties import chain_create


@pytest.fixture
def full(db):
    chain = chain_create(code="BENCH", name="Bench Hotels")
    Guest.objects.bulk_create(Guest(chain=chain, last_name=f"Guest {n}") for n in range(12))
    return lambda rooms: house(chain, rooms)


def posted(place):
    """What stands on the latest journal, line by line and in sums."""
    journal = Posting.objects.at(place.pk).latest("journal_id").journal_id
    lines = Posting.objects.filter(journal=journal).order_by("pk")
    taxes = PostingTax.objects.filter(posting__journal=journal).aggregate(Count("pk"), Sum("amount"))
    entries = LedgerEntry.objects.filter(journal=journal).order_by("ledger").values_list("ledger")
    return (
        list(lines.values_list("window", "code", "revenue_date", "net", "gross")),
        taxes,
        list(entries.annotate(Count("pk"), Sum("amount"))),
    )


def test_the_bare_sql_posts_what_the_audit_has_posted(full):
    place = full(3)
    audit_cost(place, 0, is_counted=True)
    lines, taxes, entries = posted(place)
    assert (len(lines), taxes["pk__count"], len(entries)) == (3, 6, 3)
    bare_night(place)
    assert posted(place) == (lines, taxes, entries)
    assert Posting.objects.at(place.pk).count() == 6


def test_a_night_costs_the_same_statements_in_a_hotel_of_three_rooms_and_of_twelve(full):
    few, many = full(3), full(12)
    warm = full(1)
    audit_cost(warm, 0, is_counted=True)  # the codes of the standard are read once
    first = [audit_cost(place, 0, is_counted=True)["statements"] for place in (few, many)]
    second = [audit_cost(place, 1, is_counted=True)["statements"] for place in (few, many)]
    # nine of them tell the desk of the nine steps, each in the transaction of its step
    assert (first, second) == ([140, 140], [128, 128])
    assert [found.invariant.name for found in invariants_verify() if found.violations] == []
