"""What attendants find in rooms."""

import pytest
from django.db import IntegrityError

from hotel.core.exceptions import InvalidInput
from hotel.operations.domain.discrepancies import Occupied
from hotel.operations.models import Discrepancy
from hotel.operations.services.discrepancies import discrepancy_resolve, room_found
from tests.cast import TODAY
from tests.hotel.operations.conftest import guest_in
from tests.hotel.operations.refusals import refused


def test_a_skip_is_open_until_somebody_says_what_it_was(house, cast):
    guest_in(house)
    row = room_found(room=house.rooms[0], found=Occupied(False), actor=cast.di)
    assert (row.kind, row.business_date, row.office_occupied, row.office_persons, row.persons, row.found_by) == (
        "skip", TODAY, True, 2, None, cast.di,
    )  # fmt: skip
    refused(
        "reason_required",
        lambda: discrepancy_resolve(discrepancy=row, reason=" ", actor=cast.bo),
        InvalidInput,
    )
    done = discrepancy_resolve(discrepancy=row, reason="At the pool", actor=cast.bo)
    assert (done.because, done.resolved_by, done.resolved_at >= done.found_at) == (
        "At the pool",
        cast.bo,
        True,
    )
    refused("discrepancy_resolved", lambda: discrepancy_resolve(discrepancy=row, reason="x", actor=cast.bo))


def test_a_sleep_and_another_number_of_persons(house, cast):
    guest_in(house)
    assert room_found(room=house.rooms[1], found=Occupied(True), actor=cast.di).kind == "sleep"
    assert room_found(room=house.rooms[0], found=Occupied(True, 3), actor=cast.di).kind == "person"


def test_another_look_replaces_the_first_and_one_that_agrees_ends_it(house, cast):
    guest_in(house)
    first = room_found(room=house.rooms[0], found=Occupied(False), actor=cast.di)
    second = room_found(room=house.rooms[0], found=Occupied(True, 1), actor=cast.di)
    assert (second.pk, second.kind) == (first.pk, "person")
    assert room_found(room=house.rooms[0], found=Occupied(True, 2), actor=cast.di) is None
    first.refresh_from_db()
    assert (first.because, first.resolved_by) == ("They agree by now", cast.di)
    assert room_found(room=house.rooms[0], found=Occupied(True, 2), actor=cast.di) is None
    assert Discrepancy.objects.count() == 1


def test_one_is_open_for_a_room(house, cast):
    row = room_found(room=house.rooms[0], found=Occupied(True), actor=cast.di)
    row.pk = None
    with pytest.raises(IntegrityError, match="operations_discrepancy_open_once"):
        row.save(force_insert=True)
