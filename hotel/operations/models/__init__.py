"""Models of operations."""

from hotel.operations.models.tasks import Task, TaskChange

__all__ = ["Task", "TaskChange"]
