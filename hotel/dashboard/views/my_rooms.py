"""My rooms: an attendant's round on a phone. Without a network the browser keeps the acts, and sends each once."""

from collections.abc import Callable
from datetime import UTC
from typing import Any, ClassVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from hotel.accounts.models import User
from hotel.core.exceptions import Conflict, PmsError
from hotel.core.services.idempotency import KeyInFlight
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.my_rooms import FoundForm, JobForm, NoteForm, ProblemForm, SkipForm
from hotel.dashboard.selectors.my_rooms import my_rooms, workers_today
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.dashboard.views.login import KEPT_COOKIE
from hotel.operations.domain.discrepancies import Occupied
from hotel.operations.models import Task
from hotel.operations.services.discrepancies import room_found
from hotel.operations.services.inspections import inspection_fail, inspection_pass
from hotel.operations.services.late_acts import ACTS, task_act_late
from hotel.operations.services.work_orders import order_report

KEPT_SECONDS = 86_400 * 30


def _act(name: str) -> Callable[["MyRoomsPage", dict[str, Any]], str]:
    def work(page: "MyRoomsPage", values: dict[str, Any]) -> str:
        task, at, seen = page.task(values), values["at"], values["version"]
        words = {key: values[key] for key in ("reason", "note") if key in values}
        if at is None:
            ACTS[name](task=task, actor=page.actor, expected_version=seen, **words)
        else:
            task_act_late(task=task, act=name, actor=page.actor, seen=seen, at=at.astimezone(UTC), **words)
        return page.told(task, name)

    return work


def _passed(page: "MyRoomsPage", values: dict[str, Any]) -> str:
    task = page.task(values)
    inspection_pass(task=task, actor=page.actor, expected_version=values["version"])
    return page.told(task, "pass")


def _failed(page: "MyRoomsPage", values: dict[str, Any]) -> str:
    task, reason = page.task(values), values["reason"]
    inspection_fail(task=task, actor=page.actor, reason=reason, expected_version=values["version"])
    return page.told(task, "fail")


def _problem(page: "MyRoomsPage", values: dict[str, Any]) -> str:
    task = page.task(values)
    where = {"room": task.room} if task.room else {"location": task.location}
    said = {name: values[name] for name in ("title", "category", "severity")}
    order_report(place=page.place, values={**where, **said}, actor=page.actor)
    return page.told(task, "problem")


def _found(page: "MyRoomsPage", values: dict[str, Any]) -> str:
    task = page.task(values)
    if task.room is None:
        raise Http404
    found = Occupied(values["occupied"] == "yes", values["persons"])
    differs = room_found(room=task.room, found=found, actor=page.actor)
    return page.told(task, "differs" if differs else "agrees")


