"""What operations tells the house: work was done."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from hotel.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class TaskCompleted(Fact):
    """A task was done.

    Attributes:
        kind: what was done, such as ``departure``.
        room_id: None when it was not in a room.
        reservation_id: the stay it was for, if any.
        started_at, ended_at: UTC instants.
    """

    aggregate_name: ClassVar[str] = "task"
    aggregate_field: ClassVar[str] = "task_id"

    task_id: int
    kind: str
    room_id: int | None
    reservation_id: int | None
    business_date: date
    started_at: datetime
    ended_at: datetime


@dataclass(frozen=True, kw_only=True)
class QualityFailed(Fact):
    """A clean was inspected and is not good; its attendant does it again.

    Attributes:
        task_id: the clean.
        inspection_id: the inspection, a task as well.
        kind: of the clean.
    """

    aggregate_name: ClassVar[str] = "task"
    aggregate_field: ClassVar[str] = "task_id"

    task_id: int
    inspection_id: int
    kind: str
    room_id: int | None
    business_date: date
    reason: str
