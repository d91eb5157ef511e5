"""Rounds: who works today, how full each round is, and who gets what is nobody's."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hotel.dashboard.forms.parts import OnceForm
from hotel.dashboard.forms.rounds import GiveForm, OpenRoundForm, TargetForm
from hotel.dashboard.selectors.rounds import Rounds, rounds_today
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.operations.models import HousekeepingRound, Task
from hotel.operations.services.rounds import round_open, round_target_set, rounds_apply
from hotel.operations.services.tasks import task_assign


def _opened(page: "RoundsPage", values: dict[str, Any]) -> str:
    sheet = round_open(place=page.place, **values)
    return _("%(name)s has a round today.") % {"name": sheet.attendant}


def _targeted(page: "RoundsPage", values: dict[str, Any]) -> str:
    sheet = get_object_or_404(HousekeepingRound.objects.at(page.place.pk), pk=values["row"])
    target = values["credit_target"]
    round_target_set(sheet=sheet, credit_target=target, expected_version=values["version"])
    words = _("A full round of %(name)s are %(credits)s credits.")
    return words % {"name": sheet.attendant, "credits": target}


def _applied(page: "RoundsPage", values: dict[str, Any]) -> str:
    split = rounds_apply(place=page.place, actor=page.request.user)  # type: ignore[arg-type]
    n = len(split.attendants)
    return ngettext("%(n)d task is handed out.", "%(n)d tasks are handed out.", n) % {"n": n}


def _given(page: "RoundsPage", values: dict[str, Any]) -> str:
    task, person = get_object_or_404(Task.objects.at(page.place.pk), pk=values["row"]), values["assignee"]
    actor: Any = page.request.user
    task_assign(task=task, assignee=person, actor=actor, expected_version=values["version"])
    return _("%(task)s is given to %(name)s.") % {"task": task, "name": person or _("nobody")}


class RoundsPage(ActingPage):
    """The rounds of today; what is nobody's is shown as it would be handed out, and handed out by one button."""

    area = "operations"
    verb = "manage"
    template_name = "dashboard/rounds.html"
    acts: ClassVar = {
        "open": Act(
            OpenRoundForm,
            _opened,
            "manage",
            is_once=True,
            needs=lambda page: {"people": page.rounds.people},
            when=lambda page: bool(page.rounds.others),
        ),
        "target": Act(TargetForm, _targeted, "manage", is_once=True),
        "apply": Act(
            OnceForm, _applied, "manage", is_once=True, when=lambda page: page.rounds.split is not None
        ),
        "give": Act(
            GiveForm, _given, "manage", is_once=True, needs=lambda page: {"people": page.rounds.people}
        ),
    }

    @cached_property
    def rounds(self) -> Rounds:
        """The rounds of today."""
        return rounds_today(self.place)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rounds, and what was refused."""
        sent = next(iter(kwargs.get("sent", {}).values()), None)
        refusal = sent.errors if sent else {}
        return super().get_context_data(rounds=self.rounds, refusal=refusal, **kwargs)
