"""Tasks for tests."""

from hotel.accounts.models import User
from hotel.operations.models import Task, TaskChange
from hotel.operations.services.tasks import task_create, task_start
from hotel.properties.models import Property, PropertySetting
from tests.factories.accounts import user_make


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
