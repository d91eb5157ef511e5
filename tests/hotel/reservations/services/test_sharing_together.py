"""Several desks work on stays that share rooms: nothing is counted twice, nobody is stuck, every refusal is told."""

from collections import Counter
from datetime import timedelta

import pytest

from hotel.core.exceptions import Conflict
from hotel.core.invariants import invariants_verify
from hotel.core.locks import LockRefused
from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.models import Reservation
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.assignment import room_assign, room_unassign
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.reservations.services.reinstatements import reservation_reinstate
from hotel.reservations.services.sharing import room_share, room_unshare
from tests.factories.reservations import house_make
from tests.hotel.rooms.storm import storm
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)

ONE, DAY = Occupancy(adults=1), timedelta(days=1)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=8)


def broken():
    return [(f.invariant.name, f.violations[:2]) for f in invariants_verify() if f.violations]


def of(row):
    """As another desk has it in its hands."""
    return Reservation(pk=row.pk)


def test_both_who_share_a_room_are_cancelled_at_once(house):
    first, second = (house.reserve(1, 3, occupancy=ONE) for _ in range(2))
    room_share(reservation=first, others=[second], split="entire", actor=None)

    def cancel(row):
        return lambda: reservation_cancel(reservation=of(row), actor=None)

    outcomes = together(cancel(first), cancel(second))

    refused = [one for one in outcomes if isinstance(one, Exception)]
    assert all(isinstance(one, LockRefused) for one in refused)
    assert len(refused) < 2
    for row in Reservation.objects.exclude(status="cancelled"):
        reservation_cancel(reservation=row, actor=None)
    assert house.counted("sold") == [0] * 8
    assert broken() == []


def test_two_desks_share_a_stay_with_different_others(house):
    first, second, third = (house.reserve(1, 2, occupancy=ONE) for _ in range(3))

    outcomes = together(
        lambda: room_share(reservation=of(first), others=[of(second)], split="full", actor=None),
        lambda: room_share(reservation=of(first), others=[of(third)], split="full", actor=None),
    )

    done = [one for one in outcomes if not isinstance(one, Exception)]
    assert done
    assert all(isinstance(one, Conflict | LockRefused) for one in outcomes if isinstance(one, Exception))
    shared = Reservation.objects.exclude(share=None).count()
    assert shared == 1 + len(done)
    assert house.counted("sold", days=3) == [0, 3 - len(done), 3 - len(done)]
    assert broken() == []


def test_a_storm_on_shared_rooms_leaves_everything_counted(house):
    stays = [house.reserve(1 + n % 3, 3, occupancy=ONE) for n in range(8)]

    def act(actor, random):
        one, other = random.sample(stays, 2)
        arrival = house.place.business_date + random.randint(1, 4) * DAY
        dates = Amendment(arrival=arrival, departure=arrival + random.randint(1, 4) * DAY)
        split, room = random.choice(["full", "entire", "split"]), random.choice(house.rooms[:4])
        name, command, given = random.choice(
            [
                *[("share", room_share, {"others": [of(other)], "split": split})] * 3,
                ("unshare", room_unshare, {}),
                ("cancel", reservation_cancel, {}),
                *[("reinstate", reservation_reinstate, {})] * 2,
                ("amend", reservation_amend, {"amendment": dates}),
                ("assign", room_assign, {"room": room}),
                ("unassign", room_unassign, {}),
            ]
        )
        command(reservation=of(one), actor=None, **given)
        return name

    told = storm(act, actors=6, rounds=25)

    assert told.broken == []
    assert told.deadlocks == 0
    done = Counter(name for kept in told.kept for name in kept)
    assert done["share"] > 5, (done, told.refused)
    assert done["cancel"] + done["amend"] + done["assign"] > 5
    assert broken() == []
