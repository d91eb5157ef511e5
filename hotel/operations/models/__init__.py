"""Models of operations."""

from hotel.operations.models.discrepancies import Discrepancy
from hotel.operations.models.rounds import HousekeepingRound
from hotel.operations.models.tasks import Task, TaskChange

__all__ = ["Discrepancy", "HousekeepingRound", "Task", "TaskChange"]
