"""The night audit as a checklist: what blocks the day, how far it is, and the days that were closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from moneyed import Money

from hotel.core.exceptions import InvalidInput
from hotel.core.money import rounded
from hotel.core.templatetags.pms import money
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.audit import AuditSettingsForm
from hotel.dashboard.selectors.audit import CALM, folios_left, steps_timed
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.dashboard.views.availability import day_of
from hotel.dashboard.words import CLAIMS
from hotel.papers.models import Paper
from hotel.papers.selectors.pack_states import PackState, pack_states
from hotel.papers.services.packs import pack_send
from hotel.properties.choices import SettingKey
from hotel.properties.models import Property
from hotel.properties.selectors.settings import settings_at
from hotel.properties.services.settings import setting_set
from hotel.reservations.models import Reservation
from hotel.stays.choices import AuditStatus, StepName, StepStatus
from hotel.stays.domain.night_audit import Blocker
from hotel.stays.domain.proof import unproved
from hotel.stays.models import DailyStatistic, NightAudit, NightAuditStep
from hotel.stays.selectors.days import checklist, claims_of
from hotel.stays.selectors.house import house_figures
from hotel.stays.services.foreseen import night_foreseen
from hotel.stays.services.night_audit import night_audit_request

HISTORY = 31
SETTINGS = {
    "hour": SettingKey.NIGHT_AUDIT_HOUR,
    "audit_to": SettingKey.AUDIT_PACK_TO,
    "downtime_to": SettingKey.DOWNTIME_PACK_TO,
}


# code of a blocker -> the page that repairs it: of each stay it speaks of, or of the house
REPAIRS = {"guests_due_out": "dashboard:check_out", "moves_due": "dashboard:move_room"}
HOUSE_REPAIRS = {"cashiers_open": "dashboard:till"}


@dataclass(frozen=True)
class Obstacle:
    """Something that blocks the day, with the stays it speaks of."""

    blocker: Blocker
    stays: list[Reservation]

    @property
    def repair(self) -> str:
        """Route of the page of a stay that repairs it."""
        return REPAIRS.get(self.blocker.code, "dashboard:reservation_detail")

    @property
    def house_repair(self) -> str:
        """Route of the page that repairs what concerns no stay; empty when no page does."""
        return HOUSE_REPAIRS.get(self.blocker.code, "")


def _asked(page: "NightAuditPage", values: dict[str, Any]) -> str:
    night_audit_request(place=page.place, actor=page.request.user)  # type: ignore[arg-type]
    return _(
        "The night audit is asked for. This page shows how far it is; the desk waits until the day is closed."
    )


def _sent(page: "NightAuditPage", values: dict[str, Any]) -> str:
    letters = [one for paper in page.packs_ready for one in pack_send(paper=paper)]
    told = ngettext("%(n)d letter is on its way.", "%(n)d letters are on their way.", len(letters))
    return (
        told % {"n": len(letters)} if letters else _("Nobody is named who gets a pack, or no pack is there.")
    )


def _set(page: "NightAuditPage", values: dict[str, Any]) -> str:
    for name, key in SETTINGS.items():
        if values[name] != page.settings_now[name]:
            with named(name):
                setting_set(
                    place=page.place, key=key, value=values[name], valid_from=page.place.business_date
                )
    return _("Set, from the open business date on.")


@contextmanager
def named(field: str) -> Iterator[None]:
    """A setting that is refused is told at its own field."""
    try:
        yield
    except InvalidInput as error:
        raise InvalidInput(error.message, code=error.code, fields={field: [error.message]}) from error


class NightAuditPage(ActingPage):
    """The open business date: what has to be done before it can be closed, and each step of the audit.

    A worker does the steps. The page looks for news by itself while it waits, or by reloading without scripts.
    """

    area = "stays"
    template_name = "dashboard/night_audit.html"
    acts: ClassVar = {
        "run": Act(forms.Form, _asked, "audit"),
        "send": Act(forms.Form, _sent, "audit", when=lambda page: bool(page.packs_ready)),
        "settings": Act(
            AuditSettingsForm,
            _set,
            "manage",
            area="properties",
            needs=lambda page: {"now": page.settings_shown},
        ),
    }

    @cached_property
    def settings_now(self) -> dict[str, Any]:
        """When the audit starts by itself, and who gets the packs, by field of the form."""
        values = settings_at(self.place.pk, self.place.business_date)
        return {name: values[key] for name, key in SETTINGS.items()}

    @property
    def settings_shown(self) -> dict[str, Any]:
        """The same as they are typed."""
        return {
            name: "\n".join(value) if isinstance(value, list) else value
            for name, value in self.settings_now.items()
        }

    @cached_property
    def history(self) -> list[DailyStatistic]:
        """The days closed last."""
        return history(self.place.pk)

    @cached_property
    def packs(self) -> list[PackState]:
        """How far the packs of the day closed last are; none before the first."""
        return pack_states(self.place, self.history[0].business_date) if self.history else []

    @property
    def packs_ready(self) -> list[Paper]:
        """Those that can be sent to somebody."""
        mine = [pack.paper for pack in self.packs if pack.paper and pack.is_ready and pack.addresses]
        return (
            list(Paper.objects.select_related("property").filter(pk__in=[one.pk for one in mine]))
            if mine
            else []
        )

    @cached_property
    def audit(self) -> NightAudit | None:
        """That of the open business date, once somebody has asked for it."""
        rows = NightAudit.objects.at(self.place.pk).filter(business_date=self.place.business_date)
        return rows.select_related("requested_by").first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A constant number of queries, however much blocks the day."""
        found = checklist(self.place)
        ids = {pk for blocker in found.blockers for pk in blocker.reservations} | set(found.missing_arrivals)
        stays = Reservation.objects.at(self.place.pk).with_parts().with_rooms().in_bulk(ids)
        audit = self.audit
        steps = [] if audit is None else list(audit.steps.order_by("position"))
        done = {step.name for step in steps if step.status == StepStatus.DONE}
        is_waiting = audit is not None and audit.status in {AuditStatus.REQUESTED, AuditStatus.RUNNING}
        return super().get_context_data(
            audit=audit,
            steps=steps_timed(audit, steps or planned()),
            is_waiting=is_waiting,
            preview=None if StepName.NIGHTS in done else night_foreseen(self.place),
            calm=[words for code, words in CALM.items() if code not in {one.code for one in found.blockers}],
            left=folios_left(self.place) if shell_of(self.request).may("view", "folios") else None,
            packs=self.packs,
            closed=self.history[0].business_date if self.history else None,
            hour=self.settings_now["hour"],
            obstacles=[
                Obstacle(blocker, [stays[pk] for pk in blocker.reservations if pk in stays])
                for blocker in found.blockers
            ],
            missing=[stays[pk] for pk in found.missing_arrivals if pk in stays],
            contradictions=self.contradictions(steps),
            tonight=house_figures(self.place),
            history=self.history,
            **kwargs,
        )

    def contradictions(self, steps: list[NightAuditStep]) -> list[tuple[str, str, str]]:
        """What the books disagree about, in words with both figures, when the audit has stopped at its proof."""
        done = {step.name for step in steps if step.status == StepStatus.DONE}
        if StepName.STATISTICS not in done or StepName.PROOF in done:
            return []
        return [
            (
                str(CLAIMS[claim.name]),
                claim_shown(claim.name, claim.expected, self.place),
                claim_shown(claim.name, claim.found, self.place),
            )
            for claim in unproved(claims_of(self.place, self.place.business_date))
        ]


