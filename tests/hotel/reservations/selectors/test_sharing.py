"""Who shares a room with whom, and who is asked for a room together."""

from datetime import timedelta

import pytest

from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.sharing import mates_here, parties_of, sharers_of, span_of_party
from hotel.reservations.services.assignment import room_assign
from hotel.reservations.services.sharing import room_share
from hotel.stays.services.check_in import check_in
from tests.cast import TODAY
from tests.contracts.queries import queries_of
from tests.factories.reservations import house_make

ONE, DAY = Occupancy(adults=1), timedelta(days=1)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=4)


@pytest.fixture
def pair(house):
    """Nights 0–1 and 1–3, the second first in order."""
    first, second = house.reserve(0, 2, occupancy=ONE), house.reserve(1, 3, occupancy=ONE)
    room_share(reservation=second, others=[first], split="entire", actor=None)
    return [Reservation.objects.get(pk=row.pk) for row in (first, second)]


def test_sharers_are_named_in_their_order(house, pair):
    assert [row.pk for row in sharers_of(pair[0])] == [pair[1].pk, pair[0].pk]
    alone = house.reserve()
    assert queries_of(lambda: sharers_of(alone)) == []
    assert sharers_of(alone) == []


def test_only_those_in_house_are_here(house, pair, noon):
    assert [mates_here(row) for row in pair] == [[], []]
    check_in(reservation=pair[0], actor=None, room=house.rooms[0])

    assert [mates_here(row) for row in pair] == [[], [pair[0].pk]]
    assert mates_here(house.reserve()) == []


def test_those_who_share_are_asked_for_one_room_from_the_first_arrival_to_the_last_departure(house, pair):
    alone = house.reserve()

    asking, parties, in_doubt = parties_of([alone, pair[0]])

    assert (asking, in_doubt) == ([alone], [])
    assert parties == {pair[0].share_id: pair}
    assert span_of_party(pair) == (TODAY, TODAY + 4 * DAY)


def test_where_one_of_them_has_a_room_a_person_decides(house, pair):
    room_assign(reservation=pair[0], room=house.rooms[0], actor=None)

    assert parties_of(pair) == ([], {}, pair)


def test_without_a_shared_room_nothing_is_asked(house):
    alone = house.reserve()
    assert queries_of(lambda: parties_of([alone])) == []
