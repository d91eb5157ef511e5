"""Which commands an incident takes as it stands, and why it refuses the others.

Source: NIST SP 800-61r3 (states), GDPR 33 and 34 (notices); security reference §4.10.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hotel.core.actions import Action
from hotel.core.words import _, in_sentence
from security.domain.incidents import may_become
from security.incident_choices import IncidentStatus

# command -> the state it leads to
WAYS: Mapping[str, str] = {
    "triage": "triaged",
    "declare": "declared",
    "contain": "contained",
    "eradicate": "eradicated",
    "begin_recovery": "recovering",
    "finish_recovery": "recovered",
    "review": "reviewed",
    "close": "closed",
    "dismiss": "false_positive",
}
OTHERS = ("assess", "tell_authority", "tell_people", "write", "grade", "act")
AREA, VERB = "security", "respond"
Reason = tuple[str, str]


@dataclass(frozen=True)
class Standing:
    """What the table needs to know of an incident.

    Attributes:
        status: one of the states.
        is_drill: an exercise; nobody outside is told.
        is_breach: whether personal data were touched; None until somebody has said.
        risk: for the people concerned: unknown, unlikely, likely or high.
        is_authority_told, is_people_told: whether that was done.
        open_steps: how many steps of the playbook wait.
    """

    status: str
    is_drill: bool = False
    is_breach: bool | None = None
    risk: str = "unknown"
    is_authority_told: bool = False
    is_people_told: bool = False
    open_steps: int = 0

    @property
    def is_ended(self) -> bool:
        """Closed, or a false alarm."""
        return self.status in ("closed", "false_positive")

    @property
    def needs_authority(self) -> bool:
        """Whether a notice to the authority is missing (GDPR 33(1))."""
        return (
            bool(self.is_breach)
            and not self.is_drill
            and not self.is_authority_told
            and self.risk != "unlikely"
        )

    @property
    def needs_clock(self) -> bool:
        """Whether somebody is reminded of the 72 hours; of a drill, too, which is practised as if it were real."""
        is_untold = not self.is_authority_told and self.risk != "unlikely"
        return bool(self.is_breach) and is_untold and not self.is_ended

    @property
    def needs_people(self) -> bool:
        """Whether the people concerned must still be told (GDPR 34(1))."""
        return bool(self.is_breach) and not self.is_drill and not self.is_people_told and self.risk == "high"


def _moves(state: Standing, name: str) -> Reason | None:
    if not may_become(state.status, WAYS[name]):
        return (
            "status_forbids",
            _("An incident that is %(status)s does not become %(wanted)s.")
            % {"status": _told(state.status), "wanted": _told(WAYS[name])},
        )
    if name == "contain" and state.open_steps:
        return "steps_open", _("Take the open steps of containment first, or say that they are not needed.")
    if name == "dismiss" and state.is_authority_told:
        return "authority_told", _("The authority was told; see it through to its end.")
    if name == "close" and state.is_breach and state.risk == "unknown" and not state.is_drill:
        return "risk_unknown", _("Assess first how risky this is for the people concerned.")
    if name == "close" and state.needs_authority:
        return "notice_missing", _("Tell the authority first, or assess why the risk is unlikely.")
    if name == "close" and state.needs_people:
        return "people_not_told", _("The risk is high: tell the people concerned first.")
    return None


def _while_open(state: Standing) -> Reason | None:
    return ("incident_ended", _("This incident has ended.")) if state.is_ended else None


def _tell_authority(state: Standing) -> Reason | None:
    if state.is_drill:
        return "drill", _("This is a drill: nobody outside is told.")
    if not state.is_breach:
        return "no_breach", _("Assess first that personal data were touched.")
    if state.is_authority_told:
        return "authority_told", _("The authority was told.")
    return _while_open(state)


def _tell_people(state: Standing) -> Reason | None:
    if state.is_people_told:
        return "people_told", _("The people concerned were told.")
    return _tell_authority(
        Standing(state.status, is_drill=state.is_drill, is_breach=state.is_breach, risk=state.risk)
    )


_OTHERS: Mapping[str, Callable[[Standing], Reason | None]] = {
    "assess": _while_open,
    "tell_authority": _tell_authority,
    "tell_people": _tell_people,
    "write": _while_open,
    "grade": _while_open,
    "act": _while_open,
}


def incident_actions(state: Standing) -> list[Action]:
    """Every command in the order of an incident's life, allowed or denied with its reason, whoever asks."""
    found = []
    for name in (*WAYS, *OTHERS):
        reason = _moves(state, name) if name in WAYS else _OTHERS[name](state)
        action = Action(name, True, verb=VERB, area=AREA)
        found.append(action.denied(*reason) if reason else action)
    return found


def _told(status: str) -> str:
    return in_sentence(IncidentStatus(status).label, english=status)
