"""The tasks of the day follow what happens in the house."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hotel.operations.models import Task, TaskChange
from hotel.operations.services.room_days import room_days_settle
from hotel.operations.services.tasks import task_cancel, task_done, task_skip, task_start
from hotel.properties.services.business_days import business_day_close
from hotel.reservations.services.assignment import room_assign
from hotel.rooms.models import Room
from hotel.rooms.services.blocks import BlockData, block_create
from hotel.rooms.services.status import room_status_set, rooms_status_set
from hotel.stays.services.check_out import check_out, check_out_reinstate
from hotel.stays.services.departures import early_departure, late_check_out, stay_extend
from hotel.stays.services.room_moves import room_move
from tests.cast import TODAY
from tests.factories.operations import rule_set
from tests.factories.reservations import house_make
from tests.factories.rooms import room_make, room_type_make
from tests.factories.stays import bill_pay
from tests.hotel.operations.conftest import guest_in, morning, tasks_of
from tests.together import together

DAY = timedelta(days=1)


def told(task):
    return list(TaskChange.objects.filter(task=task).order_by("pk").values_list("kind", "note"))


def test_the_morning_has_a_task_for_each_room_that_wants_one(house):
    guest_in(house, 0, 2)
    guest_in(house, 1, 1)
    coming = house.reserve(1, 1)
    room_assign(reservation=coming, room=house.rooms[2], actor=None)
    morning(house, 0, 1)
    assert tasks_of(house) == [
        ("101", "stayover", "open"), ("102", "departure", "open"), ("103", "arrival", "open"),
    ]  # fmt: skip
    stay, leave, come = Task.objects.order_by("pk")
    assert (stay.business_date, stay.credits, stay.standard_minutes, stay.source) == (
        TODAY + DAY, stay.room.room_type.housekeeping_credits / 2, 15, "day",
    )  # fmt: skip
    assert (leave.due_at.isoformat(), come.due_at.isoformat()) == (
        "2027-03-15T10:00:00+00:00", "2027-03-15T14:00:00+00:00",
    )  # fmt: skip
    assert (come.reservation, come.assignee) == (coming, None)


def test_done_twice_it_is_done_once(house):
    guest_in(house)
    morning(house, 0)
    before = list(Task.objects.values())
    assert room_days_settle(property_id=house.place.pk) == {}
    assert list(Task.objects.values()) == before
    assert not TaskChange.objects.exists()


def test_what_was_not_done_is_skipped_and_the_new_day_has_its_own(house, cast):
    guest_in(house, 0, 3)
    guest_in(house, 1, 3)
    morning(house, 0, 1)
    task_start(task=Task.objects.get(room=house.rooms[1]), actor=cast.di)
    morning(house)
    first, begun, second = Task.objects.order_by("pk")
    assert (first.state, first.because, first.ended_by) == ("skipped", "Not done on its day", None)
    assert begun.state == "started"
    assert (second.room, second.business_date, second.state) == (house.rooms[0], TODAY + 2 * DAY, "open")


def test_a_check_out_makes_the_departure_clean_due_now(house, noon):
    stay = guest_in(house, 0, 1)
    morning(house, 0)
    noon.shift(timedelta(hours=19))  # 08:00 on the day of departure
    bill_pay(stay)
    check_out(reservation=stay, actor=None)
    room_days_settle(property_id=house.place.pk, room_ids=[house.rooms[0].pk])
    task = Task.objects.get()
    assert (task.kind, task.reservation_id, task.due_at.isoformat(), task.version) == (
        "departure", stay.pk, "2027-03-15T07:00:00+00:00", 2,
    )  # fmt: skip
    assert told(task) == [("rewritten", "Its time, stay or priority changed.")]
    check_out_reinstate(reservation=stay, actor=None)
    room_days_settle(property_id=house.place.pk)
    assert Task.objects.get().due_at.isoformat() == "2027-03-15T10:00:00+00:00"


def test_a_later_check_out_moves_it(house):
    stay = guest_in(house, 0, 1)
    morning(house, 0)
    late_check_out(reservation=stay, until=time(15), actor=None)
    room_days_settle(property_id=house.place.pk)
    assert Task.objects.get().due_at.isoformat() == "2027-03-15T14:00:00+00:00"


def test_a_guest_who_moves_takes_his_service_along(house):
    stay = guest_in(house, 0, 3)
    morning(house, 0)
    room_move(reservation=stay, room=house.rooms[1], actor=None)
    room_days_settle(property_id=house.place.pk)
    assert tasks_of(house) == [
        ("101", "stayover", "cancelled"), ("101", "departure", "open"), ("102", "stayover", "open"),
    ]  # fmt: skip
    old, leave, new = Task.objects.order_by("pk")
    assert (old.because, old.ended_by) == ("The guest has another room", None)
    assert (leave.reservation, new.reservation) == (stay, stay)
    assert room_days_settle(property_id=house.place.pk) == {}


def test_a_service_that_was_begun_is_not_moved_and_its_attendant_is_told(house, cast):
    stay = guest_in(house, 0, 3)
    morning(house, 0)
    task_start(task=Task.objects.get(), actor=cast.di)
    room_move(reservation=stay, room=house.rooms[1], actor=None)
    for _ in range(2):
        room_days_settle(property_id=house.place.pk)
    assert tasks_of(house) == [("101", "stayover", "started")]
    task = Task.objects.get()
    assert (task.assignee, task.notice) == (
        cast.di,
        "Things have changed: the room wants a departure clean now.",
    )
    assert [kind for kind, _ in told(task)] == ["started", "told"]
    task_done(task=task, actor=cast.di)
    assert room_days_settle(property_id=house.place.pk) == {}


def test_an_early_departure_and_an_extension_turn_it(house):
    stay = guest_in(house, 0, 3)
    other = guest_in(house, 1, 1)
    morning(house, 0, 1)
    early_departure(reservation=stay, actor=None)
    stay_extend(reservation=other, departure=TODAY + 2 * DAY, actor=None)
    assert room_days_settle(property_id=house.place.pk) == {"rewrite": 2}
    assert tasks_of(house) == [("101", "departure", "open"), ("102", "stayover", "open")]
    assert told(Task.objects.order_by("pk")[0]) == [
        ("rewritten", "Was a stayover clean, is a departure clean now.")
    ]


def test_a_room_that_somebody_sets_clean_wants_nothing_until_it_is_dirty_again(house):
    guest_in(house)
    morning(house, 0)
    room_status_set(room=house.rooms[0], status="clean", source="front_desk")
    room_days_settle(property_id=house.place.pk)
    task = Task.objects.get()
    assert (task.state, task.because) == ("cancelled", "The room wants it no longer")
    room_status_set(room=house.rooms[0], status="dirty", source="front_desk")
    room_days_settle(property_id=house.place.pk)
    assert tasks_of(house) == [("101", "stayover", "cancelled"), ("101", "stayover", "open")]


@pytest.mark.parametrize("give_up", [task_skip, task_cancel])
def test_what_a_person_gave_up_is_not_made_again_that_day(house, cast, give_up):
    guest_in(house, 0, 4)
    morning(house, 0)
    give_up(task=Task.objects.get(), actor=cast.di, reason="Declined")
    assert room_days_settle(property_id=house.place.pk) == {}
    morning(house, 0)
    assert [row[1:] for row in tasks_of(house)][1:] == [("stayover", "open")]


def test_linen_is_changed_by_the_cycle_of_the_house(house):
    rule_set(house.place, "operations.linen_nights", 2)
    guest_in(house, 0, 5)
    for _ in range(2):
        morning(house, 0)
    assert tasks_of(house, state="open") == [("101", "linen", "open")]


def test_a_room_out_of_order_wants_nothing(house):
    rooms_status_set(room_ids=[house.rooms[3].pk], status="dirty")
    room_days_settle(property_id=house.place.pk)
    block_create(room=house.rooms[3], data=BlockData("out_of_order", TODAY, TODAY + DAY, "Paint"))
    room_days_settle(property_id=house.place.pk)
    assert tasks_of(house) == [("104", "departure", "cancelled")]


def test_a_room_out_of_service_is_cleaned(house):
    rooms_status_set(room_ids=[house.rooms[3].pk], status="dirty")
    block_create(room=house.rooms[3], data=BlockData("out_of_service", TODAY, TODAY + DAY, "Lamp"))
    room_days_settle(property_id=house.place.pk)
    assert tasks_of(house) == [("104", "departure", "open")]


def test_a_suite_is_cleaned_as_one(cast, noon, house):
    parts = (house.rooms[2], house.rooms[3])
    kind = room_type_make(cast.alpha, "APT", kind="component", parts={house.double: 2})
    suite = room_make(cast.alpha, kind, "900", parts=parts)
    rooms_status_set(room_ids=[suite.pk, *(part.pk for part in parts)], status="dirty")
    room_days_settle(property_id=cast.alpha.pk, room_ids=[parts[0].pk])
    assert tasks_of(house) == [("900", "departure", "open")]
    task_done(task=task_start(task=Task.objects.get(), actor=cast.di), actor=cast.di)
    ids = [suite.pk, *(part.pk for part in parts)]
    assert set(Room.objects.filter(pk__in=ids).values_list("housekeeping_status", flat=True)) == {"clean"}
    assert room_days_settle(property_id=cast.alpha.pk) == {}


def test_a_posting_master_is_no_room(cast, house):
    room_make(cast.alpha, room_type_make(cast.alpha, "PM", kind="pseudo"), "PM1", housekeeping_status="dirty")
    assert room_days_settle(property_id=cast.alpha.pk) == {}


def test_other_properties_are_left_alone(cast, house):
    other = house_make(cast.beta)
    rooms_status_set(room_ids=[other.rooms[0].pk], status="dirty")
    room_days_settle(property_id=cast.alpha.pk)
    assert not Task.objects.exists()
    room_days_settle(property_id=cast.beta.pk)
    assert tasks_of(other) == [("101", "departure", "open")]


def test_the_number_of_statements_does_not_depend_on_the_rooms(house):
    def statements():
        with CaptureQueriesContext(connection) as seen:
            room_days_settle(property_id=house.place.pk)
        return len(seen)

    rooms_status_set(room_ids=[house.rooms[0].pk], status="dirty")
    one = statements()
    rooms_status_set(room_ids=[room.pk for room in house.rooms], status="dirty")
    many = statements()
    business_day_close(place=house.place)
    renewed = statements()
    assert (one, many, renewed) == (12, 12, 14)


@pytest.mark.django_db(transaction=True)
def test_two_facts_at_once_make_one_task(cast):
    house = house_make(cast.alpha)
    rooms_status_set(room_ids=[house.rooms[0].pk], status="dirty")
    found = together(*[lambda: room_days_settle(property_id=cast.alpha.pk) for _ in range(4)])
    assert sorted(sum(counts.values()) for counts in found) == [0, 0, 0, 1]
    assert tasks_of(house) == [("101", "departure", "open")]


@pytest.mark.django_db(transaction=True)
def test_who_starts_while_the_guest_moves_has_it_or_is_told(cast):
    """The settling waits for who is starting the task, and then leaves it to him."""
    house = house_make(cast.alpha)
    rooms_status_set(room_ids=[house.rooms[0].pk], status="dirty")
    room_days_settle(property_id=cast.alpha.pk)
    task = Task.objects.get()
    room_status_set(room=house.rooms[0], status="clean", source="front_desk")
    start, settle = together(
        lambda: task_start(task=task, actor=cast.di),
        lambda: room_days_settle(property_id=cast.alpha.pk),
    )
    fresh = Task.objects.get()
    if fresh.state == "started":
        assert (start.state, settle) == ("started", {})
    else:
        assert (fresh.state, start.code, settle) == ("cancelled", "task_not_open", {"cancel": 1})