class MyRoomsPage(ActingPage):
    """One's own tasks of today, and those that nobody has; who manages may look at anybody's.

    What is sent for JSON comes from the browser's own list of acts: done once under its key, whenever it arrives.
    """

    area = "operations"
    verb = "work"
    template_name = "dashboard/my_rooms.html"
    acts: ClassVar = {
        "start": Act(JobForm, _act("start"), "work", is_once=True),
        "done": Act(JobForm, _act("done"), "work", is_once=True),
        "skip": Act(SkipForm, _act("skip"), "work", is_once=True),
        "dnd": Act(JobForm, _act("dnd"), "work", is_once=True),
        "note": Act(NoteForm, _act("note"), "work", is_once=True),
        "problem": Act(ProblemForm, _problem, "work", is_once=True),
        "found": Act(FoundForm, _found, "work", is_once=True),
        "pass": Act(JobForm, _passed, "manage", is_once=True),
        "fail": Act(SkipForm, _failed, "manage", is_once=True),
    }

    @property
    def actor(self) -> User:
        """Who acts."""
        return self.request.user  # type: ignore[return-value]

    @property
    def may_manage(self) -> bool:
        """Whether the person looks at the rooms of others and acts in them."""
        return shell_of(self.request).may("manage", self.area)

    @cached_property
    def person(self) -> User:
        """Whose rooms are shown: one's own, unless one who manages asks for another's.

        Raises:
            Http404: nobody who works here.
        """
        wanted = self.request.GET.get("of", "")
        if not self.may_manage or not wanted:
            return self.actor
        found = {str(one.pk): one for one in [*workers_today(self.place), self.actor]}
        if wanted not in found:
            raise Http404
        return found[wanted]

    def task(self, values: dict[str, Any]) -> Task:
        """The task of a form.

        Raises:
            Http404: none at this property. Conflict: somebody else's, for those who do not manage
                (``task_of_another``).
        """
        rows = Task.objects.at(self.place.pk).select_related("room", "assignee")
        task = get_object_or_404(rows, pk=values["task"])
        if task.assignee is not None and task.assignee != self.actor and not self.may_manage:
            raise Conflict(
                _("It is a task of %(name)s now.") % {"name": task.assignee}, code="task_of_another"
            )
        return task

    def told(self, task: Task, name: str) -> str:
        """What the message says afterwards."""
        words = {
            "start": _("begun"),
            "done": _("done"),
            "skip": _("not done this time"),
            "dnd": _("not to be disturbed; it comes later"),
            "note": _("noted"),
            "pass": _("good: the room is inspected"),
            "fail": _("to be done once more"),
            "problem": _("the repair is reported"),
            "differs": _("the desk is told that it differs"),
            "agrees": _("as the front office has it"),
        }
        return f"{task.room.number if task.room else task.location}: {words[name]}."

    def after(self, name: str) -> str:
        """The same person's rooms again."""
        return self.request.get_full_path()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do one act; for the browser's own list the answer is JSON."""
        if request.headers.get("Accept") == "application/json":
            return self.answered(request.POST.get("do", ""))
        return super().post(request, **kwargs)

    def answered(self, name: str) -> JsonResponse:
        """200 when it is done, now or before; else the refusal, and whether it is worth sending again."""
        if name not in self.acts or not self.may(name):
            return _refused("permission_denied", _("You may not do this any more."), 403)
        form = self.form(name, self.request.POST)
        if not form.is_valid():
            text = " ".join(text for texts in form.errors.values() for text in texts)
            return _refused("invalid", text, 400)
        try:
            return JsonResponse({"message": self._do(name, form.cleaned_data)})
        except KeyInFlight as error:
            return _refused(error.code, error.message, error.status, is_kept=True)
        except PmsError as error:
            return _refused(error.code, error.message, error.status)
        except Http404:
            return _refused("not_found", _("There is no such task here any more."), 404)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rooms, and whose they are."""
        found = super().get_context_data(**kwargs)
        people = workers_today(self.place) if self.may_manage else []
        sent = next(iter(kwargs.get("sent", {}).values()), None)
        return {
            **found,
            "rooms": my_rooms(self.place, self.person),
            "person": self.person,
            "is_own": self.person == self.actor,
            "may_manage": self.may_manage,
            "people": people,
            "refusal": sent.errors if sent else {},
        }

    def render_to_response(self, context: Any, **kwargs: Any) -> HttpResponse:
        """The page; the browser is known to keep it."""
        response = super().render_to_response(context, **kwargs)
        response.set_cookie(
            KEPT_COOKIE,
            "1",
            max_age=KEPT_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response


class WorkerScript(StaffPage, TemplateView):
    """The script that answers for this page without a network; it lies beside it, because it may serve no others."""

    area = "operations"
    verb = "work"
    template_name = "dashboard/hk_worker.js"
    content_type = "text/javascript"

    def render_to_response(self, context: Any, **kwargs: Any) -> HttpResponse:
        """Kept by the browser as a worker, never as a file: one that has an old one takes the new one."""
        return super().render_to_response(context, headers={"Cache-Control": "no-store"}, **kwargs)


def _refused(code: str, message: str, status: int, *, is_kept: bool = False) -> JsonResponse:
    return JsonResponse({"code": code, "message": message, "is_kept": is_kept}, status=status)
