"""The rows of tasks; what people do with them is tested in test_tasks.py."""

import pytest

from hotel.core.exceptions import InvalidInput
from hotel.operations.services.task_rows import require_attendant, room_turn
from hotel.rooms.models import RoomStatusChange
from tests.factories.operations import task_make


def test_nobody_is_fine_and_a_stranger_is_not(cast):
    require_attendant(None, cast.alpha.pk)
    require_attendant(cast.di, cast.alpha.pk)
    with pytest.raises(InvalidInput):
        require_attendant(cast.di, cast.beta.pk)


def test_a_task_elsewhere_turns_no_room(cast):
    room_turn(task_make(cast.alpha), "clean", None, "")
    assert not RoomStatusChange.objects.exists()
