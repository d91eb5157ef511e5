"""A stay with money in the books does not become part of another."""

from moneyed import Money

from hotel.folios.selectors.absorbing import money_left_behind
from hotel.folios.services.codes import standard_code
from hotel.folios.services.deposits import deposit_post
from tests.factories.folios import guest_folio_make
from tests.factories.reservations import reservation_make


def test_a_folio_and_a_deposit_are_named_and_nothing_else(cast):
    plain, with_deposit = reservation_make(cast.alpha), reservation_make(cast.alpha)
    deposit_post(reservation=with_deposit, code=standard_code(cast.alpha, "cash"), amount=Money(50, "EUR"))

    assert money_left_behind(plain) == ""
    assert money_left_behind(with_deposit) == "A deposit was taken for it."
    assert money_left_behind(guest_folio_make(cast.alpha).reservation) == "It has a folio."
