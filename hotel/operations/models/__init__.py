"""Models of operations."""

from hotel.operations.models.discrepancies import Discrepancy
from hotel.operations.models.handover import HandoverNote
from hotel.operations.models.lost_items import LostItem
from hotel.operations.models.rounds import HousekeepingRound
from hotel.operations.models.tasks import Task, TaskChange
from hotel.operations.models.work_orders import WorkOrder, WorkOrderChange

__all__ = [
    "Discrepancy",
    "HandoverNote",
    "HousekeepingRound",
    "LostItem",
    "Task",
    "TaskChange",
    "WorkOrder",
    "WorkOrderChange",
]
