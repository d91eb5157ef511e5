"""What tiers of other programmes are worth here, and what members asked for."""

from loyalty.choices import MatchStatus
from loyalty.domain.matches import in_words
from loyalty.models import LoyaltyMember, StatusMatch, StatusMatchRule


def match_rule_in_words(row: StatusMatchRule) -> str:
    """What is worth what, for how long, and which challenge comes with it."""
    return in_words(str(row), row.tier.name, row.days, row.challenge.name if row.challenge else "")


def rules_for(member: LoyaltyMember) -> list[StatusMatchRule]:
    """What a member may ask for now: a tier above his. One query."""
    rows = StatusMatchRule.objects.filter(program_id=member.program_id, is_active=True)
    return list(rows.filter(tier__level__gt=member.tier.level).select_related("tier", "challenge"))


def matches_of(member: LoyaltyMember) -> list[StatusMatch]:
    """What a member asked for, the newest first. One query."""
    rows = StatusMatch.objects.filter(member=member)
    return list(rows.select_related("rule__tier", "asked_by", "property")[:5])


def waiting(rows: list[StatusMatch]) -> list[StatusMatch]:
    """Those that a second person decides on."""
    return [row for row in rows if row.status == MatchStatus.WAITING]
