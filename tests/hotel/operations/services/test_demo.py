"""The demo's morning."""

from collections import Counter

from hotel.operations.models import Discrepancy, HousekeepingRound, LostItem, Task, WorkOrder
from hotel.operations.selectors.rounds import rounds_with_load
from hotel.operations.services import demo
from hotel.rooms.models import RoomBlock
from hotel.rooms.services.status import rooms_status_set
from tests.factories.reservations import house_make


def test_a_house_is_furnished_once(cast, monkeypatch):
    monkeypatch.setattr(demo, "demo_places", lambda: [cast.alpha])
    house = house_make(cast.alpha, doubles=8)
    rooms_status_set(room_ids=[room.pk for room in house.rooms], status="dirty")
    said = []
    for _ in range(2):
        demo.demo_seed(say=said.append)
    assert said == ["ALPHA: 9 tasks of the day"]
    assert Counter(Task.objects.values_list("state", flat=True)) == {
        "open": 6,
        "done": 3,
        "started": 1,
        "skipped": 1,
    }
    assert Counter(WorkOrder.objects.values_list("state", flat=True)) == {
        "new": 2, "assigned": 1, "doing": 1, "waiting": 1, "done": 1,
    }  # fmt: skip
    assert RoomBlock.objects.get().work_order.title == "The carpet is renewed"
    assert LostItem.objects.get().storage == "Shelf 3"
    assert Discrepancy.objects.get().kind == "sleep"
    sheet = rounds_with_load(HousekeepingRound.objects.all()).get()
    assert (sheet.attendant, sheet.tasks_done) == (cast.di, 1)
    assert not Task.objects.filter(state="open", assignee=None, credits__gt=0).exists()


def test_a_house_without_rooms_or_people(cast, monkeypatch):
    monkeypatch.setattr(demo, "demo_places", lambda: [cast.alpha])
    demo.demo_seed(say=print)
    assert list(Task.objects.values_list("kind", "location", "state")) == [
        ("delivery", "Lobby", "open"), ("other", "Lobby", "open"),
    ]  # fmt: skip
