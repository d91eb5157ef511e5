"""What is held for stays: several in one query, whatever was paid for others."""

from moneyed import Money

from hotel.folios.selectors.deposits import DepositHeld, deposits_held
from hotel.folios.services.codes import standard_code
from hotel.folios.services.deposits import deposit_post
from tests.factories.folios import money, transaction_code_make
from tests.factories.reservations import house_make


def test_each_stay_has_its_own(cast, django_assert_num_queries):
    house = house_make(cast.alpha, doubles=3)
    stays = [house.reserve() for _ in range(3)]
    for stay, amount in zip(stays[:2], (30, 40), strict=True):
        deposit_post(
            reservation=stay, code=standard_code(cast.alpha, "cash"), amount=money(cast.alpha, amount)
        )

    with django_assert_num_queries(1):
        found = deposits_held(cast.alpha, [stay.pk for stay in stays])

    assert [found[stay.pk].amount for stay in stays] == [Money(30, "EUR"), Money(40, "EUR"), Money(0, "EUR")]


def test_a_part_has_its_part_of_each_tax(cast):
    code = transaction_code_make(cast.alpha)
    held = DepositHeld(Money(100, "EUR"), (code,), (Money(10, "EUR"),))
    assert held.taxes_of(Money(55, "EUR")) == [Money(5, "EUR")]
    assert DepositHeld(Money(0, "EUR"), (code,), (Money(0, "EUR"),)).taxes_of(Money(5, "EUR")) == [
        Money(0, "EUR")
    ]
