"""What each stay of a shared room pays, and that what was sold comes back."""

from decimal import Decimal

import pytest
from moneyed import Money

from hotel.rates.models import RatePrice
from hotel.reservations.models import (
    ReservationNight,
)
from hotel.reservations.services.sharing import room_unshare
from tests.cast import TODAY
from tests.factories.rates import tax_rule_make
from tests.factories.reservations import house_make
from tests.hotel.reservations.services.shared_stays import DAY, ONE, broken, fresh, nights, share


@pytest.fixture
def house(cast):
    """Three doubles at 100."""
    return house_make(cast.alpha, doubles=3)


def nets(row):
    """The room of each night without its taxes."""
    return [str(night.room_net.amount) for night in row.nights.order_by("night")]


@pytest.fixture
def pair(house):
    """Two people in two doubles: nights 1–3 and 2–4."""
    return house.reserve(1, 3, occupancy=ONE), house.reserve(2, 3, occupancy=ONE)


@pytest.mark.parametrize(
    ("split", "weights", "first", "second"),
    [
        ("full", None, ["100", "100", "100"], ["100", "100", "100"]),
        ("entire", None, ["100", "100", "100"], ["0", "0", "100"]),
        ("split", None, ["100", "50", "50"], ["50", "50", "100"]),
        ("custom", ("70", "30"), ["100", "70", "70"], ["30", "30", "100"]),
    ],
)
def test_the_price_of_common_nights_is_divided_and_comes_back_when_they_part(
    pair, split, weights, first, second
):
    sold = [(nights(one), fresh(one).total_amount) for one in pair]
    given = {"weights": {one.pk: Decimal(w) for one, w in zip(pair, weights, strict=True)}} if weights else {}

    share(*pair, split=split, **given)

    for one, expected in zip(pair, (first, second), strict=True):
        assert [price for _, _, price in nights(one)] == [f"{amount}.000" for amount in expected]
        assert fresh(one).total_amount == Money(sum(map(int, expected)), "EUR")
    if weights:
        assert [fresh(one).share_weight for one in pair] == [Decimal(70), Decimal(30)]
    assert broken() == []

    room_unshare(reservation=pair[0], actor=None)

    assert [(nights(one), fresh(one).total_amount) for one in pair] == sold
    assert [fresh(one).share for one in pair] == [None, None]
    assert not ReservationNight.objects.exclude(share=None, alone_detail=None).exists()
    assert broken() == []


def test_the_plan_asks_more_for_two_and_what_was_agreed_stays_agreed(house):
    RatePrice.objects.filter(rate_plan=house.plan).update(
        amount=Money(120, "EUR"), single_amount=Money(90, "EUR")
    )
    agreed = house.reserve(1, 2, occupancy=ONE, prices={TODAY + n * DAY: Money(80, "EUR") for n in (1, 2)})
    other = house.reserve(1, 2, occupancy=ONE)

    share(agreed, other, split="split")

    assert [price for _, _, price in nights(agreed)] == ["55.000", "55.000"]  # 80 + (120 − 90), halved
    assert [price for _, _, price in nights(other)] == ["55.000", "55.000"]
    assert broken() == []


def test_what_another_system_sold_is_divided_with_everything_inside(house):
    tax_rule_make(house.place, "VAT10")
    sold = {TODAY + n * DAY: Money(Decimal("90.01"), "EUR") for n in (1, 2)}
    first, second = (
        house.reserve(1, 2, occupancy=ONE, prices=sold, is_taken_over=True, is_agreed=True) for _ in range(2)
    )
    before = [nights(row) for row in (first, second)]

    share(first, second, split="split")

    assert [price for _, _, price in nights(first)] == ["45.010"] * 2
    assert [price for _, _, price in nights(second)] == ["45.000"] * 2
    assert fresh(second).total_amount == Money(90, "EUR")
    assert [nets(row) for row in (first, second)] == [["40.920"] * 2, ["40.910"] * 2]
    assert broken() == []
    room_unshare(reservation=second, actor=None)
    assert [nights(row) for row in (first, second)] == before
    assert [nets(row) for row in (first, second)] == [["81.830"] * 2] * 2
    assert broken() == []
