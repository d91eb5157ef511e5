"""Each write of operations is told, with the rows it touched, so that open pages and integrators look again."""

from decimal import Decimal

from hotel.core.models import OutboxMessage
from hotel.operations.domain.discrepancies import Occupied
from hotel.operations.models import Task
from hotel.operations.services.discrepancies import discrepancy_resolve, room_found
from hotel.operations.services.do_not_disturb import task_do_not_disturb
from hotel.operations.services.inspections import inspection_fail
from hotel.operations.services.room_days import room_days_settle
from hotel.operations.services.rounds import round_open, round_target_set, rounds_apply
from hotel.operations.services.tasks import task_assign, task_create, task_done, task_skip, task_start
from hotel.operations.services.work_orders import order_report, order_start
from tests.factories.operations import lost_item_make, rule_set
from tests.hotel.operations.conftest import guest_in, morning

TOPICS = ("TasksChanged", "RoundChanged", "DiscrepancyChanged", "WorkOrderChanged", "LostItemChanged")


def told(act):
    """What an act tells of operations, oldest first, and what it returns."""
    last = OutboxMessage.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    found = act()
    rows = OutboxMessage.objects.filter(pk__gt=last, topic__in=TOPICS).order_by("pk")
    return [(row.topic, row.payload) for row in rows], found


def touched(act):
    """The tasks that an act tells of, oldest first, and what it returns."""
    facts, found = told(act)
    assert {topic for topic, _ in facts} == {"TasksChanged"}
    return [pk for _, payload in facts for pk in payload["task_ids"]], found


def test_what_people_do_with_a_task(cast, house):
    values = {"kind": "deep", "room": house.rooms[0]}
    ids, task = touched(lambda: task_create(place=house.place, values=values))
    assert ids == [task.pk]
    for act in (
        lambda: task_assign(task=task, assignee=cast.di, actor=cast.ada),
        lambda: task_do_not_disturb(task=task, actor=cast.di),
        lambda: task_start(task=task, actor=cast.di),
        lambda: task_skip(task=task, actor=cast.di, reason="The guest sleeps"),
    ):
        assert touched(act)[0] == [task.pk]


def test_a_failed_inspection_tells_of_the_clean_as_well(cast, house):
    rule_set(house.place, "operations.inspection", "all")
    clean = task_create(place=house.place, values={"kind": "deep", "room": house.rooms[0]})
    clean = task_start(task=clean, actor=cast.di)
    ids, clean = touched(lambda: task_done(task=clean, actor=cast.di))
    inspection = Task.objects.get(inspects=clean)
    assert ids == [clean.pk, inspection.pk]
    assert touched(lambda: inspection_fail(task=inspection, actor=cast.ada, reason="Hair"))[0] == [
        inspection.pk,
        clean.pk,
    ]


def test_a_morning_is_told_once_and_a_second_look_not_at_all(house):
    guest_in(house, 0)
    guest_in(house, 1)
    facts, _ = told(lambda: morning(house, 0, 1))
    assert [(topic, payload["task_ids"]) for topic, payload in facts] == [
        ("TasksChanged", list(Task.objects.order_by("pk").values_list("pk", flat=True)))
    ]
    assert told(lambda: room_days_settle(property_id=house.place.pk)) == ([], {})


def test_rounds_and_what_they_hand_out(cast, house):
    guest_in(house, 0)
    morning(house, 0)
    [(topic, payload)], sheet = told(
        lambda: round_open(place=house.place, attendant=cast.di, credit_target=Decimal(14))
    )
    assert (topic, payload["round_id"], payload["credit_target"]) == ("RoundChanged", sheet.pk, "14")
    [(topic, payload)], _ = told(lambda: round_target_set(sheet=sheet, credit_target=Decimal(7)))
    assert (topic, payload["attendant_id"], payload["credit_target"]) == ("RoundChanged", cast.di.pk, "7")
    assert touched(lambda: rounds_apply(place=house.place, actor=cast.ada))[0] == [Task.objects.get().pk]


def test_found_things(house):
    [(topic, payload)], item = told(lambda: lost_item_make(house.place))
    assert (topic, payload["item_id"], payload["state"]) == ("LostItemChanged", item.pk, "kept")


def test_discrepancies_and_work_orders(cast, house):
    room = house.rooms[0]
    found, resolved = (
        told(lambda: room_found(room=room, found=Occupied(True), actor=cast.di)),
        lambda row: told(lambda: discrepancy_resolve(discrepancy=row, reason="A day guest", actor=cast.bo)),
    )
    facts = [*found[0], *resolved(found[1])[0]]
    assert [(topic, payload["kind"], payload["is_open"]) for topic, payload in facts] == [
        ("DiscrepancyChanged", "sleep", True),
        ("DiscrepancyChanged", "sleep", False),
    ]
    values = {"room": room, "category": "plumbing", "title": "Tap"}
    facts, order = told(lambda: order_report(place=house.place, values=values, actor=cast.di))
    facts += told(lambda: order_start(order=order, actor=cast.di))[0]
    assert [
        (topic, payload["order_id"], payload["state"], payload["room_id"]) for topic, payload in facts
    ] == [
        ("WorkOrderChanged", order.pk, "new", room.pk),
        ("WorkOrderChanged", order.pk, "doing", room.pk),
    ]
