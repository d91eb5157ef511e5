"""The board of work orders and tasks: columns of cards, each with what may become of it next."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q

from hotel.core.clock import now
from hotel.operations.choices import UNFINISHED, WORK_ORDER_OVER, TaskState
from hotel.operations.domain.work_orders import order_commands
from hotel.operations.models import Task, WorkOrder
from hotel.properties.business_date import local_instant
from hotel.properties.models import Property
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import RoomAssignment

COLUMNS = ("new", "assigned", "doing", "waiting", "done")
SHOWN_DONE = 30
TASK_MOVES = {
    TaskState.OPEN: {"task_assign": "assigned", "task_start": "doing", "task_skip": ""},
    TaskState.STARTED: {"task_done": "done", "task_skip": ""},
    TaskState.DONE: {},
}


@dataclass(frozen=True)
class Card:
    """A work order or a task on the board.

    Attributes:
        row: a WorkOrder or a Task.
        column: one of ``COLUMNS``.
        moves: acts that it takes now, to the column that each leads to; empty for off the board.
        arrives_on: the next arrival into its room, business date; ``eta`` the hour, if the guest said so.
    """

    row: Any
    column: str
    moves: dict[str, str]
    is_late: bool
    arrives_on: date | None = None
    eta: time | None = None

    @property
    def urgency(self) -> int:
        """1 for urgent to 4 for low."""
        return int(self.row.severity if isinstance(self.row, WorkOrder) else self.row.priority)


def order_moves(order: WorkOrder) -> dict[str, str]:
    """What a work order takes now, to the column that each leads to."""
    found = order_commands(order.state)
    return {name: target if target in COLUMNS else "" for name, target in found.items()}


def orders_board(place: Property) -> dict[str, list[Card]]:
    """Work orders that are not over, the worst first, and the last that were ended since the day began; two queries."""
    since = local_instant(place, place.business_date, time())
    rows = (
        WorkOrder.objects.at(place.pk)
        .filter(Q(ended_at=None) | Q(ended_at__gte=since))
        .exclude(state="cancelled", ended_at__lt=since)
        .select_related("room", "assignee", "hold")
        .order_by("severity", "due_at", "pk")
    )
    return _board(
        place,
        rows,
        lambda row: "done" if row.state in WORK_ORDER_OVER else row.state,
        order_moves,
    )


def tasks_board(place: Property) -> dict[str, list[Card]]:
    """The tasks of the open business date, and what is left of earlier ones, by when they are due; two queries."""
    rows = (
        Task.objects.at(place.pk)
        .filter(
            Q(business_date__lte=place.business_date, state__in=UNFINISHED)
            | Q(business_date=place.business_date, state=TaskState.DONE)
        )
        .select_related("room", "assignee")
        .order_by("priority", "due_at", "pk")
    )

    def column(row: Task) -> str:
        if row.state == TaskState.OPEN:
            return "assigned" if row.assignee_id else "new"
        return "doing" if row.state == TaskState.STARTED else "done"

    def moves(row: Task) -> dict[str, str]:
        found = TASK_MOVES[TaskState(row.state)]
        return {} if row.inspects_id else found  # an inspection is passed or failed in My rooms

    return _board(place, rows, column, moves)


def next_arrivals(place: Property, room_ids: Iterable[int]) -> dict[int, tuple[date, time | None]]:
    """The next arrival into each of some rooms, today or later: business date and hour; one query."""
    rows = (
        RoomAssignment.objects.at(place.pk)
        .filter(
            room__in=set(room_ids),
            released_at=None,
            arrival__gte=place.business_date,
            reservation__status=ReservationStatus.CONFIRMED,
        )
        .order_by("room_id", "arrival", "pk")
        .distinct("room_id")
    )
    columns = ("room_id", "arrival", "reservation__eta")
    return {room: (day, eta) for room, day, eta in rows.values_list(*columns)}


def _board(
    place: Property,
    rows: Iterable[Any],
    column: Callable[[Any], str],
    moves: Callable[[Any], dict[str, str]],
) -> dict[str, list[Card]]:
    found, moment = list(rows), now()
    coming = next_arrivals(place, (row.room_id for row in found if row.room_id))
    board: dict[str, list[Card]] = {name: [] for name in COLUMNS}
    for row in found:
        arrives_on, eta = coming.get(row.room_id, (None, None))
        board[column(row)].append(Card(row, column(row), moves(row), _is_late(row, moment), arrives_on, eta))
    board["done"] = sorted(board["done"], key=lambda card: card.row.ended_at, reverse=True)[:SHOWN_DONE]
    return board


def _is_late(row: Any, moment: datetime) -> bool:
    return row.ended_at is None and row.due_at is not None and row.due_at < moment
