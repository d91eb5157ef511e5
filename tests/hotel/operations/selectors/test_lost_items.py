from datetime import timedelta

from hotel.operations.selectors.lost_items import lost_items, possible_owners
from hotel.operations.services.lost_items import lost_item_return
from hotel.reservations.services.assignment import room_assign
from tests.cast import TODAY
from tests.factories.operations import lost_item_make, rule_set
from tests.hotel.operations.conftest import guest_in


def test_what_is_kept_due_and_gone_and_what_is_searched(house, cast):
    lost_item_make(house.place, 0)
    rule_set(house.place, "operations.lost_days", 1)
    lost_item_make(house.place, 1, storage="Safe")
    lost_item_return(item=lost_item_make(house.place, 2), signed_name="Anna", actor=cast.bo)
    lost_item_make(cast.beta, 9)
    house.place.business_date = TODAY + timedelta(days=1)

    def found(**only):
        return [row.description for row in lost_items(house.place, **only)]

    assert (found(), found(wanted="due"), found(wanted="gone")) == (
        ["Umbrella 1", "Umbrella 0"], ["Umbrella 1"], ["Umbrella 2"],
    )  # fmt: skip
    assert (found(text="safe"), found(text="LOBBY"), found(text="hat")) == (
        ["Umbrella 1"], ["Umbrella 1", "Umbrella 0"], [],
    )  # fmt: skip


def test_whose_it_may_be(house, django_assert_num_queries):
    here, other = guest_in(house, 0), guest_in(house, 1)
    coming = house.reserve(0, 1)
    room_assign(reservation=coming, room=house.rooms[2], actor=None)
    item = lost_item_make(house.place, room=house.rooms[0])
    with django_assert_num_queries(1):
        assert possible_owners(item) == [here]
    assert possible_owners(lost_item_make(house.place, room=house.rooms[1])) == [other]
    assert possible_owners(lost_item_make(house.place, room=house.rooms[2])) == []
    assert possible_owners(lost_item_make(house.place)) == []