class AuditDayPage(StaffPage, TemplateView):
    """A closed business date: its frozen figures, what each step did, and the proof."""

    area = "stays"
    template_name = "dashboard/audit_day.html"

    def get_context_data(self, day: str, **kwargs: Any) -> dict[str, Any]:
        """The day.

        Raises:
            Http404: no such day, or it is not closed.
        """
        wanted = day_of(day)
        if wanted >= self.place.business_date:
            raise Http404
        statistic = get_object_or_404(DailyStatistic.objects.at(self.place.pk), business_date=wanted)
        rows = (
            NightAudit.objects.at(self.place.pk).filter(business_date=wanted).select_related("requested_by")
        )
        audit = rows.first()
        steps = [] if audit is None else list(audit.steps.order_by("position"))
        return super().get_context_data(
            day=wanted,
            statistic=statistic,
            figures=statistic.figures,
            audit=audit,
            steps=steps_timed(audit, steps),
            packs=pack_states(self.place, wanted),
            closed=wanted,
            proof=self.proof(steps),
            neighbours=neighbours(self.place.pk, wanted),
            **kwargs,
        )

    def proof(self, steps: list[NightAuditStep]) -> list[tuple[str, str]]:
        """What both books said of each claim, in words; empty when nothing was proved."""
        found: dict[str, str] = next((step.result for step in steps if step.name == StepName.PROOF), {})
        return [
            (str(words), claim_shown(name, Decimal(found[name]), self.place))
            for name, words in CLAIMS.items()
            if name in found
        ]


def claim_shown(name: str, value: Decimal, place: Property) -> str:
    """A figure of the proof: nights are counted, the rest is money."""
    return str(int(value)) if name == "nights" else money(rounded(Money(value, str(place.currency))))


def planned() -> list[NightAuditStep]:
    """The steps of an audit that nobody has asked for."""
    return [NightAuditStep(name=name, position=position) for position, name in enumerate(StepName)]


def history(property_id: int) -> list[DailyStatistic]:
    """The days closed last, newest first; one query."""
    return list(DailyStatistic.objects.at(property_id).order_by("-business_date")[:HISTORY])


def neighbours(property_id: int, day: date) -> tuple[date | None, date | None]:
    """The closed days before and after one; two queries."""
    days = DailyStatistic.objects.at(property_id).values_list("business_date", flat=True)
    before = days.filter(business_date__lt=day).order_by("-business_date").first()
    return before, days.filter(business_date__gt=day).order_by("business_date").first()
