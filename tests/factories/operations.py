"""Tasks for tests."""

from datetime import timedelta

from hotel.accounts.models import User
from hotel.operations.domain.discrepancies import Occupied
from hotel.operations.models import (
    Discrepancy,
    HandoverNote,
    HousekeepingRound,
    LostItem,
    Task,
    TaskChange,
    WorkOrder,
    WorkOrderChange,
)
from hotel.operations.services.discrepancies import room_found
from hotel.operations.services.handover import handover_write
from hotel.operations.services.lost_items import lost_item_record
from hotel.operations.services.tasks import task_create, task_start
from hotel.operations.services.work_orders import order_hold, order_report
from hotel.properties.models import Property, PropertySetting
from hotel.rooms.models import Room, RoomType
from tests.factories.accounts import user_make
from tests.factories.rooms import room_make


def task_make(place: Property, n: int = 0, **over) -> Task:
    """Something to be brought to the lobby, by nobody yet."""
    return task_create(
        place=place, values={"kind": "delivery", "location": "Lobby", "title": f"Parcel {n}", **over}
    )


def task_change_make(place: Property, n: int = 0, actor: User | None = None) -> TaskChange:
    """That somebody began a new task."""
    task = task_start(
        task=task_make(place, n), actor=actor or user_make(place, username=f"porter{place.pk}-{n}")
    )
    return TaskChange.objects.get(task=task)


def rule_set(place: Property, key: str, value: object) -> None:
    """A setting of a property for ever."""
    PropertySetting.objects.create(property=place, key=key, value=value, valid_from="2020-01-01")


def housekeeping_round_make(place: Property, n: int = 0, **over) -> HousekeepingRound:
    """Somebody new works here today; a full round are ten credits."""
    attendant = over.pop("attendant", None) or user_make(place, username=f"attendant{place.pk}-{n}")
    values = {"attendant": attendant, "business_date": place.business_date, "credit_target": 10, **over}
    return HousekeepingRound.objects.create(property=place, **values)


def discrepancy_make(place: Property, n: int = 0) -> Discrepancy:
    """A crowd is in the n-th room."""
    return room_found(room=_room(place, n), found=Occupied(True, 99), actor=None)


def _room(place: Property, n: int) -> Room:
    """The n-th room of a property, made when there are not so many."""
    rooms = Room.objects.filter(property=place).order_by("pk")
    kind = RoomType.objects.filter(property=place).first()
    return rooms[n] if n < len(rooms) else room_make(place, kind, f"H{n}")


def work_order_make(place: Property, n: int = 0, *, is_held: bool = False, **over) -> WorkOrder:
    """A lamp in the lobby is broken; when a room is held, in the n-th room, out of service for a night."""
    values = {"category": "electrical", "title": f"Lamp {n}", "location": "Lobby", **over}
    if not is_held:
        return order_report(place=place, values=values, actor=None)
    order = order_report(place=place, values={**values, "room": _room(place, n)}, actor=None)
    end = place.business_date + timedelta(days=1)
    return order_hold(order=order, kind="out_of_service", end_on=end, actor=None)


def work_order_change_make(place: Property, n: int = 0) -> WorkOrderChange:
    """That a new order was reported."""
    return WorkOrderChange.objects.get(order=work_order_make(place, n))


def lost_item_make(place: Property, n: int = 0, **over) -> LostItem:
    """An umbrella was left in the lobby."""
    values = {
        "kind": "other",
        "description": f"Umbrella {n}",
        "location": "Lobby",
        "storage": "Shelf 3",
        **over,
    }
    return lost_item_record(place=place, values=values, actor=None)


def handover_note_make(place: Property, n: int = 0, **over) -> HandoverNote:
    """Somebody will come for a parcel."""
    return handover_write(
        **{"place": place, "text": f"A parcel for room {n} comes today.", "actor": None, **over}
    )
