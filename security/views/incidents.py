"""The pages of incidents: what is open and how its clock stands, and one incident with all that is done about it."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from hotel.core.clock import now
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.monitoring.models.limits import holds_everywhere
from hotel.properties.models import Property
from hotel.properties.scoping import sees_everything
from security import forms_incidents as forms
from security.models import IncidentContainment, IncidentStep, SecurityIncident
from security.selectors import incident_pages as shown
from security.selectors.incidents import incidents_counted
from security.services.breaches import Assessment, authority_tell, breach_assess, people_tell
from security.services.containments import (
    containment_take,
    containment_undo,
    step_finish,
    step_skip,
    step_take,
)
from security.services.evidence import evidence_of_words
from security.services.incidents import Seen, incident_grade, incident_move, incident_open, incident_write

LISTED, LINES = 25, 100


def _opened(page: "IncidentsPage", values: dict[str, Any]) -> str:
    place, is_drill = values.pop("place"), values.pop("is_drill")
    row = incident_open(seen=Seen(**values), place=place, is_drill=is_drill, by=page.request.user)
    page.opened_id = row.pk
    return _("Written down; those who respond are told. These are the steps.")


class IncidentsPage(ActingPage):
    """Incidents of the hotels one sees, the open ones first of all; a new one, or a drill, is begun here."""

    area = "security"
    template_name = "security/incidents.html"
    acts: ClassVar = {"open": Act(forms.OpenForm, _opened, "respond", is_once=True)}
    opened_id: int | None = None

    def may(self, name: str) -> bool:
        """Whoever responds at one hotel at least."""
        return bool(self._places())

    def about(self, name: str) -> dict[str, Any]:
        """Where it may have happened; all hotels together for who responds at every one."""
        user = self.request.user
        is_everywhere = sees_everything(user) or holds_everywhere(user, "respond", self.area)
        return {"places": self._places(), "is_everywhere": is_everywhere}

    def after(self, name: str) -> str:
        """The page of the new incident."""
        if self.opened_id is None:
            return self.request.path
        return reverse("security:incident", args=[self.opened_id])

    def _places(self) -> list[Property]:
        if not hasattr(self, "_known_places"):
            places = Property.objects.visible_to(self.request.user, "respond", self.area)
            self._known_places = sorted(places, key=lambda one: (one.pk != self.place.pk, one.name))
        return self._known_places

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Those that were asked for, a page at a time."""
        find = forms.FindIncidentsForm(self.request.GET)
        wanted = find.cleaned_data if find.is_valid() else {}
        rows = shown.incidents_found(self.request.user, wanted)
        part = Paginator(rows, LISTED).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            find=find,
            part=part,
            incidents=shown.with_clocks(part),
            is_narrowed=any(wanted.values()),
            **kwargs,
        )


def _moved(page: "IncidentPage", values: dict[str, Any]) -> str:
    row = incident_move(incident=page.incident, **values, by=page.request.user)
    return _("It is now: %(status)s.") % {"status": row.get_status_display()}


def _noted(page: "IncidentPage", values: dict[str, Any]) -> str:
    incident_write(incident=page.incident, words=values["words"], by=page.request.user)
    return _("Noted.")


def _graded(page: "IncidentPage", values: dict[str, Any]) -> str:
    incident_grade(incident=page.incident, **values, by=page.request.user)
    return _("Noted.")


def _kept(page: "IncidentPage", values: dict[str, Any]) -> str:
    evidence_of_words(incident=page.incident, **values, by=page.request.user)
    return _("Kept; the next seal of the trail binds it.")


def _assessed(page: "IncidentPage", values: dict[str, Any]) -> str:
    said = {name: value for name, value in values.items() if value not in (None, "")}
    if "is_breach" in said:
        said["is_breach"] = said["is_breach"] == "yes"
    breach_assess(incident=page.incident, said=Assessment(**said), by=page.request.user)
    return _("Noted.")


def _authority(page: "IncidentPage", values: dict[str, Any]) -> str:
    authority_tell(incident=page.incident, **values, by=page.request.user)
    return _("Noted that the authority was told.")


def _people(page: "IncidentPage", values: dict[str, Any]) -> str:
    people_tell(incident=page.incident, **values, by=page.request.user)
    return _("Noted that the people concerned were told.")


