"""A shared room is counted once, by whoever is there; nights that are given back pass to who is left."""

import pytest
from moneyed import Money

from hotel.core.exceptions import RuleBroken
from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import (
    BlockNight,
)
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.booking_data import BookingData
from hotel.reservations.services.cancellations import booking_cancel, reservation_cancel, reservation_no_show
from hotel.reservations.services.pick_up import block_pick_up
from hotel.reservations.services.reinstatements import reservation_reinstate
from hotel.rooms.models import RoomType
from tests.cast import TODAY
from tests.factories.reservations import group_block_make, house_make
from tests.hotel.reservations.services.shared_stays import DAY, ONE, broken, fresh, nights, refused, share


@pytest.fixture
def house(cast):
    """Three doubles at 100."""
    return house_make(cast.alpha, doubles=3)


@pytest.fixture
def pair(house):
    """Two people in two doubles: nights 1–3 and 2–4."""
    return house.reserve(1, 3, occupancy=ONE), house.reserve(2, 3, occupancy=ONE)


def test_who_is_left_holds_the_room_and_pays_it_when_the_other_cancels(house, pair):
    share(*pair, split="entire")

    result = reservation_cancel(reservation=pair[0], actor=None)

    assert house.counted("sold") == [0, 0, 1, 1, 1, 0, 0, 0]
    assert sum(move.quantity for move in result.moves) == -1
    assert nights(pair[1]) == [(2, True, "100.000"), (3, True, "100.000"), (4, True, "100.000")]
    assert (fresh(pair[1]).total_amount, fresh(pair[1]).share) == (Money(300, "EUR"), None)
    assert fresh(pair[0]).share is None
    assert broken() == []

    reservation_reinstate(reservation=pair[0], actor=None)

    assert house.counted("sold") == [0, 1, 2, 2, 1, 0, 0, 0]
    assert [holds for _, holds, _ in nights(pair[0])] == [True, True, True]
    assert fresh(pair[0]).total_amount == Money(300, "EUR")
    assert broken() == []


def test_three_in_a_chain_are_two_rooms_when_the_one_between_leaves(house):
    first, between, last = (
        house.reserve(1, 2, occupancy=ONE), house.reserve(2, 4, occupancy=ONE), house.reserve(5, 2, occupancy=ONE)
    )  # fmt: skip
    share(first, between, last, split="split")
    assert house.counted("sold") == [0, 1, 1, 1, 1, 1, 1, 0]

    reservation_cancel(reservation=between, actor=None)

    assert house.counted("sold") == [0, 1, 1, 0, 0, 1, 1, 0]
    assert [fresh(one).share for one in (first, last)] == [None, None]
    assert broken() == []


def test_four_who_are_left_in_two_pairs_have_two_rooms(cast):
    house = house_make(cast.alpha, doubles=5, standard_occupancy=4)
    RoomType.objects.update(max_adults=4)
    stays = [house.reserve(a, n, occupancy=ONE) for a, n in ((1, 2), (1, 2), (5, 2), (5, 2))]
    between = house.reserve(2, 4, occupancy=ONE)
    share(*stays, between, split="split")
    assert house.counted("sold") == [0, 1, 1, 1, 1, 1, 1, 0]

    reservation_cancel(reservation=between, actor=None)

    rows = [fresh(one) for one in stays]
    assert rows[0].share_id == rows[1].share_id
    assert rows[2].share_id == rows[3].share_id != rows[0].share_id
    assert {row.share.split for row in rows} == {"split"}
    assert house.counted("sold") == [0, 1, 1, 0, 0, 1, 1, 0]
    assert broken() == []


