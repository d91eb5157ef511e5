"""Work orders and tasks as a board, one work order with its history, and a new one that may hold its room."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotel.accounts.models import User
from hotel.core.exceptions import NotPermitted
from hotel.dashboard.forms.task_board import (
    AssignForm,
    DoneForm,
    HoldForm,
    ReasonRowForm,
    ReportForm,
    RowForm,
)
from hotel.dashboard.selectors.task_board import next_arrivals, order_moves, orders_board, tasks_board
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.dashboard.views.saved import WithViews
from hotel.operations.models import Task, WorkOrder
from hotel.operations.selectors.attendants import attendants
from hotel.operations.services.tasks import task_assign, task_done, task_skip, task_start
from hotel.operations.services.work_orders import (
    order_assign,
    order_cancel,
    order_done,
    order_hold,
    order_reopen,
    order_report,
    order_report_held,
    order_start,
    order_wait,
)
from hotel.rooms.models import Room
from hotel.rooms.selectors.rooms import rooms_open

COLUMN_NAMES = {
    "new": gettext_lazy("New"),
    "assigned": gettext_lazy("Assigned"),
    "doing": gettext_lazy("Doing"),
    "waiting": gettext_lazy("Waiting"),
    "done": gettext_lazy("Done"),
}
# Act to the words of its button, and the fields that people fill in.
WORDS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "assign": (gettext_lazy("Assign"), ("assignee",)),
    "start": (gettext_lazy("Start"), ()),
    "wait": (gettext_lazy("Let it wait"), ("reason",)),
    "done": (gettext_lazy("Done"), ("reason", "minutes")),
    "cancel": (gettext_lazy("Cancel it"), ("reason",)),
    "reopen": (gettext_lazy("Reopen"), ("reason",)),
    "task_assign": (gettext_lazy("Assign"), ("assignee",)),
    "task_start": (gettext_lazy("Start"), ()),
    "task_done": (gettext_lazy("Done"), ()),
    "task_skip": (gettext_lazy("Skip it"), ("reason",)),
}


def _moved(model: type, service: Callable[..., Any], name: str) -> Callable[[Any, dict[str, Any]], str]:
    def work(page: "MovingPage", values: dict[str, Any]) -> str:
        row = get_object_or_404(model.objects.at(page.place.pk), pk=values.pop("row"))  # type: ignore[attr-defined]
        seen = values.pop("version")
        found = service(**{name: row}, actor=page.request.user, expected_version=seen, **values)
        return f"{found}: {found.get_state_display()}."

    return work


def _order(service: Callable[..., Any]) -> Callable[[Any, dict[str, Any]], str]:
    return _moved(WorkOrder, service, "order")


def _task(service: Callable[..., Any]) -> Callable[[Any, dict[str, Any]], str]:
    return _moved(Task, service, "task")


def _held(page: "MovingPage", values: dict[str, Any]) -> str:
    if not page.may_hold:
        raise NotPermitted(_("You may not hold rooms at this property."))
    return _order(order_hold)(page, values)


def _people(page: "MovingPage") -> dict[str, Any]:
    return {"people": page.people}


class MovingPage(ActingPage):
    """A page on which work orders and tasks are moved on; each move carries the version that was seen."""

    area = "operations"
    acts: ClassVar = {
        "assign": Act(AssignForm, _order(order_assign), "manage", is_once=True, needs=_people),
        "start": Act(RowForm, _order(order_start), "work", is_once=True),
        "wait": Act(ReasonRowForm, _order(order_wait), "work", is_once=True),
        "done": Act(DoneForm, _order(order_done), "work", is_once=True),
        "cancel": Act(ReasonRowForm, _order(order_cancel), "manage", is_once=True),
        "reopen": Act(ReasonRowForm, _order(order_reopen), "manage", is_once=True),
        "task_assign": Act(AssignForm, _task(task_assign), "manage", is_once=True, needs=_people),
        "task_start": Act(RowForm, _task(task_start), "work", is_once=True),
        "task_done": Act(RowForm, _task(task_done), "work", is_once=True),
        "task_skip": Act(ReasonRowForm, _task(task_skip), "work", is_once=True),
    }

    @cached_property
    def people(self) -> list[User]:
        """Who may be given work."""
        return list(attendants(self.place.pk))

    @property
    def may_hold(self) -> bool:
        """Whether the person holds rooms."""
        return shell_of(self.request).may("block", "rooms")

    def offered(self, moves: dict[str, str]) -> list[dict[str, Any]]:
        """The moves that the person may make, as the template draws them."""
        return [
            {"act": name, "to": target, "words": WORDS[name][0], "fields": WORDS[name][1]}
            for name, target in moves.items()
            if self.may(name)
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Who may be given work, and what was refused."""
        sent = next(iter(kwargs.get("sent", {}).values()), None)
        refusal = sent.errors if sent else {}
        return {**super().get_context_data(**kwargs), "people": self.people, "refusal": refusal}


