"""The steps every command shares."""

from datetime import date

import pytest
from moneyed import Money

from hotel.core.exceptions import Conflict, NotFound, VersionConflict
from hotel.core.models import OutboxMessage
from hotel.reservations.choices import ChangeKind
from hotel.reservations.models import Reservation, ReservationChange
from hotel.reservations.services.commands import (
    availability_facts,
    change,
    check,
    finish,
    nights_of_reservations,
    plain,
    reservation_locked,
    reservations_locked,
)
from hotel.rooms.services.inventory import Bucket, Move
from tests.factories.reservations import house_make

ONE, TWO, FIVE = date(2027, 3, 15), date(2027, 3, 16), date(2027, 3, 19)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


def test_rows_are_locked_in_order_of_their_ids(house):
    first, second = house.reserve(), house.reserve()

    assert [row.pk for row in reservations_locked([second.pk, first.pk])] == [first.pk, second.pk]


def test_a_stale_version_or_a_lost_row_is_refused(house):
    row = house.reserve()

    with pytest.raises(VersionConflict) as refused:
        reservation_locked(row, expected_version=2)
    assert refused.value.extra == {"version": 1}
    with pytest.raises(NotFound):
        reservation_locked(Reservation(pk=2**40))


def test_a_denial_names_command_and_status(house):
    with pytest.raises(Conflict) as refused:
        check(house.reserve(), "reinstate")
    assert refused.value.extra == {"command": "reinstate", "status": "confirmed"}


def test_only_what_changes_is_written_and_logged(house, cast):
    row = house.reserve()

    change(
        row,
        ChangeKind.DETAILS,
        actor=cast.bo,
        values={"guarantee": "none", "fee_amount": Money(5, "EUR"), "room_type": house.suite},
        before={"x": 1},
        after={"x": 2},
    )

    entry = ReservationChange.objects.latest("pk")
    assert entry.before == {"fee_amount": None, "room_type": str(house.double), "x": 1}
    assert entry.after == {
        "fee_amount": {"amount": "5", "currency": "EUR"},
        "room_type": str(house.suite),
        "x": 2,
    }
    stored = Reservation.objects.get()
    assert (stored.fee_amount, stored.room_type_id, stored.version) == (Money(5, "EUR"), house.suite.pk, 2)


def test_plain_values_stay_as_they_are():
    assert plain(3) == 3


def test_one_fact_tells_all_nights_of_a_type():
    moves = [
        Move(7, TWO, FIVE, Bucket.SOLD, 1),
        Move(7, ONE, TWO, Bucket.SOLD, -1),
        Move(3, ONE, TWO, Bucket.HELD, 1),
    ]

    facts = availability_facts(1, moves)

    assert [(f.room_type_id, f.first_night, f.last_night) for f in facts] == [
        (3, ONE, ONE),
        (7, ONE, date(2027, 3, 18)),
    ]


def test_finishing_moves_the_counters_and_answers_with_what_moved(house):
    row = house.reserve(status="inquiry")
    move = Move(house.double.pk, row.arrival, row.departure, Bucket.SOLD, 1)
    OutboxMessage.objects.all().delete()

    result = finish(row, moves=[move])

    assert (result.moves, result.fees, result.postings) == ((move,), (), ())
    assert house.counted("sold", days=4) == [0, 1, 1, 0]
    assert [m.topic for m in OutboxMessage.objects.all()] == ["AvailabilityChanged"]


def test_nights_come_by_reservation_in_order_of_dates(house):
    rows = [house.reserve(1, 1), house.reserve(2, 2)]

    found = nights_of_reservations(rows)

    assert {pk: [n.night for n in nights] for pk, nights in found.items()} == {
        rows[0].pk: [ONE],
        rows[1].pk: [TWO, date(2027, 3, 17)],
    }
