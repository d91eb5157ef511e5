"""What can be sold is read from the counters, and explained by them."""

from datetime import date

import pytest

from hotel.rooms.selectors.inventory import (
    availability_explained,
    day_sellable,
    night_counts,
    opened_nights,
    sellable,
    sellable_min,
    vectors,
)
from hotel.rooms.services.inventory import Bucket, Move, inventory_move
from tests.factories.rooms import inventory_ready, room_make, room_type_make, rooms_make

D14, D15, D16, D17 = (date(2027, 3, day) for day in (14, 15, 16, 17))


@pytest.fixture
def house(cast):
    """Two doubles that are a suite together, a posting master; nights 14 and 15 open, one double sold on 15."""
    double = room_type_make(cast.alpha, day_use_limit=1)
    rooms = rooms_make(cast.alpha, double, 2)
    suite = room_type_make(cast.alpha, "STE", kind="component", parts={double: 2})
    room_make(cast.alpha, suite, "S", parts=tuple(rooms))
    room_type_make(cast.alpha, "PM", kind="pseudo")
    inventory_ready(cast.alpha, D14, D16)
    inventory_move(property_id=cast.alpha.pk, moves=[Move(double.pk, D15, D16, Bucket.SOLD, 1)])
    return cast.alpha, double, suite


def test_each_type_has_what_its_tightest_counter_leaves_each_night(house, django_assert_num_queries):
    place, double, suite = house
    with django_assert_num_queries(1):
        found = sellable(place.pk, D14, D17)
    assert found == {
        double.pk: {D14: 2, D15: 1, D16: 0},
        suite.pk: {D14: 1, D15: 0, D16: 0},
    }
    assert sellable_min(place.pk, D14, D16) == {double.pk: 1, suite.pk: 0}
    assert sellable(place.pk, D14, D15, [suite.pk]) == {suite.pk: {D14: 1}}
    assert sellable(place.pk, D15, D15) == {double.pk: {}, suite.pk: {}}


def test_day_use_has_its_own_limit(house):
    place, double, suite = house
    assert day_sellable(place.pk, D14)[double.pk] == 1
    assert day_sellable(place.pk, D16) == {double.pk: 0, suite.pk: 0}


def test_counts_come_by_night_with_the_house_first(house, cast):
    place, double, _ = house
    rows = night_counts(place.pk, D14, D16, [double.pk])
    assert [(c.night, c.room_type_id, c.free) for c in rows] == [
        (D14, None, 2),
        (D14, double.pk, 2),
        (D15, None, 1),
        (D15, double.pk, 1),
    ]
    assert night_counts(cast.beta.pk, D14, D16) == []


def test_the_run_of_opened_nights(house, cast):
    assert opened_nights(house[0].pk) == (D14, D16)
    assert opened_nights(cast.beta.pk) is None


def test_vectors_name_the_own_counter_first_and_the_house_last(house):
    place, double, suite = house
    found = vectors(place.pk, [double.pk, suite.pk])
    assert found == {double.pk: {double.pk: 1, None: 1}, suite.pk: {suite.pk: 1, double.pk: 2, None: 2}}
    assert list(found[suite.pk])[-1] is None


def test_a_limit_is_explained_by_the_counters_that_set_it(house):
    place, double, suite = house
    rows = {(e.room_type_id, e.night): e for e in availability_explained(place.pk, D14, D17)}
    assert len(rows) == 6
    sold_out = rows[suite.pk, D15]
    assert (sold_out.sellable, sold_out.is_open) == (0, True)
    assert set(sold_out.limited_by) == {double.pk, None}
    assert (sold_out.house.sold, sold_out.count.sold) == (1, 0)
    closed = rows[double.pk, D16]
    assert (closed.sellable, closed.is_open, closed.count, closed.house) == (0, False, None, None)
