"""One member: his card, what he has and why, and what may be done for him."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act
from hotel.guests.selectors.profiles import guest_visible
from loyalty import forms
from loyalty.choices import AdjustmentStatus, MemberStatus
from loyalty.domain.cards import ink_on
from loyalty.models import (
    Challenge,
    LoyaltyMember,
    LoyaltyTier,
    PointAdjustment,
    StatusMatch,
    StatusMatchRule,
)
from loyalty.selectors.challenges import EntryShown, entries_of, joinable
from loyalty.selectors.matches import matches_of, rules_for, waiting
from loyalty.selectors.members import ledger_of, names_of
from loyalty.selectors.terms import today_of
from loyalty.selectors.tiers import standing
from loyalty.services.adjustments import adjustment_decide, points_adjust
from loyalty.services.challenges import challenge_join
from loyalty.services.enrolment import member_set_status
from loyalty.services.matches import match_approve, match_ask, match_refuse
from loyalty.services.statements import statement_send
from loyalty.services.tiers import tier_grant
from loyalty.views.member_rewards import RewardActs
from loyalty.views.pool_acts import ACTS as POOL_ACTS
from loyalty.views.pool_acts import PoolActs

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


def _granted(page: "MemberPage", values: dict[str, Any]) -> str:
    member = tier_grant(member=page.member, actor=page.request.user, **values)  # type: ignore[arg-type]
    return _("The tier is %(tier)s now.") % {"tier": member.tier}


def _match_asked(page: "MemberPage", values: dict[str, Any]) -> str:
    rule = values.pop("rule")
    named = {"foreign_program": rule.foreign_program, "foreign_tier": rule.foreign_tier}
    match_ask(member=page.member, place=page.place, actor=page.request.user, **named, **values)  # type: ignore[arg-type]
    return _("The match waits for a second person.")


def _match_approved(page: "MemberPage", values: dict[str, Any]) -> str:
    match = match_approve(actor=page.request.user, **values)  # type: ignore[arg-type]
    return _("The tier is %(tier)s now.") % {"tier": match.rule.tier}


def _match_refused(page: "MemberPage", values: dict[str, Any]) -> str:
    match_refuse(actor=page.request.user, **values)  # type: ignore[arg-type]
    return _("The match is refused.")


def _joined(page: "MemberPage", values: dict[str, Any]) -> str:
    entry = challenge_join(member=page.member, place=page.place, challenge=values["challenge"])
    return _("He takes part until %(day)s.") % {"day": entry.last_on}


def _suspended(page: "MemberPage", values: dict[str, Any]) -> str:
    return page.set_status(MemberStatus.SUSPENDED, values["version"], _("The membership is paused."))


def _reactivated(page: "MemberPage", values: dict[str, Any]) -> str:
    return page.set_status(MemberStatus.ACTIVE, values["version"], _("The membership goes on."))


def _closed(page: "MemberPage", values: dict[str, Any]) -> str:
    return page.set_status(MemberStatus.CLOSED, values["version"], _("The membership is closed."))


def _sent(page: "MemberPage", values: dict[str, Any]) -> str:
    guest = guest_visible(page.member.guest_id, page.request.user)
    statement_send(member=page.member, place=page.place, guest=guest, **values)
    return _("The statement is on its way.")


class MemberPage(PoolActs, RewardActs):
    """A member of a programme that the hotel takes part in, at whichever of its hotels he enrolled."""

    area = "loyalty"
    template_name = "loyalty/member.html"
    acts: ClassVar = {
        **RewardActs.reward_acts,
        "adjust": Act(forms.AdjustForm, _adjusted, "enrol", is_once=True),
        "approve": Act(forms.DecideForm, _approved, "approve"),
        "refuse": Act(forms.DecideForm, _refused, "approve"),
        "grant": Act(forms.GrantForm, _granted, "approve", is_once=True),
        "match": Act(forms.MatchForm, _match_asked, "enrol", is_once=True),
        "match_approve": Act(forms.MatchDecideForm, _match_approved, "approve"),
        "match_refuse": Act(forms.MatchRefuseForm, _match_refused, "approve"),
        "join": Act(forms.JoinForm, _joined, "enrol", is_once=True),
        "send": Act(forms.StatementForm, _sent, "enrol"),
        "suspend": Act(forms.StatusForm, _suspended, "enrol"),
        "reactivate": Act(forms.StatusForm, _reactivated, "enrol"),
        "close": Act(forms.StatusForm, _closed, "enrol"),
        **POOL_ACTS,
    }
    possible: ClassVar[dict[str, set[str]]] = {
        MemberStatus.ACTIVE: {"adjust", "grant", "join", "match", "send", "suspend", "close"},
        MemberStatus.SUSPENDED: {"reactivate", "send", "close"},
    }

    @cached_property
    def member(self) -> LoyaltyMember:
        """The member.

        Raises:
            Http404: no such one in a programme of this hotel.
        """
        rows = LoyaltyMember.objects.at_any([self.place.pk])
        rows = rows.select_related("program", "tier", "home", "merged_into")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def waiting(self) -> list[PointAdjustment]:
        """Points by hand that wait for a second person, the oldest first."""
        rows = PointAdjustment.objects.filter(member=self.member, status=AdjustmentStatus.WAITING)
        return list(rows.select_related("asked_by", "property").order_by("pk"))

    @cached_property
    def matches(self) -> list[StatusMatch]:
        """The last tiers elsewhere that he showed."""
        return matches_of(self.member)

    @cached_property
    def match_rules(self) -> list[StatusMatchRule]:
        """What he may ask for; nothing while something waits."""
        return [] if waiting(self.matches) else rules_for(self.member)

    @cached_property
    def challenges(self) -> list[EntryShown]:
        """His last challenges, and how far he is."""
        return entries_of(self.member)

    @cached_property
    def joinable(self) -> list[Challenge]:
        """What he may be asked to join."""
        return joinable(self.member, today_of(self.member.program), self.challenges)

    def set_status(self, status: MemberStatus, version: int, told: str) -> str:
        """Pause, go on or close, if the member is as the person saw him."""
        member_set_status(member=self.member, status=status, expected_version=version)
        return told

    def about(self, name: str) -> dict[str, Any]:
        """What waits, the other tiers, what may be redeemed, or the version that the person sees."""
        if name in self.reward_acts:
            return super().about(name)
        if name in {"approve", "refuse"}:
            return {"waiting": self.waiting}
        if name == "join":
            return {"rows": self.joinable}
        if name == "match":
            return {"rules": self.match_rules}
        if name in {"match_approve", "match_refuse"}:
            return {"waiting": waiting(self.matches)}
        if name in POOL_ACTS:
            return {"invitations": self.invitations} if name == "pool_accept" else {}
        if name == "grant":
            tiers = LoyaltyTier.objects.filter(program_id=self.member.program_id, level__gt=0)
            return {"tiers": list(tiers)}
        if name == "send":
            return {"day": self.place.business_date}
        return {} if name == "adjust" else {"version": self.member.version}

    def is_possible(self, name: str) -> bool:
        """As the membership stands; somebody else's adjustments can be decided on."""
        if name in self.reward_acts:
            return super().is_possible(name)
        if name in {"approve", "refuse"}:
            return any(row.asked_by_id != self.request.user.pk for row in self.waiting)
        if name in {"match_approve", "match_refuse"}:
            return any(row.asked_by_id != self.request.user.pk for row in waiting(self.matches))
        if (name == "match" and not self.match_rules) or (name == "join" and not self.joinable):
            return False
        if name in POOL_ACTS:
            return self.is_pool_act_possible(name)
        return name in self.possible.get(self.member.status, set())

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
            **self.pool_shown(),
            standing=stands,
            steps=steps_of(stands),
            page=Paginator(ledger_of(member), LINES).get_page(self.request.GET.get("page")),
            waiting=self.waiting,
            matches=self.matches,
            challenges=self.challenges,
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