def _step(page: "IncidentPage", values: dict[str, Any]) -> str:
    settle = {"finish": step_finish, "skip": step_skip}[values["decision"]]
    settle(step=page.step(values["step"]), words=values["words"], by=page.request.user)
    return _("Noted.")


def _taken(page: "IncidentPage", values: dict[str, Any]) -> str:
    step = page.step(values["step"])
    row = step_take(step=step, target=values["target"], reason=values["reason"], by=page.request.user)
    return row.result


def _acted(page: "IncidentPage", values: dict[str, Any]) -> str:
    return containment_take(incident=page.incident, **values, by=page.request.user).result


def _undone(page: "IncidentPage", values: dict[str, Any]) -> str:
    rows = IncidentContainment.objects.filter(incident=page.incident).select_related("incident")
    made = get_object_or_404(rows, pk=values["containment"])
    containment_undo(containment=made, reason=values["reason"], by=page.request.user)
    return _("Taken back.")


# act -> the command of ``actions[]`` that must be allowed for its form to be shown
COMMANDS = {"note": "write", "grade": "grade", "keep": "write", "assess": "assess", "authority": "tell_authority",
            "people": "tell_people", "step": "act", "take": "act", "act": "act"}  # fmt: skip


class IncidentPage(ActingPage):
    """One incident: its clock, the check-list with what the house does at once, evidence, notices and timeline."""

    area = "security"
    template_name = "security/incident.html"
    acts: ClassVar = {
        "move": Act(forms.MoveForm, _moved, "respond"),
        "step": Act(forms.StepForm, _step, "respond"),
        "take": Act(forms.TakeForm, _taken, "respond", step_up=True),
        "act": Act(forms.ActForm, _acted, "respond", step_up=True),
        "undo": Act(forms.UndoForm, _undone, "respond", step_up=True),
        "note": Act(forms.NoteForm, _noted, "respond", is_once=True),
        "keep": Act(forms.KeepForm, _kept, "respond", is_once=True),
        "grade": Act(forms.GradeForm, _graded, "respond"),
        "assess": Act(forms.AssessForm, _assessed, "respond"),
        "authority": Act(forms.AuthorityForm, _authority, "respond"),
        "people": Act(forms.PeopleForm, _people, "respond"),
    }

    @cached_property
    def incident(self) -> SecurityIncident:
        """That of the address; 404 for who may not see security where it happened."""
        rows = incidents_counted().visible_to(self.request.user).select_related("property", "opened_by")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def commands(self) -> dict[str, Any]:
        """What may be done now, and why not."""
        return shown.commands_of(self.incident, self.request.user)

    def step(self, pk: int) -> IncidentStep:
        """A step of this very incident."""
        return get_object_or_404(
            IncidentStep.objects.filter(incident=self.incident).select_related("incident"), pk=pk
        )

    def may(self, name: str) -> bool:
        """The right is asked where it happened, not where one works."""
        return self.responds

    @cached_property
    def responds(self) -> bool:
        """Whether whoever looks may respond there."""
        rows = SecurityIncident.objects.all().visible_to(self.request.user, "respond")
        return rows.filter(pk=self.incident.pk).exists()

    def is_possible(self, name: str) -> bool:
        """What the state allows; undoing also after the end."""
        if name == "move":
            return bool(shown.moves_allowed(self.commands))
        return name == "undo" or self.commands[COMMANDS[name]].is_allowed

    def about(self, name: str) -> dict[str, Any]:
        """Which moves there are, and what is known already."""
        row = self.incident
        if name == "move":
            return {"moves": shown.moves_allowed(self.commands)}
        known = {"grade": ["severity"], "assess": ["data_categories", "people_affected", "records_affected",
                 "consequences", "measures", "risk_reason"]}.get(name, [])  # fmt: skip
        initial = {field: getattr(row, field) for field in known}
        if name == "assess":
            words = {True: "yes", False: "no", None: ""}
            initial |= {"is_breach": words[row.is_breach], "risk": row.risk}
        return {"initial": initial} if initial else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All that hangs on it."""
        row, user = self.incident, self.request.user
        return super().get_context_data(
            incident=row,
            clock=shown.clock_of(row, now()),
            held=shown.moves_held(self.commands),
            steps=shown.steps_of(row, user),
            containments=shown.containments_of(row, user),
            evidence=row.evidence.defer("content").select_related("collected_by")[:LINES],
            entries=row.entries.select_related("actor")[:LINES],
            **kwargs,
        )
