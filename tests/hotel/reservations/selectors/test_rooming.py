"""What a rooming list would do is known in a few queries, whatever its length."""

from datetime import timedelta

import pytest

from hotel.reservations.domain.rooming import RoomingPerson
from hotel.reservations.selectors.rooming import (
    defaults_of,
    header_faults,
    people_read,
    profiles_of,
    rooming_plan,
)
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.reservations.services.pick_up import RoomingRow, rooming_list_pick_up
from tests.factories.guests import guest_make
from tests.factories.reservations import group_block_make, house_make


@pytest.fixture
def block(cast):
    return group_block_make(house_make(cast.alpha, doubles=6).place, rooms=3)


def people_of(block, count, **over):
    values = {"arrival": block.arrival, "departure": block.departure, "room_type": "DBL", **over}
    return [
        RoomingPerson(line=line, last_name=f"Guest {line}", email=f"g{line}@example.com", **values)
        for line in range(2, count + 2)
    ]


def test_a_first_line_without_last_names_will_not_do():
    assert header_faults(["Vorname", "Nachname"]) == []
    (said,) = header_faults(["Berg", "Anna"])
    assert said.startswith("The first line has to name the columns, one of them “Last name”")


def test_empty_cells_mean_the_block_and_types_are_known_by_code_and_name(block):
    found = defaults_of(block)
    assert (found.arrival, found.departure, found.only_type) == (block.arrival, block.departure, "DBL")
    assert {found.room_types["dbl"], found.room_types["sui"]} == {"DBL", "SUI"}
    assert found.is_month_first is False
    block.property.country = "US"
    assert defaults_of(block).is_month_first is True


def test_lines_are_read_by_the_names_of_their_columns_and_others_refused_with_their_cells(block):
    rows = [
        (2, {"Name": "Berg", "Shoe": "42"}),
        (3, {"Name": "", "Shoe": "43"}),
        (4, {"Name": "Roth", "Bis": "2028-12-31"}),
    ]
    people, refused = people_read(block, rows)
    assert [(one.line, one.last_name) for one in people] == [(2, "Berg")]
    assert [(one.line, one.cells, one.reasons) for one in refused] == [
        (3, "43", ["Last name is missing."]),
        (4, "Roth · 2028-12-31", ["A stay has at most 120 nights."]),
    ]


@pytest.mark.parametrize("count", [1, 40])
def test_a_plan_is_made_in_two_queries_and_profiles_are_found_in_one_more(
    block, django_assert_num_queries, count
):
    people = people_of(block, count)
    with django_assert_num_queries(2):
        plan = rooming_plan(block, people)
    assert [room.from_block for room in plan[:4]] == [2, 2, 2, 0][:count]
    with django_assert_num_queries(1):
        assert profiles_of(block, people) == ({}, {})


def test_known_profiles_take_one_query_more_for_what_they_showed(block, django_assert_num_queries):
    guests = [
        guest_make(block.property, last_name=f"Guest {line}", first_name="", email=f"g{line}@example.com")
        for line in (2, 3)
    ]
    with django_assert_num_queries(2):
        matches, proposed = profiles_of(block, people_of(block, 5))
    assert {line: [match.guest for match in found] for line, found in matches.items()} == {
        2: [guests[0]],
        3: [guests[1]],
    }
    assert proposed == {2: guests[0].pk, 3: guests[1].pk}


def test_who_is_picked_up_is_known_until_he_cancels(block):
    (berg,) = people_of(block, 1)
    row = RoomingRow(2, "", berg.last_name, "DBL", block.arrival, block.departure)
    (stay,) = rooming_list_pick_up(block=block, rows=[row], actor=None)
    (room,) = rooming_plan(block, [berg])
    assert (room.known_as, room.is_left_out, room.from_block) == (stay.number, True, 0)
    (room,) = rooming_plan(block, [berg], taken_anyway=[2])
    assert (room.known_as, room.is_left_out, room.from_block) == (stay.number, False, 2)
    reservation_cancel(reservation=stay, actor=None)
    (room,) = rooming_plan(block, [berg])
    assert (room.known_as, room.is_left_out) == ("", False)


def test_many_days_in_the_way_are_counted(block):
    people = people_of(block, 1, departure=block.departure + timedelta(days=5))
    (room,) = rooming_plan(block, people)
    assert room.reasons == ["The block has no DBL on Wed 17 Mar, Thu 18 Mar, Fri 19 Mar and 2 more."]
