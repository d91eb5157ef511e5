"""How long what is kept, what is due by it, and what guests agree to."""

from typing import Any, ClassVar

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from hotel.core.access_notes import access_note
from hotel.core.clock import now
from hotel.dashboard.access import StaffPage
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.guests.models import Guest
from security.forms_privacy import RulesForm, RunsForm
from security.models import RetentionRule, RetentionRun
from security.privacy_choices import RunStatus
from security.selectors.consents import consent_lines, refusals, wordings
from security.selectors.privacy_cases import guests_known
from security.services.retention import BY_MACHINE, rule_confirm, run_approve, run_propose

LISTED = 20
NAMED = 50


def _confirmed(page: "RetentionPage", values: dict[str, Any]) -> str:
    rule_confirm(rule=values["rule"])
    return _("Confirmed. What is due by it is listed each night; nothing is erased before somebody approves.")


def _proposed(page: "RetentionPage", values: dict[str, Any]) -> str:
    run = run_propose(rule=values["rule"], today=page.today, by=page.request.user)
    return _("Listed. Somebody else must approve it.") if run else _("Nothing is due by this rule.")


def _approved(page: "RetentionPage", values: dict[str, Any]) -> str:
    run_approve(run=values["run"], by=page.request.user)
    return _("Approved. A worker erases within a minute.")


class RetentionPage(ActingPage):
    """Rules of the property one works at and the lists that follow from them."""

    area = "security"
    template_name = "security/privacy_retention.html"
    acts: ClassVar = {
        "approve": Act(RunsForm, _approved, "approve", step_up=True),
        "list": Act(RulesForm, _proposed, "manage"),
        "confirm": Act(RulesForm, _confirmed, "manage", step_up=True),
    }

    @property
    def today(self) -> Any:
        """The calendar day at the property."""
        return now().astimezone(self.place.zone).date()

    @cached_property
    def rules(self) -> list[RetentionRule]:
        """All of the property."""
        return list(RetentionRule.objects.at(self.place.pk))

    @cached_property
    def runs(self) -> list[RetentionRun]:
        """The newest lists, but for those that were replaced by a newer one."""
        rows = RetentionRun.objects.at(self.place.pk).exclude(status=RunStatus.DISMISSED)
        return list(rows.select_related("rule", "proposed_by", "approved_by")[:LISTED])

    @property
    def waiting(self) -> list[RetentionRun]:
        """Lists that wait for this person: those he did not ask for himself."""
        rows = [run for run in self.runs if run.status == RunStatus.PROPOSED]
        return [run for run in rows if run.proposed_by_id != self.request.user.pk]

    def _choice(self, name: str) -> list[Any]:
        if name == "approve":
            return self.waiting
        if name == "confirm":
            return [rule for rule in self.rules if not rule.is_confirmed]
        return [rule for rule in self.rules if self._is_listed(rule)]

    def _is_listed(self, rule: RetentionRule) -> bool:
        is_in_force = rule.valid_from <= self.today and (rule.valid_to is None or rule.valid_to >= self.today)
        return (
            rule.is_confirmed
            and rule.document_class in BY_MACHINE
            and rule.country == self.place.country
            and is_in_force
        )

    def is_possible(self, name: str) -> bool:
        """While there is something to choose."""
        return bool(self._choice(name))

    def about(self, name: str) -> dict[str, Any]:
        """What may be chosen."""
        return {"runs" if name == "approve" else "rules": self._choice(name)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Rules, lists, and by name whom a list that waits would erase."""
        waiting = [run for run in self.runs if run.status == RunStatus.PROPOSED]
        ids = {pk for run in waiting for pk in run.due_ids[:NAMED]}
        known = guests_known(self.request.user, self.place).in_bulk(ids) if ids else {}
        access_note(Guest._meta.db_table, known, "list")
        return super().get_context_data(
            rules=self.rules,
            runs=self.runs,
            due=[(run, [known.get(pk) or pk for pk in run.due_ids[:NAMED]]) for run in waiting],
            named=NAMED,
            by_machine=BY_MACHINE,
            **kwargs,
        )


class ConsentsPage(StaffPage, TemplateView):
    """What guests of the property agree to now, in figures."""

    area = "security"
    template_name = "security/privacy_consents.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Three queries over the consents of the property's guests."""
        return super().get_context_data(
            lines=consent_lines(self.place),
            wordings=wordings(self.place),
            refusals=refusals(self.place),
            **kwargs,
        )
