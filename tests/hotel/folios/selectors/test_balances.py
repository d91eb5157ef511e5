"""Balances: of windows and folios, in one query, whatever lies on other folios."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from moneyed import Money

from hotel.folios.selectors.balances import folio_balances, window_balances
from hotel.folios.services.folios import window_open
from tests.factories.folios import charge_make, folio_make, payment_make


def test_each_window_owes_its_charges_less_its_payments(cast):
    folio, other = folio_make(cast.alpha), folio_make(cast.alpha, name="Other")
    second = window_open(folio=folio)
    charge_make(folio, 30)
    charge_make(folio, 12, window=second)
    payment_make(folio, 50, window=2)
    charge_make(other, 99)
    first = folio.windows.get(number=1)

    with CaptureQueriesContext(connection) as captured:
        found = window_balances(cast.alpha.pk, [first.pk, second.pk])
    assert found == {first.pk: Money(30, "EUR"), second.pk: Money(-38, "EUR")}
    assert len(captured) == 1
    assert folio_balances(cast.alpha.pk, [folio.pk, other.pk]) == {
        folio.pk: Money(-8, "EUR"),
        other.pk: Money(99, "EUR"),
    }


def test_a_new_folio_owes_nothing(cast):
    folio = folio_make(cast.beta)
    (amount,) = folio_balances(cast.beta.pk, [folio.pk]).values()
    assert amount == Money(0, "JPY")
    assert folio_balances(cast.alpha.pk, [folio.pk]) == {}
