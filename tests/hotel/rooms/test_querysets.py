"""Words for claims."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from hotel.properties.tenancy import tenant_scope
from hotel.rooms.choices import OccupancyKind
from hotel.rooms.models import RoomOccupancy
from hotel.rooms.services.occupancy import claim_move, room_claim
from tests.factories.rooms import room_type_make, rooms_make

D14, D15, D16, D17 = (datetime(2027, 3, day, 10, tzinfo=UTC) for day in (14, 15, 16, 17))


@pytest.fixture
def claim(cast):
    (room,) = rooms_make(cast.alpha, room_type_make(cast.alpha), 1)
    return room_claim(room=room, start=D15, end=D16, kind=OccupancyKind.STAY)


@pytest.mark.parametrize(
    ("start", "end", "is_touched"),
    [(D14, D15, False), (D14, D16, True), (D15, D16, True), (D15, D17, True), (D16, D17, False)],
)
def test_a_claim_is_touched_half_open(claim, start, end, is_touched):
    assert RoomOccupancy.objects.touching(start, end).exists() == is_touched


def test_the_instants_follow_the_claim(claim):
    claim_move(occupancy=claim, end=D17)
    claim.refresh_from_db()
    assert (claim.starts_at, claim.ends_at) == (D15, D17)


def test_behind_the_wall_the_index_is_asked_for_the_instants(cast, claim):
    with tenant_scope([cast.alpha.pk]), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = RoomOccupancy.objects.at(cast.alpha.pk).touching(D14, D17).order_by().explain()
    (condition,) = [line for line in plan.splitlines() if "Index Cond" in line and "property_id" in line]
    assert "ends_at > " in condition
    assert "starts_at < " in condition