def test_dates_that_change_take_and_give_back_only_what_nobody_else_holds(house, pair):
    share(*pair, split="split")
    first, second = pair

    reservation_amend(reservation=second, amendment=Amendment(arrival=TODAY + DAY), actor=None)

    assert house.counted("sold") == [0, 1, 1, 1, 1, 0, 0, 0]
    assert nights(second) == [
        (1, False, "50.000"),
        (2, False, "50.000"),
        (3, False, "50.000"),
        (4, True, "100.000"),
    ]
    assert nights(first) == [(1, True, "50.000"), (2, True, "50.000"), (3, True, "50.000")]
    assert broken() == []

    reservation_amend(reservation=first, amendment=Amendment(departure=TODAY + 2 * DAY), actor=None)

    assert house.counted("sold") == [0, 1, 1, 1, 1, 0, 0, 0]
    assert nights(first) == [(1, True, "50.000")]
    assert nights(second) == [
        (1, False, "50.000"),
        (2, True, "100.000"),
        (3, True, "100.000"),
        (4, True, "100.000"),
    ]
    assert broken() == []

    reservation_amend(reservation=first, amendment=Amendment(departure=TODAY + 7 * DAY), actor=None)

    assert house.counted("sold") == [0, 1, 1, 1, 1, 1, 1, 0]
    assert [price for _, _, price in nights(first)] == ["50.000"] * 4 + ["100.000"] * 2
    assert broken() == []


def test_stays_that_have_no_night_in_common_any_more_part(house, pair):
    share(*pair, split="entire")

    reservation_amend(reservation=pair[0], amendment=Amendment(departure=TODAY + 2 * DAY), actor=None)

    assert [fresh(one).share for one in pair] == [None, None]
    assert house.counted("sold") == [0, 1, 1, 1, 1, 0, 0, 0]
    assert fresh(pair[1]).total_amount == Money(300, "EUR")
    assert broken() == []


def test_a_block_counts_a_shared_room_once(house):
    block = group_block_make(house.place, rooms=3)
    stays = [house.stay(1, 2, occupancy=ONE) for _ in range(2)]
    rows = block_pick_up(block=block, data=BookingData(reservations=tuple(stays)), actor=None).reservations
    assert (house.counted("sold"), house.counted("blocked")) == ([0, 2, 2] + [0] * 5, [0, 1, 1] + [0] * 5)

    share(*rows, split="split")

    assert (house.counted("sold"), house.counted("blocked")) == ([0, 1, 1] + [0] * 5, [0, 2, 2] + [0] * 5)
    assert set(BlockNight.objects.filter(block=block).values_list("picked_up", flat=True)) == {1}
    assert [price for _, _, price in nights(rows[1])] == ["40.000", "40.000"]  # the group's 80, halved
    assert broken() == []

    reservation_cancel(reservation=rows[0], actor=None)

    assert (house.counted("sold"), house.counted("blocked")) == ([0, 1, 1] + [0] * 5, [0, 2, 2] + [0] * 5)
    assert broken() == []
    refused(RuleBroken, "not_shareable", share, rows[1], house.reserve(4, 1, occupancy=ONE))


def test_a_party_that_grows_must_fit_into_the_shared_room(pair):
    share(*pair)

    change = Amendment(occupancy=Occupancy(adults=3))
    refused(
        RuleBroken, "occupancy_exceeded", reservation_amend, reservation=pair[0], amendment=change, actor=None
    )


def test_another_type_and_a_split_wait_until_they_have_parted(house, pair):
    share(*pair)

    change = Amendment(room_type=house.suite)
    refused(RuleBroken, "room_shared", reservation_amend, reservation=pair[0], amendment=change, actor=None)


def test_a_stay_that_does_not_come_leaves_the_room_to_the_other(house):
    first, second = house.reserve(0, 2, occupancy=ONE), house.reserve(0, 3, occupancy=ONE)
    share(first, second, split="split")

    reservation_no_show(reservation=first, actor=None)

    assert house.counted("sold") == [1, 1, 1, 0, 0, 0, 0, 0]
    assert nights(second) == [(0, True, "100.000"), (1, True, "100.000"), (2, True, "100.000")]
    assert broken() == []


def test_all_stays_of_a_booking_that_share_a_room_are_cancelled_at_once(house):
    booking = house.book(house.stay(1, 2, occupancy=ONE), house.stay(1, 2, occupancy=ONE)).booking
    share(*booking.reservations.order_by("pk"), split="entire")

    booking_cancel(booking=booking, actor=None)

    assert house.counted("sold") == [0] * 8
    statuses = set(booking.reservations.values_list("status", "share"))
    assert statuses == {(ReservationStatus.CANCELLED, None)}
    assert broken() == []
