"""Endpoints of tasks."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.operations.api import serializers
from hotel.operations.api.base import OperationsViewSet
from hotel.operations.api.filters import TaskChangeFilter, TaskFilter
from hotel.operations.models import Task, TaskChange
from hotel.operations.services.do_not_disturb import task_do_not_disturb
from hotel.operations.services.inspections import inspection_fail, inspection_pass
from hotel.operations.services.tasks import (
    task_assign,
    task_cancel,
    task_create,
    task_done,
    task_note,
    task_skip,
    task_start,
)


class TaskViewSet(OperationsViewSet):
    """What is to be done in the house: what the day asks of each room, and what people ask for.

    Tasks of the day are made, rewritten and cancelled by the house while nobody has begun them; who has begun one is
    told in ``notice`` what has changed.
    """

    verbs: ClassVar[dict[str, str]] = {
        "create": "work",
        "start": "work",
        "done": "work",
        "skip": "work",
        "do_not_disturb": "work",
        "note": "work",
        "cancel": "manage",
        "assign": "manage",
        "inspection_pass": "manage",
        "inspection_fail": "manage",
    }
    idempotent = frozenset({"create"})
    versioned = frozenset({"retrieve", *verbs} - {"create"})
    queryset = Task.objects.all()
    serializer_class = serializers.TaskSerializer
    filterset_class = TaskFilter
    search_fields = ["room__number", "location", "title"]
    ordering_fields = ["business_date", "priority", "due_at", "credits"]
    default_ordering = ["-business_date", "priority"]

    @extend_schema(request=serializers.TaskInput, responses={201: serializers.TaskSerializer})
    def create(self, request: Any) -> Response:
        """Make a task by hand; it weighs what its kind does in the room."""
        values = self.read(serializers.TaskInput)
        return self.told(task_create(place=values.pop("property"), values=values), status=201)

    @extend_schema(request=None, responses=serializers.TaskSerializer)
    @action(detail=True, methods=["post"])
    def start(self, request: Any, pk: int) -> Response:
        """Begin it; whoever begins it is who does it. 409 ``task_not_open`` when somebody else was faster."""
        return self.told(task_start(task=self.get_object(), **self.seen()))

    @extend_schema(request=serializers.TaskNoteInput, responses=serializers.TaskSerializer)
    @action(detail=True, methods=["post"])
    def done(self, request: Any, pk: int) -> Response:
        """Finish it; after a clean the room is clean."""
        return self.told(
            task_done(task=self.get_object(), **self.seen(), **self.read(serializers.TaskNoteInput))
        )

    @extend_schema(request=serializers.TaskReasonInput, responses=serializers.TaskSerializer)
    @action(detail=True, methods=["post"])
    def skip(self, request: Any, pk: int) -> Response:
        """Leave it undone this time, with a reason; the day does not make it again."""
        return self.told(
            task_skip(task=self.get_object(), **self.seen(), **self.read(serializers.TaskReasonInput))
        )

    @extend_schema(request=serializers.TaskReasonInput, responses=serializers.TaskSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Any, pk: int) -> Response:
        """Take it back, with a reason; the day does not make it again."""
        return self.told(
            task_cancel(task=self.get_object(), **self.seen(), **self.read(serializers.TaskReasonInput))
        )

    @extend_schema(request=serializers.TaskAssignInput, responses=serializers.TaskSerializer)
    @action(detail=True, methods=["post"])
    def assign(self, request: Any, pk: int) -> Response:
        """Give it to somebody who works here, or to nobody, before it is begun."""
        return self.told(
            task_assign(task=self.get_object(), **self.seen(), **self.read(serializers.TaskAssignInput))
        )

    @extend_schema(request=serializers.TaskNoteInput, responses=serializers.TaskSerializer)
    @action(detail=True, methods=["post"], url_path="do-not-disturb")
    def do_not_disturb(self, request: Any, pk: int) -> Response:
        """Nobody is to be let in: it stays open; after as many times as the house bears a welfare check is made."""
        return self.told(
            task_do_not_disturb(task=self.get_object(), **self.seen(), **self.read(serializers.TaskNoteInput))
        )

    @extend_schema(request=serializers.TaskNotedInput, responses=serializers.TaskSerializer)
    @action(detail=True, methods=["post"])
    def note(self, request: Any, pk: int) -> Response:
        """Write something down about it, whatever its state; its changes have the words."""
        return self.told(
            task_note(task=self.get_object(), **self.seen(), **self.read(serializers.TaskNotedInput))
        )

    @extend_schema(request=serializers.TaskNoteInput, responses=serializers.TaskSerializer)
    @action(detail=True, methods=["post"], url_path="pass")
    def inspection_pass(self, request: Any, pk: int) -> Response:
        """Of an inspection: the clean is good, the room inspected. Nobody inspects his own work."""
        return self.told(
            inspection_pass(task=self.get_object(), **self.seen(), **self.read(serializers.TaskNoteInput))
        )

    @extend_schema(request=serializers.TaskReasonInput, responses=serializers.TaskSerializer)
    @action(detail=True, methods=["post"], url_path="fail")
    def inspection_fail(self, request: Any, pk: int) -> Response:
        """Of an inspection: the clean is not good, for a reason; its attendant does it again, the room is dirty."""
        return self.told(
            inspection_fail(task=self.get_object(), **self.seen(), **self.read(serializers.TaskReasonInput))
        )

    def told(self, task: Task, status: int = 200) -> Response:
        """How the task stands now."""
        return self.answer(self.get_serializer(task).data, status=status, version=task.version)


class TaskChangeViewSet(OperationsViewSet):
    """What happened to tasks, when and by whom; the newest first."""

    queryset = TaskChange.objects.all()
    serializer_class = serializers.TaskChangeSerializer
    filterset_class = TaskChangeFilter
    ordering_fields = ["at"]
    default_ordering = ["-at"]
