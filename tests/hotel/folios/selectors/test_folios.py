"""Folios as they are shown."""

from moneyed import Money

from hotel.folios.models import CityAccount, Folio, FolioWindow
from hotel.folios.selectors.folios import accounts_shown, folios_shown, windows_shown
from hotel.folios.services.folios import window_open
from tests.factories.folios import charge_make, city_account_make, folio_make, payment_make


def test_balances_and_actions_of_many_folios_cost_one_query_a_property(cast, django_assert_num_queries):
    one, other, foreign = folio_make(cast.alpha), folio_make(cast.alpha, name="Two"), folio_make(cast.beta)
    charge_make(one, 10)
    window_open(folio=other)
    charge_make(other, 5)
    payment_make(other, 5, window=2)
    folios = list(Folio.objects.whole().order_by("pk"))

    with django_assert_num_queries(2):
        folios_shown(folios)

    assert [folio.balance for folio in folios] == [Money(10, "EUR"), Money(0, "EUR"), Money(0, "JPY")]
    assert [[window.balance for window in folio.windows.all()] for folio in folios][1] == [
        Money(5, "EUR"),
        Money(-5, "EUR"),
    ]
    closing = [next(a.is_allowed for a in folio.actions if a.name == "close") for folio in folios]
    assert closing == [False, False, True]
    assert folios[2].pk == foreign.pk


def test_windows_and_debtors_have_balances(cast):
    charge_make(folio_make(cast.alpha), 10)
    city_account_make(cast.alpha)
    (window,) = windows_shown(list(FolioWindow.objects.all()))
    (account,) = accounts_shown(list(CityAccount.objects.all()))
    assert (window.balance, account.balance) == (Money(10, "EUR"), Money(0, "EUR"))
    assert folios_shown([]) == []
