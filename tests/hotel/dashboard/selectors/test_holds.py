from datetime import timedelta

from hotel.dashboard.selectors.holds import holds_on
from hotel.reservations.selectors.front_desk import rack
from hotel.rooms.services.blocks import BlockData, block_create
from tests.cast import TODAY
from tests.factories.rooms import inventory_ready, room_make, room_type_make

DAY = timedelta(days=1)


def test_a_hold_on_a_suite_claims_its_parts_unless_it_may_still_be_sold(house):
    family = room_type_make(house.place, "FAM", kind="component", parts={house.double: 2}, max_occupancy=6)
    suite = room_make(house.place, family, "F2", parts=tuple(house.rooms[:2]))
    inventory_ready(house.place, TODAY, TODAY + 9 * DAY)
    for number, kind in enumerate(("out_of_order", "out_of_service")):
        start = TODAY + 2 * number * DAY
        block_create(
            room=suite, data=BlockData(kind=kind, start_on=start, end_on=start + DAY, reason=f"Tiles {kind}")
        )
    *rows, _ = rack(house.place.pk, TODAY, TODAY + 7 * DAY)

    found = holds_on(house.place, rows, TODAY, TODAY + 7 * DAY)

    numbers = {row.room.pk: row.room.number for row in rows}
    assert {numbers[pk]: sorted(one.reason for one in holds) for pk, holds in found.items() if holds} == {
        "F2": ["Tiles out_of_order", "Tiles out_of_service"],
        "101": ["Tiles out_of_order"],
        "102": ["Tiles out_of_order"],
    }
    assert not any(holds_on(house.place, rows, TODAY + 4 * DAY, TODAY + 7 * DAY).values())
