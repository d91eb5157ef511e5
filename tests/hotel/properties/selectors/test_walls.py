"""The condition of the wall is asked once for a statement, and leaves the indexes to it."""

import re

from django.db import connection

from hotel.properties.selectors.walls import BY_PROPERTY, walls
from hotel.properties.tenancy import tenant_scope
from hotel.reservations.models import Reservation
from tests.cast import TODAY


def test_own_rows_by_the_property_pairs_by_both_rows():
    found = {wall.table: wall for wall in walls()}
    assert found["rooms_room"].using == found["rooms_room"].check == BY_PROPERTY
    pair = found["rooms_room_features"]
    assert pair.using == "EXISTS (SELECT FROM rooms_room AS seen WHERE seen.id = room_id)"
    assert pair.check == (
        "EXISTS (SELECT FROM rooms_room AS seen JOIN rooms_roomfeature AS other USING (property_id)"
        " WHERE seen.id = room_id AND other.id = roomfeature_id)"
    )
    assert "properties_property" not in found
    assert "guests_guest" not in found


def test_the_condition_is_no_subplan_of_each_row_and_the_index_is_used(cast):
    with tenant_scope([cast.alpha.pk]), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        rows = Reservation.objects.at(cast.alpha.pk).filter(arrival=TODAY).order_by()
        plan = rows.explain()
    assert "InitPlan 2" in plan
    assert "InitPlan 3" not in plan
    assert "SubPlan" not in plan
    assert re.search(r"Index Cond: \(+property_id = ", plan), plan
