"""What operations tells the house: work was done, handed out, found to be done, or broken."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
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


@dataclass(frozen=True, kw_only=True)
class TasksChanged(Fact):
    """Tasks were made, begun, ended, rewritten or given to somebody; how they stand is read from them.

    Attributes:
        task_ids: those that one act has touched.
    """

    aggregate_name: ClassVar[str] = "tasks"
    aggregate_field: ClassVar[str] = "property_id"

    task_ids: tuple[int, ...]
    business_date: date


@dataclass(frozen=True, kw_only=True)
class RoundChanged(Fact):
    """Somebody has a round on a business date, or a full round is another number of credits for him."""

    aggregate_name: ClassVar[str] = "round"
    aggregate_field: ClassVar[str] = "round_id"

    round_id: int
    attendant_id: int
    credit_target: Decimal
    business_date: date


@dataclass(frozen=True, kw_only=True)
class DiscrepancyChanged(Fact):
    """A room was found otherwise than the front office has it, or it was said why.

    Attributes:
        kind: ``skip``, ``sleep`` or ``person``.
        is_open: whether it still has to be looked into.
    """

    aggregate_name: ClassVar[str] = "discrepancy"
    aggregate_field: ClassVar[str] = "discrepancy_id"

    discrepancy_id: int
    room_id: int
    kind: str
    is_open: bool
    business_date: date


@dataclass(frozen=True, kw_only=True)
class WorkOrderChanged(Fact):
    """A work order was reported, came to another state, or holds its room.

    Attributes:
        state: ``new``, ``assigned``, ``doing``, ``waiting``, ``done`` or ``cancelled``.
        severity: 1 for urgent to 4 for low.
        room_id: None when it is not in a room.
    """

    aggregate_name: ClassVar[str] = "work_order"
    aggregate_field: ClassVar[str] = "order_id"

    order_id: int
    state: str
    severity: int
    room_id: int | None


@dataclass(frozen=True, kw_only=True)
class LostItemChanged(Fact):
    """A thing was found, lies elsewhere, has an owner, or is gone.

    Attributes:
        state: ``kept``, ``returned``, ``shipped`` or ``disposed``.
        room_id: where it was found; None when not in a room.
    """

    aggregate_name: ClassVar[str] = "lost_item"
    aggregate_field: ClassVar[str] = "item_id"

    item_id: int
    state: str
    room_id: int | None


@dataclass(frozen=True, kw_only=True)
class HandoverChanged(Fact):
    """A shift left a note for the next one, somebody has done what it asks, or it stands again."""

    aggregate_name: ClassVar[str] = "handover_note"
    aggregate_field: ClassVar[str] = "note_id"

    note_id: int
    is_open: bool
