"""The part of a member's page about tiers: given by a person, matched to one elsewhere, and challenges."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from hotel.dashboard.views.acting import Act
from loyalty import forms
from loyalty.models import Challenge, LoyaltyTier, StatusMatch, StatusMatchRule
from loyalty.selectors.challenges import EntryShown, entries_of, joinable
from loyalty.selectors.matches import matches_of, rules_for, waiting
from loyalty.selectors.terms import today_of
from loyalty.services.challenges import challenge_join
from loyalty.services.matches import match_approve, match_ask, match_refuse
from loyalty.services.tiers import tier_grant
from loyalty.views.member_parts import MemberPart


class TierActs(MemberPart):
    """Tiers that are not earned by stays alone."""

    @cached_property
    def tiers(self) -> list[LoyaltyTier]:
        """What may be given."""
        return list(LoyaltyTier.objects.filter(program_id=self.member.program_id, level__gt=0))

    @cached_property
    def matches(self) -> list[StatusMatch]:
        """The last tiers elsewhere that he showed."""
        return matches_of(self.member)

    @cached_property
    def matches_waiting(self) -> list[StatusMatch]:
        """Those that a second person decides on."""
        return waiting(self.matches)

    @cached_property
    def match_rules(self) -> list[StatusMatchRule]:
        """What he may ask for; nothing while something waits."""
        return [] if self.matches_waiting else rules_for(self.member)

    @cached_property
    def challenges(self) -> list[EntryShown]:
        """His last challenges, and how far he is."""
        return entries_of(self.member)

    @cached_property
    def joinable(self) -> list[Challenge]:
        """What he may be asked to join."""
        return joinable(self.member, today_of(self.member.program), self.challenges)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The matches and challenges."""
        return super().get_context_data(matches=self.matches, challenges=self.challenges, **kwargs)


def _granted(page: TierActs, values: dict[str, Any]) -> str:
    member = tier_grant(member=page.member, actor=page.request.user, **values)  # type: ignore[arg-type]
    return _("The tier is %(tier)s now.") % {"tier": member.tier}


def _asked(page: TierActs, values: dict[str, Any]) -> str:
    rule = values.pop("rule")
    named = {"foreign_program": rule.foreign_program, "foreign_tier": rule.foreign_tier}
    match_ask(member=page.member, place=page.place, actor=page.request.user, **named, **values)  # type: ignore[arg-type]
    return _("The match waits for a second person.")


def _approved(page: TierActs, values: dict[str, Any]) -> str:
    match = match_approve(actor=page.request.user, **values)  # type: ignore[arg-type]
    told = _("The tier is %(tier)s now.") % {"tier": match.rule.tier}
    return f"{told} {match.because}".strip()


def _refused(page: TierActs, values: dict[str, Any]) -> str:
    match_refuse(actor=page.request.user, **values)  # type: ignore[arg-type]
    return _("The match is refused.")


def _joined(page: TierActs, values: dict[str, Any]) -> str:
    entry = challenge_join(member=page.member, place=page.place, challenge=values["challenge"])
    return _("He takes part until %(day)s.") % {"day": entry.last_on}


def _waiting(page: TierActs) -> dict[str, Any]:
    return {"waiting": page.matches_waiting}


def _may_decide(page: TierActs) -> bool:
    return page.is_anothers(page.matches_waiting)


ACTS = {
    "grant": Act(
        forms.GrantForm, _granted, "approve", is_once=True,
        needs=lambda page: {"tiers": page.tiers}, when=lambda page: page.is_active,
    ),
    "match": Act(
        forms.MatchForm, _asked, "enrol", is_once=True,
        needs=lambda page: {"rules": page.match_rules}, when=lambda page: page.is_active and bool(page.match_rules),
    ),
    "match_approve": Act(forms.MatchDecideForm, _approved, "approve", needs=_waiting, when=_may_decide),
    "match_refuse": Act(forms.MatchRefuseForm, _refused, "approve", needs=_waiting, when=_may_decide),
    "join": Act(
        forms.JoinForm, _joined, "enrol", is_once=True,
        needs=lambda page: {"rows": page.joinable}, when=lambda page: page.is_active and bool(page.joinable),
    ),
}  # fmt: skip
