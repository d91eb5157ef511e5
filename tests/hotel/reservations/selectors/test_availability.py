"""What can be sold, and what else could be offered."""

from datetime import timedelta

import pytest
from moneyed import Money

from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.selectors.availability import alternatives, availability, takes, types_sold
from tests.factories.reservations import house_make, plan_make

DAY = timedelta(days=1)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


def span(house, first, nights):
    start = house.place.business_date + first * DAY
    return start, start + nights * DAY


def test_the_least_night_decides_and_the_cheapest_sellable_plan_is_the_price(house):
    plan_make(house.place, "NREF", {house.double: "80"})
    house.reserve(2, 1)

    found = availability(house.place, *span(house, 1, 2), occupancy=Occupancy(adults=2))

    assert [(e.room_type.code, list(e.nights.values()), e.sellable, e.min_price) for e in found] == [
        ("DBL", [2, 1], 1, Money(160, "EUR")),
        ("SUI", [1, 1], 1, Money(500, "EUR")),
    ]


def test_types_are_narrowed_retired_ones_left_out_and_small_ones_with_a_large_party(house):
    assert [row.code for row in types_sold(house.place.pk, [house.suite.pk])] == ["SUI"]
    large = availability(house.place, *span(house, 1, 1), occupancy=Occupancy(adults=4))
    assert [entry.room_type.code for entry in large] == ["SUI"]
    type(house.suite).objects.filter(pk=house.suite.pk).update(is_active=False)
    assert [row.code for row in types_sold(house.place.pk)] == ["DBL"]


@pytest.mark.parametrize(
    ("adults", "children", "fits"), [(3, 1, True), (4, 0, False), (2, 3, False), (3, 2, False), (2, 2, True)]
)
def test_a_party_fits_by_adults_children_and_all_together(house, adults, children, fits):
    party = Occupancy(adults=adults, children=(("child", children),))
    assert takes(house.double, party) is fits


def test_nights_that_were_never_opened_sell_nothing(house):
    assert [entry.sellable for entry in availability(house.place, *span(house, 59, 2))] == [0, 0]


def test_other_types_and_nearby_arrivals_nearest_first_and_never_in_the_past(house):
    house.book(house.stay(1, 2), house.stay(1, 2))

    found = alternatives(house.place, *span(house, 1, 2), room_type_id=house.double.pk)

    assert [entry.room_type.code for entry in found.room_types] == ["SUI"]
    assert found.dates == {house.double.pk: [span(house, n, 2)[0] for n in (3, 4, 5, 6, 7, 8)]}
    assert alternatives(house.place, *span(house, 1, 2), room_type_id=house.double.pk, rooms=3).dates == {}


def test_without_a_wish_all_types_are_looked_at(house):
    house.book(house.stay(1, 1), house.stay(1, 1))

    found = alternatives(house.place, *span(house, 1, 1), rooms=2)

    assert found.room_types == []
    assert set(found.dates) == {house.double.pk}
    assert found.dates[house.double.pk][:2] == [span(house, 0, 1)[0], span(house, 2, 1)[0]]
