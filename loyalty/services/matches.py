"""Status matches: a tier of another programme is worth one here, for a while; by two people, with evidence."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.loyalty import StatusMatchDecided
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, NotPermitted
from hotel.core.facts import publish
from hotel.core.locks import LockRefused, lock_rows
from hotel.core.words import _, in_sentence
from hotel.properties.models import Property
from loyalty.choices import MatchStatus
from loyalty.domain.matches import MOST_DAYS, again_on, last_day, same
from loyalty.models import LoyaltyMember, LoyaltyProgram, ProgramProperty, StatusMatch, StatusMatchRule
from loyalty.selectors.terms import today_of
from loyalty.services.challenges import challenge_join
from loyalty.services.points import member_locked, require_active
from loyalty.services.tiers import tier_grant


@transaction.atomic
def match_rule_create(*, program: LoyaltyProgram, values: Mapping[str, Any]) -> StatusMatchRule:
    """Say which tier somebody gets who has one elsewhere.

    Raises:
        InvalidInput: the first tier, or one of another programme (``tier_invalid``), not 1 to 1,096 days
            (``match_days_invalid``), or a challenge of another programme, one that is over, or that is for others
            than who has a matched tier (``challenge_invalid``).
        Conflict: this tier is matched already (``match_rule_taken``).
    """
    lock_rows(LoyaltyProgram.objects.filter(pk=program.pk))
    tier, days = values["tier"], values["days"]
    if tier.program_id != program.pk or not tier.level:
        raise InvalidInput(_("Choose a tier of the programme above its first one."), code="tier_invalid")
    if not 1 <= days <= MOST_DAYS:
        raise InvalidInput(
            _("Let it last 1 to %(most_days)s days.") % {"most_days": f"{MOST_DAYS:,}"},
            code="match_days_invalid",
        )
    challenge = values.get("challenge")
    if challenge and not (challenge.program_id == program.pk and challenge.is_matched and challenge.is_open):
        text = _("Choose an open challenge of the programme for who has a matched tier.")
        raise InvalidInput(text, code="challenge_invalid")
    names = {name: same(values[name]) for name in ("foreign_program", "foreign_tier")}
    if _rules(program, **names).exists():
        text = _("%(values)s is matched already: end that rule first.") % {"values": " ".join(names.values())}
        raise Conflict(text, code="match_rule_taken")
    return StatusMatchRule.objects.create(program=program, tier=tier, days=days, challenge=challenge, **names)


@transaction.atomic
def match_rule_end(*, rule: StatusMatchRule) -> StatusMatchRule:
    """Let nobody ask for it any more; who waits is decided on, and what was granted stays.

    Raises:
        Conflict: it has ended (``match_rule_ended``).
    """
    (fresh,) = lock_rows(StatusMatchRule.objects.filter(pk=rule.pk))
    if not fresh.is_active:
        raise Conflict(_("This rule has ended."), code="match_rule_ended")
    fresh.is_active = False
    fresh.save(update_fields=["is_active", "updated_at"])
    return fresh


@transaction.atomic
def match_ask(
    *,
    member: LoyaltyMember,
    place: Property,
    foreign_program: str,
    foreign_tier: str,
    foreign_number: str,
    evidence: str,
    actor: User | None,
) -> StatusMatch:
    """Ask for the tier that one elsewhere is worth; it waits for a second person.

    Args:
        place: where he asks.
        foreign_number: of his membership elsewhere.
        evidence: what he showed, in words.

    Raises:
        InvalidInput: no evidence (``evidence_required``), or no number (``number_required``).
        Conflict: not an active membership (``member_not_active``), a hotel that does not take part
            (``hotel_not_in_program``), a tier that the programme does not match (``match_not_offered``), one that he
            has or surpasses (``tier_reached``), he asked already (``match_waiting``) or a short while ago
            (``match_too_soon``; ``extra["from"]``), or another member was matched with that number
            (``match_number_used``).

    Locks: the member, then the rules of that other programme, so that two members cannot show the same number.
    """
    fresh = member_locked(member.pk)
    number = same(foreign_number)
    if not evidence.strip():
        raise InvalidInput(_("Say what the member showed."), code="evidence_required")
    if not number:
        raise InvalidInput(_("Give the number of the other membership."), code="number_required")
    require_active(fresh)
    houses = ProgramProperty.objects.at(place.pk).filter(program_id=fresh.program_id)
    if not houses.on(place.business_date).exists():
        raise Conflict(
            _("%(place)s does not take part.") % {"place": place.name}, code="hotel_not_in_program"
        )
    rule = _rule(fresh.program, same(foreign_program), same(foreign_tier))
    _require_higher(fresh, rule)
    _require_in_time(fresh)
    used = StatusMatch.objects.filter(
        rule__program_id=fresh.program_id,
        rule__foreign_program__iexact=rule.foreign_program,
        foreign_number__iexact=number,
    )
    if used.exclude(status=MatchStatus.REFUSED).exclude(member=fresh).exists():
        raise Conflict(_("Another member has shown this number."), code="match_number_used")
    return StatusMatch.objects.create(
        member=fresh,
        property=place,
        rule=rule,
        foreign_number=number,
        evidence=evidence.strip(),
        asked_on=today_of(fresh.program),
        asked_by=actor,
    )


@transaction.atomic
def match_approve(*, match: StatusMatch, actor: User) -> StatusMatch:
    """Grant the matched tier from today on, for as long as its rule says; then he falls softly, unless he earned it.

    He takes part in the challenge that the rule names. When he cannot, such as for want of a place, the match stands,
    and ``because`` says so.

    Raises:
        Conflict: decided already (``match_decided``), not an active membership (``member_not_active``), he has that
            tier by now (``tier_reached``), or was granted one that lasts longer and would lose it
            (``grant_lasts_longer``).
        NotPermitted: the same person (``same_person``).

    Publishes: TierChanged, ChallengeMoved, StatusMatchDecided.

    Locks: the member, the match, the challenge.
    """
    member, fresh = _open(match, actor)
    require_active(member)
    _require_higher(member, fresh.rule)
    fresh.status = MatchStatus.APPROVED
    fresh.until = last_day(today_of(member.program), fresh.rule.days)
    if member.floor is not None and (member.floor_until is None or member.floor_until > fresh.until):
        text = _("He was granted %(floor)s for longer than %(until)s.") % {
            "floor": member.floor,
            "until": fresh.until,
        }
        raise Conflict(text, code="grant_lasts_longer")
    said = f"Status match: {fresh.rule}"
    tier_grant(member=member, tier=fresh.rule.tier, until=fresh.until, reason=said, actor=actor)
    fresh.save()  # the challenge asks for a match that stands
    fresh.because = _challenged(fresh)
    return _decided(fresh, actor)


@transaction.atomic
def match_refuse(*, match: StatusMatch, reason: str, actor: User) -> StatusMatch:
    """Refuse a match with a reason that the member may be told; he may ask again with better evidence.

    Raises:
        Conflict: decided already (``match_decided``).
        NotPermitted: the same person (``same_person``).
        InvalidInput: no reason (``reason_required``).

    Publishes: StatusMatchDecided.

    Locks: the member, the match.
    """
    _member, fresh = _open(match, actor)
    if not reason.strip():
        raise InvalidInput(_("Say why."), code="reason_required")
    fresh.status, fresh.because = MatchStatus.REFUSED, reason.strip()
    return _decided(fresh, actor)


def _challenged(match: StatusMatch) -> str:
    """Let who was matched take part in what the rule names; why he does not, or nothing."""
    challenge = match.rule.challenge
    if challenge is None:
        return ""
    try:
        challenge_join(challenge=challenge, member=match.member, place=match.property)
    except LockRefused:
        raise  # nobody knows yet
    except Conflict as refusal:
        return f"He does not take part in {challenge}: {refusal.message}"[:200]
    return ""


def _rules(program: LoyaltyProgram, *, foreign_program: str, foreign_tier: str) -> Any:
    rows = StatusMatchRule.objects.filter(program=program, is_active=True)
    return rows.filter(foreign_program__iexact=foreign_program, foreign_tier__iexact=foreign_tier)


def _rule(program: LoyaltyProgram, foreign_program: str, foreign_tier: str) -> StatusMatchRule:
    """What the programme offers for a tier; all that it offers for that other programme is locked."""
    rows = StatusMatchRule.objects.select_related("tier").filter(
        program=program, is_active=True, foreign_program__iexact=foreign_program
    )
    for rule in lock_rows(rows):
        if rule.foreign_tier.lower() == foreign_tier.lower():
            return rule
    raise Conflict(
        _("%(program)s does not match %(foreign_program)s %(foreign_tier)s.")
        % {"program": program.name, "foreign_program": foreign_program, "foreign_tier": foreign_tier},
        code="match_not_offered",
    )


def _require_higher(member: LoyaltyMember, rule: StatusMatchRule) -> None:
    if member.tier.level >= rule.tier.level:
        raise Conflict(_("He is %(tier)s already.") % {"tier": member.tier}, code="tier_reached")


def _require_in_time(member: LoyaltyMember) -> None:
    last = StatusMatch.objects.filter(member=member).exclude(status=MatchStatus.REFUSED).first()
    if last is None:
        return
    if last.status == MatchStatus.WAITING:
        raise Conflict(_("A match of this member waits for a decision."), code="match_waiting")
    begins = again_on(last.asked_on, member.program.match_months)
    if today_of(member.program) < begins:
        text = _("He was matched on %(asked_on)s, and may ask again from %(begins)s on.") % {
            "asked_on": last.asked_on,
            "begins": begins,
        }
        raise Conflict(text, code="match_too_soon", extra={"from": begins.isoformat()})


def _open(match: StatusMatch, actor: User) -> tuple[LoyaltyMember, StatusMatch]:
    member = member_locked(match.member_id)
    (fresh,) = lock_rows(
        StatusMatch.objects.select_related("rule__tier", "rule__challenge", "property").filter(pk=match.pk)
    )
    if fresh.status != MatchStatus.WAITING:
        raise Conflict(
            _("It is %(status)s already.") % {"status": in_sentence(fresh.get_status_display)},
            code="match_decided",
        )
    if fresh.asked_by_id == actor.pk:
        raise NotPermitted(_("A second person decides on this."), code="same_person")
    return member, fresh


def _decided(fresh: StatusMatch, actor: User) -> StatusMatch:
    fresh.decided_by, fresh.decided_at = actor, now()
    fresh.save()
    publish(
        StatusMatchDecided(
            property_id=fresh.property_id,
            member_id=fresh.member_id,
            guest_id=fresh.member.guest_id,
            program_id=fresh.rule.program_id,
            match_id=fresh.pk,
            is_approved=fresh.status == MatchStatus.APPROVED,
            tier=fresh.rule.tier.code,
            until=fresh.until,
            because=fresh.because,
        )
    )
    return fresh
