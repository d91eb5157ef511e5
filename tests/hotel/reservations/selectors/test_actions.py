"""What may be done with a reservation as it stands."""

from hotel.reservations.domain.lifecycle import COMMANDS
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.actions import actions_of, situation_of
from hotel.reservations.services.assignment import room_assign
from hotel.stays.domain.eligibility import STAY_COMMANDS
from tests.contracts.queries import queries_of
from tests.factories.reservations import house_make


def test_the_room_is_asked_once_and_not_at_all_when_it_was_read(cast):
    house = house_make(cast.alpha)
    row = house.reserve()
    assert situation_of(row).has_room is False
    room_assign(reservation=row, room=house.rooms[0], actor=None)

    read = Reservation.objects.with_parts().with_rooms().get()

    assert situation_of(row).has_room is situation_of(read).has_room is True
    assert len(queries_of(lambda: actions_of(row))) == 1
    assert queries_of(lambda: actions_of(read)) == []
    assert [action.name for action in actions_of(read)] == [*COMMANDS, *STAY_COMMANDS]
