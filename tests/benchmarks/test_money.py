"""The past money of the benchmarks: written by SQL alone, it is what the services would have posted."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Count, Sum
from moneyed import Money

from benchmarks import generate, mass, money
from benchmarks.day import audit_cost
from benchmarks.sizes import TODAY, Size
from hotel.core.invariants import invariants_verify
from hotel.core.models import OutboxMessage
from hotel.folios.models import Folio, Journal, LedgerDay, LedgerEntry, Payment, Posting
from hotel.folios.selectors.balances import folio_balances
from hotel.folios.selectors.trial_balance import trial_balance
from hotel.properties.models import Property
from hotel.reservations.models import Reservation
from hotel.stays.models import NightAudit
from tests.structure import by_owner


@pytest.fixture(autouse=True)
def owned(db):
    """The generator takes indexes and triggers away for a while, which only the owner of the tables may."""
    with by_owner():
        yield


def plain(name, function, *values):
    return function(*values)


@pytest.fixture
def place(db, monkeypatch):
    """A hotel with three weeks behind it and few days ahead, with its past money."""
    monkeypatch.setattr(generate, "PROPERTIES", 1)
    monkeypatch.setattr(generate, "BUSY", 1)
    monkeypatch.setattr(mass, "AHEAD", 5)
    generate.hotels()
    OutboxMessage.objects.all().delete()
    generate.prices()
    mass.load(Size("tiny", 600, 1), plain)
    generate.counters()
    money.load(plain)
    return Property.objects.get()


def written(posting):
    """A posting, its taxes and its entries, without day and stay."""
    taxes = posting.taxes.order_by("pk").values_list("code", "base", "amount", "is_inclusive")
    entries = posting.entries.order_by("pk").values_list("ledger", "amount", "currency", "code")
    line = (posting.code_id, posting.description, posting.net, posting.gross, posting.quantity)
    return line, list(taxes), list(entries)


def night_of(place, room_type, day):
    stay = (
        Reservation.objects.filter(room_type=room_type, arrival__lt=TODAY, departure__gt=TODAY)
        .filter(status="in_house")
        .earliest("pk")
    )
    key = f"{stay.pk}:{day.isoformat()}:room"
    return Posting.objects.at(place.pk).get(source="night", source_key=key)


def test_past_money_keeps_every_rule_and_its_guards_and_the_day_can_be_closed_on_it(place):
    assert Posting.objects.count() > 5_000
    past, open_ones = Folio.objects.filter(status="closed"), Folio.objects.filter(status="open")
    assert set(folio_balances(place.pk, past.values_list("pk", flat=True)).values()) == {Money(0, "EUR")}
    assert min(folio_balances(place.pk, open_ones.values_list("pk", flat=True)).values()).amount > 0
    assert (past.count(), open_ones.count()) == (
        Reservation.objects.filter(status="checked_out").count(),
        Reservation.objects.filter(status="in_house", arrival__lt=TODAY).count(),
    )
    assert Payment.objects.count() == past.count()

    yesterday = TODAY - timedelta(days=1)
    moved = LedgerEntry.objects.filter(business_date=yesterday, ledger="guest").aggregate(Sum("amount"))
    frozen = LedgerDay.objects.get(business_date=yesterday, ledger="guest")
    assert frozen.debits + frozen.credits == Money(moved["amount__sum"], "EUR")
    assert trial_balance(place, yesterday).difference.amount == 0

    Reservation.objects.filter(status="in_house", departure=TODAY).update(status="checked_out")
    audit_cost(place, 0, is_counted=True)
    audited = NightAudit.objects.filter(status="finished").aggregate(Count("pk"))["pk__count"]
    assert audited == (TODAY - Reservation.objects.earliest("arrival").arrival).days + 1
    room_type = Reservation.objects.filter(status="in_house", arrival__lt=TODAY).first().room_type
    assert written(night_of(place, room_type, yesterday)) == written(night_of(place, room_type, TODAY))
    assert [found.invariant.name for found in invariants_verify() if found.violations] == []

    with pytest.raises(IntegrityError, match="open business date"), transaction.atomic():
        Journal.objects.create(property=place, business_date=yesterday, kind="charge")
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Posting.objects.update(description="Something else")
