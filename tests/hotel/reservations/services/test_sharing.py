"""Stays of their own are put into one room and part again, or are refused with nothing changed."""

from decimal import Decimal

import pytest

from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken, VersionConflict
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.reservations.services.sharing import room_unshare
from hotel.rooms.services.inventory import RoomTypeSoldOut
from tests.cast import TODAY
from tests.factories.reservations import house_make
from tests.hotel.reservations.services.shared_stays import (
    DAY,
    ONE,
    TWO,
    broken,
    fresh,
    nights,
    refused,
    share,
)


@pytest.fixture
def house(cast):
    """Three doubles at 100."""
    return house_make(cast.alpha, doubles=3)


@pytest.fixture
def pair(house):
    """Two people in two doubles: nights 1–3 and 2–4."""
    return house.reserve(1, 3, occupancy=ONE), house.reserve(2, 3, occupancy=ONE)


def test_a_shared_room_is_counted_once_and_held_by_who_came_first(house, pair):
    assert house.counted("sold") == [0, 1, 2, 2, 1, 0, 0, 0]

    row = share(pair[1], pair[0])

    assert row.pk == pair[1].pk
    assert house.counted("sold") == house.house_counted("sold") == [0, 1, 1, 1, 1, 0, 0, 0]
    assert [holds for _, holds, _ in nights(pair[0])] == [True, True, True]
    assert [holds for _, holds, _ in nights(pair[1])] == [False, False, True]
    assert [fresh(one).share_position for one in pair] == [2, 1]
    assert broken() == []


def test_a_room_of_its_own_is_asked_for_when_they_part(house, pair):
    share(*pair)
    house.reserve(2, 1)
    house.reserve(2, 1)

    error = refused(RoomTypeSoldOut, "room_type_sold_out", room_unshare, reservation=pair[1], actor=None)

    assert error.extra["night"] == str(TODAY + 2 * DAY)
    assert house.counted("sold") == [0, 1, 3, 1, 1, 0, 0, 0]


def test_stays_that_only_follow_one_another_share_no_room(house):
    first, second = house.reserve(1, 2, occupancy=ONE), house.reserve(3, 2, occupancy=ONE)

    refused(RuleBroken, "no_common_night", share, first, second)


def test_what_cannot_share_is_refused_and_nothing_is_changed(house, pair, cast):
    suite = house.reserve(1, 3, room_type=house.suite)
    gone = house.reserve(1, 3, occupancy=ONE)
    reservation_cancel(reservation=gone, actor=None)
    refused(RuleBroken, "not_shareable", share, pair[0], suite)
    refused(Conflict, "status_forbids", share, pair[0], gone)
    refused(InvalidInput, "share_invalid", share, pair[0])
    refused(InvalidInput, "share_invalid", share, pair[0], pair[0])
    refused(InvalidInput, "share_invalid", share, pair[0], house_make(cast.beta).reserve(1, 3))
    refused(InvalidInput, "split_invalid", share, *pair, split="half")
    refused(InvalidInput, "weights_invalid", share, *pair, weights={pair[0].pk: Decimal(1)})
    refused(InvalidInput, "weights_invalid", share, *pair, split="custom", weights={pair[0].pk: Decimal(1)})
    weights = {pair[0].pk: Decimal(0), pair[1].pk: Decimal(0)}
    refused(InvalidInput, "weights_invalid", share, *pair, split="custom", weights=weights)
    refused(VersionConflict, "version_conflict", share, *pair, expected_version=9)
    refused(Conflict, "not_shared", room_unshare, reservation=pair[0], actor=None)


def test_a_type_takes_no_more_people_together_than_alone(house, pair):
    other = house.reserve(3, 2, occupancy=TWO)  # the 17th is the night of all four

    error = refused(RuleBroken, "occupancy_exceeded", share, *pair, other)

    assert "17" in error.message
    assert share(*pair, other, override_reason="Cot").share is not None
    assert broken() == []
