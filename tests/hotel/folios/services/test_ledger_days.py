"""Closed days are frozen, once, with gaps carried on."""

import pytest
from django.db import IntegrityError, transaction

from hotel.folios.models import LedgerDay
from hotel.folios.services.ledger_days import ledger_days_freeze
from hotel.properties.services.business_days import business_day_close
from tests.cast import TODAY
from tests.factories.folios import charge_make, folio_make, payment_make


def shown() -> list[tuple]:
    return [
        (row.business_date.day, row.ledger, *(f"{getattr(row, name).amount:.2f}" for name in ("opening", "debits", "credits", "closing")))
        for row in LedgerDay.objects.order_by("business_date", "ledger")
    ]  # fmt: skip


def test_each_closed_day_is_frozen_once(cast):
    folio = folio_make(cast.alpha)
    charge_make(folio, 30)
    charge_make(folio, 12)
    assert ledger_days_freeze(place=cast.alpha) == 0
    business_day_close(place=cast.alpha)
    payment_make(folio, 42)
    business_day_close(place=cast.alpha)
    business_day_close(place=cast.alpha)

    assert ledger_days_freeze(place=cast.alpha) == 7
    assert ledger_days_freeze(place=cast.alpha) == 0

    assert shown() == [
        (14, "guest", "0.00", "42.00", "0.00", "42.00"),
        (14, "revenue", "0.00", "0.00", "-42.00", "-42.00"),
        (15, "guest", "42.00", "0.00", "-42.00", "0.00"),
        (15, "payment", "0.00", "42.00", "0.00", "42.00"),
        (15, "revenue", "-42.00", "0.00", "0.00", "-42.00"),
        (16, "payment", "42.00", "0.00", "0.00", "42.00"),
        (16, "revenue", "-42.00", "0.00", "0.00", "-42.00"),
    ]


def test_what_follows_begins_with_what_was_frozen(cast):
    folio = folio_make(cast.alpha)
    charge_make(folio, 30)
    business_day_close(place=cast.alpha)
    ledger_days_freeze(place=cast.alpha)
    charge_make(folio, 5)
    business_day_close(place=cast.alpha)
    assert ledger_days_freeze(place=cast.alpha) == 2
    assert shown()[2:] == [
        (15, "guest", "30.00", "5.00", "0.00", "35.00"),
        (15, "revenue", "-30.00", "0.00", "-5.00", "-35.00"),
    ]


def test_the_open_day_is_not_frozen_by_hand_either(cast):
    nothing = dict.fromkeys(("opening", "debits", "credits", "closing"), 0)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        LedgerDay.objects.create(
            property=cast.alpha, business_date=TODAY, ledger="guest", currency="EUR", **nothing
        )
    assert refused.value.__cause__.diag.constraint_name == "business_date_is_closed"
