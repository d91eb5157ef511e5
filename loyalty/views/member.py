"""One member: his card, what he has and why, and what may be done for him."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act
from hotel.guests.selectors.profiles import guest_visible
from loyalty import forms
from loyalty.choices import AdjustmentStatus, MemberStatus
from loyalty.domain.cards import ink_on
from loyalty.models import PointAdjustment
from loyalty.selectors.members import ledger_of, names_of
from loyalty.selectors.terms import today_of
from loyalty.selectors.tiers import standing
from loyalty.services.adjustments import adjustment_decide, points_adjust
from loyalty.services.enrolment import member_set_status
from loyalty.services.statements import statement_send
from loyalty.views import member_pools, member_rewards, member_tiers

LINES = 50


def _adjusted(page: "MemberPage", values: dict[str, Any]) -> str:
    made = points_adjust(member=page.member, place=page.place, actor=page.request.user, **values)  # type: ignore[arg-type]
    if made.status == AdjustmentStatus.POSTED:
        return _("The points are posted.")
    return _("That is more than one person may adjust: it waits for a second one, and nothing is posted yet.")


def _approved(page: "MemberPage", values: dict[str, Any]) -> str:
    adjustment_decide(is_approved=True, actor=page.request.user, **values)  # type: ignore[arg-type]
    return _("The points are posted.")


def _refused(page: "MemberPage", values: dict[str, Any]) -> str:
    adjustment_decide(is_approved=False, actor=page.request.user, **values)  # type: ignore[arg-type]
    return _("The points are refused.")


def _sent(page: "MemberPage", values: dict[str, Any]) -> str:
    guest = guest_visible(page.member.guest_id, page.request.user)
    statement_send(member=page.member, place=page.place, guest=guest, **values)
    return _("The statement is on its way.")


def _becomes(status: MemberStatus, told: str) -> Callable[["MemberPage", dict[str, Any]], str]:
    """The work of a button that pauses, goes on or closes, if the member is as the person saw him."""

    def work(page: "MemberPage", values: dict[str, Any]) -> str:
        member_set_status(member=page.member, status=status, expected_version=values["version"])
        return str(told)

    return work


def _waiting(page: "MemberPage") -> dict[str, Any]:
    return {"waiting": page.waiting}


def _may_decide(page: "MemberPage") -> bool:
    return page.is_anothers(page.waiting)


def _is_open(page: "MemberPage") -> bool:
    return page.member.status != MemberStatus.CLOSED


def _seen(page: "MemberPage") -> dict[str, Any]:
    return {"version": page.member.version}


class MemberPage(member_tiers.TierActs, member_pools.PoolActs, member_rewards.RewardActs):
    """A member, with the parts of his page put together."""

    template_name = "loyalty/member.html"
    acts: ClassVar = {
        **member_rewards.ACTS,
        "adjust": Act(forms.AdjustForm, _adjusted, "enrol", is_once=True, when=lambda page: page.is_active),
        "approve": Act(forms.DecideForm, _approved, "approve", needs=_waiting, when=_may_decide),
        "refuse": Act(forms.DecideForm, _refused, "approve", needs=_waiting, when=_may_decide),
        **member_tiers.ACTS,
        "send": Act(
            forms.StatementForm, _sent, "enrol",
            needs=lambda page: {"day": page.place.business_date}, when=_is_open,
        ),
        "suspend": Act(
            forms.StatusForm, _becomes(MemberStatus.SUSPENDED, _lazy("The membership is paused.")), "enrol",
            needs=_seen, when=lambda page: page.is_active,
        ),
        "reactivate": Act(
            forms.StatusForm, _becomes(MemberStatus.ACTIVE, _lazy("The membership goes on.")), "enrol",
            needs=_seen, when=lambda page: page.member.status == MemberStatus.SUSPENDED,
        ),
        "close": Act(
            forms.StatusForm, _becomes(MemberStatus.CLOSED, _lazy("The membership is closed.")), "enrol",
            needs=_seen, when=_is_open,
        ),
        **member_pools.ACTS,
    }  # fmt: skip

    @cached_property
    def waiting(self) -> list[PointAdjustment]:
        """Points by hand that wait for a second person, the oldest first."""
        rows = PointAdjustment.objects.filter(member=self.member, status=AdjustmentStatus.WAITING)
        return list(rows.select_related("asked_by", "property").order_by("pk"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The card, the balance lot by lot, the way to the next tier, and one page of the ledger."""
        member, today = self.member, today_of(self.member.program)
        names = {}
        if shell_of(self.request).may("view", "guests"):
            names = names_of([member.guest_id], self.request.user, kind="view")
        stands = standing(member, today)
        return super().get_context_data(
            member=member,
            name=names.get(member.guest_id, ""),
            ink=ink_on(member.tier.colour),
            ending=[lot for lot in self.balance.lots if lot.expires_on],
            standing=stands,
            steps=steps_of(stands),
            page=Paginator(ledger_of(member), LINES).get_page(self.request.GET.get("page")),
            waiting=self.waiting,
            printed=forms.StatementForm(day=self.place.business_date),
            changes=member.tier_changes.select_related("after", "before")[:10],
            **kwargs,
        )


def steps_of(stands: Any) -> list[tuple[str, int, int]]:
    """Metric, what counts and what the next tier asks for, each in whole ones; none at the top."""
    if stands.progress is None:
        return []
    asked = stands.progress.tier.thresholds
    return [(metric, int(stands.counted[metric]), int(least)) for metric, least in asked.items()]
