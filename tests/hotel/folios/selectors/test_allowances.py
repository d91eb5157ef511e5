"""Allowances as they are read at the desk."""

from datetime import date

from moneyed import Money

from hotel.folios.models import Allowance
from hotel.folios.selectors.allowances import allowances_shown
from tests.contracts.queries import queries_of
from tests.factories.folios import charge_make, guest_folio_make
from tests.factories.rates import package_make
from tests.factories.reservations import house_make


def test_each_night_tells_what_it_grants_and_what_is_left(cast):
    house = house_make(cast.alpha)
    package_make(house.plan, 40, "HB", group="food", basis="flat", is_included=False, is_allowance=True)
    package_make(house.plan, 10, "CAR", basis="flat", is_included=False)
    folio = guest_folio_make(cast.alpha, house.reserve(0, 2))
    charge_make(folio, 25, code="food")

    first, second = allowances_shown(folio.reservation)

    assert (first.night, first.code, first.last_on) == (date(2027, 3, 14), "HB", date(2027, 3, 14))
    assert (first.granted, first.used, first.left) == tuple(Money(amount, "EUR") for amount in (40, 25, 15))
    assert (second.used, second.left) == (Money(0, "EUR"), Money(40, "EUR"))
    assert len(queries_of(lambda: allowances_shown(folio.reservation))) == 3
    Allowance.objects.update(settled_on=date(2027, 3, 14))
    assert allowances_shown(folio.reservation)[0].left == Money(0, "EUR")
