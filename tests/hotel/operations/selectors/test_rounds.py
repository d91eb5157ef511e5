"""Rounds of a day as they are shown and split."""

from decimal import Decimal as D

from hotel.operations.domain.rounds import Sheet
from hotel.operations.models import HousekeepingRound
from hotel.operations.selectors.rounds import load_of, rounds_with_load, sheets_of, unassigned
from hotel.operations.services.tasks import task_create, task_done, task_skip, task_start
from hotel.properties.models import Building, Floor, Section
from tests.factories.operations import housekeeping_round_make, task_make
from tests.factories.rooms import room_make


def test_what_is_in_a_round(cast, django_assert_num_queries):
    room = room_make(cast.alpha)
    housekeeping_round_make(cast.alpha, attendant=cast.di, credit_target=8)
    housekeeping_round_make(cast.alpha, attendant=cast.bo)
    tasks = [task_create(place=cast.alpha, values={"kind": kind, "room": room, "assignee": cast.di})
             for kind in ("deep", "stayover", "linen")]  # fmt: skip
    task_done(task=task_start(task=tasks[0], actor=cast.di), actor=cast.di)
    task_skip(task=tasks[2], actor=cast.di, reason="x")
    with django_assert_num_queries(1):
        rows = {row.attendant_id: row for row in rounds_with_load(HousekeepingRound.objects.all())}
    di, bo = rows[cast.di.pk], rows[cast.bo.pk]
    assert (di.credits, di.tasks, di.tasks_done) == (D("2.50"), 2, 1)
    assert (bo.credits, bo.tasks, bo.tasks_done) == (0, 0, 0)
    assert Sheet(cast.di.pk, D(8), D("2.50")) in sheets_of(cast.alpha.pk, cast.alpha.business_date)


def test_what_is_still_to_be_given_to_somebody(cast):
    building = Building.objects.create(property=cast.alpha, code="M", name="Main")
    floor = Floor.objects.create(property=cast.alpha, building=building, level=-1)
    section = Section.objects.create(property=cast.alpha, code="S1", name="South")
    room = room_make(cast.alpha, building=building, floor=floor, section=section)
    task_make(cast.alpha)  # not in a room
    task_create(place=cast.alpha, values={"kind": "deep", "room": room, "assignee": cast.di})
    mine = task_create(place=cast.alpha, values={"kind": "deep", "room": room})
    (task,) = unassigned(cast.alpha.pk, cast.alpha.business_date)
    assert task == mine
    assert load_of(task).where == ("S1", "M", "00999", "101")