class TaskBoardPage(WithViews, MovingPage):
    """Columns from new to done: of work orders, or of the tasks of today."""

    template_name = "dashboard/task_board.html"
    saved = "task_board"

    @property
    def is_of_tasks(self) -> bool:
        """Whether tasks are shown instead of work orders."""
        return self.request.GET.get("of") == "tasks"

    def after(self, name: str) -> str:
        """The same board, at the card."""
        return f"{self.request.get_full_path()}#card-{self.request.POST.get(f'{name}-row', '')}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The columns with their cards."""
        board = (tasks_board if self.is_of_tasks else orders_board)(self.place)
        columns = [
            (name, COLUMN_NAMES[name], [(card, self.offered(card.moves)) for card in cards])
            for name, cards in board.items()
            if not (self.is_of_tasks and name == "waiting")
        ]
        return super().get_context_data(
            columns=columns,
            is_of_tasks=self.is_of_tasks,
            may_report=shell_of(self.request).may("work", self.area),
            is_empty=not any(board.values()),
            **kwargs,
        )


class WorkOrderPage(MovingPage):
    """One work order: where, how bad, until when, what is held, and how it came there."""

    template_name = "dashboard/work_order.html"
    acts: ClassVar = {
        **{name: act for name, act in MovingPage.acts.items() if not name.startswith("task_")},
        "hold": Act(
            HoldForm,
            _held,
            "work",
            is_once=True,
            when=lambda page: page.may_hold and page.may_be_held,
        ),
    }

    @cached_property
    def order(self) -> WorkOrder:
        """The order of the address.

        Raises:
            Http404: none at this property.
        """
        rows = WorkOrder.objects.at(self.place.pk).select_related("room", "assignee", "hold", "reported_by")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def may_be_held(self) -> bool:
        """Whether its room can be held and is not."""
        order = self.order
        is_held = order.hold is not None and order.hold.released_at is None
        return order.room_id is not None and order.ended_at is None and not is_held

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The order, its moves and its history."""
        order = self.order
        coming = next_arrivals(self.place, [order.room_id] if order.room_id else [])
        return super().get_context_data(
            order=order,
            moves=self.offered(order_moves(order)),
            arrival=coming.get(order.room_id or 0),
            changes=order.changes.select_related("actor"),
            **kwargs,
        )


def _reported(page: "WorkOrderNewPage", values: dict[str, Any]) -> str:
    kind, end_on = values.pop("kind", ""), values.pop("end_on", None)
    given = {"place": page.place, "values": values, "actor": page.request.user}
    page.made = order_report_held(**given, kind=kind, end_on=end_on) if kind else order_report(**given)  # type: ignore[arg-type]
    return _("Reported.") if not kind else _("Reported, and the room is held.")


class WorkOrderNewPage(ActingPage):
    """Report what is broken; the room is held in the same act, or nothing is reported."""

    area = "operations"
    verb = "work"
    template_name = "dashboard/work_order_new.html"
    made: WorkOrder | None = None
    acts: ClassVar = {"report": Act(ReportForm, _reported, "work", is_once=True)}

    def about(self, name: str) -> dict[str, Any]:
        """The rooms of the house; one may be named in the address."""
        rooms = rooms_open(self.place.pk, self.place.business_date).order_by("number")
        wanted = self.request.GET.get("room", "")
        may_hold = shell_of(self.request).may("block", "rooms")
        initial = {"room": wanted} if wanted.isdecimal() else {}
        return {"rooms": list[Room](rooms), "may_hold": may_hold, "initial": initial}

    def after(self, name: str) -> str:
        """To the order; to the board when it was made before."""
        if self.made is None:
            return reverse("dashboard:task_board")
        return reverse("dashboard:work_order", args=[self.made.pk])
