"""Campaigns of bonus points: made, changed, joined, and given with a stay as far as their budget reaches."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.reservations.models import Reservation
from loyalty.domain import campaigns
from loyalty.domain.accrual import Earning, StayEarned, earnings
from loyalty.models import (
    BonusCampaign,
    CampaignRegistration,
    EarningRule,
    LoyaltyMember,
    LoyaltyProgram,
    StayAccrual,
)
from loyalty.selectors.campaigns import campaign_of, campaign_stay, campaigns_of
from loyalty.selectors.terms import earning_rule, today_of
from loyalty.services.points import member_locked, require_active

CHANGEABLE = frozenset({"name", "budget", "stay_until"})


@transaction.atomic
def campaign_create(*, program: LoyaltyProgram, values: Mapping[str, Any]) -> BonusCampaign:
    """Make a campaign; it gives nothing until an earning rule names it.

    Raises:
        Conflict: its code is taken (``campaign_code_taken``).
        InvalidInput: days that run backwards (``campaign_days_invalid``).
    """
    lock_rows(LoyaltyProgram.objects.filter(pk=program.pk))
    _check_days(values["stay_from"], values["stay_until"])
    if values.get("booked_from") and values.get("booked_until"):
        _check_days(values["booked_from"], values["booked_until"])
    if BonusCampaign.objects.filter(program=program, code=values["code"]).exists():
        raise Conflict(
            _("There is a campaign %(code)s.") % {"code": values["code"]}, code="campaign_code_taken"
        )
    return BonusCampaign.objects.create(program=program, **values)


@transaction.atomic
def campaign_change(
    *, campaign: BonusCampaign, changes: Mapping[str, Any], expected_version: int | None = None
) -> BonusCampaign:
    """Change its name, its budget, or its last day, which may not lie before today: earlier stays keep what held.

    Raises:
        VersionConflict: somebody changed it meanwhile.
        InvalidInput: something else (``campaign_fixed``), or a day gone by (``campaign_days_invalid``).
        Conflict: it is over (``campaign_over``), or more was given already (``budget_spent``; ``extra["given"]``).
    """
    (fresh,) = lock_rows(BonusCampaign.objects.select_related("program").filter(pk=campaign.pk))
    fresh.require_version(expected_version, _("campaign"))
    if fixed := set(changes) - CHANGEABLE:
        text = _("%(fixed)s: make another campaign for this.") % {"fixed": ", ".join(sorted(fixed))}
        raise InvalidInput(text, code="campaign_fixed")
    today = today_of(fresh.program)
    if "stay_until" in changes:
        _check_days(max(today, fresh.stay_from), changes["stay_until"])
        if fresh.stay_until < today:
            raise Conflict(_("This campaign is over."), code="campaign_over")
    budget = changes.get("budget", fresh.budget)
    if budget is not None and budget < fresh.given:
        text = _("%(given)s points are given already.") % {"given": fresh.given}
        raise Conflict(text, code="budget_spent", extra={"given": fresh.given})
    for name, value in changes.items():
        setattr(fresh, name, value)
    fresh.version += 1
    fresh.save()
    return fresh


@transaction.atomic
def campaign_register(*, campaign: BonusCampaign, member: LoyaltyMember) -> CampaignRegistration:
    """Let a member take part; repeatable: who is registered keeps his day.

    Raises:
        InvalidInput: a member of another programme (``member_invalid``), or no registration is needed
            (``registration_not_needed``).
        Conflict: the campaign is over (``campaign_over``), or not an active membership (``member_not_active``).

    Locks: the member.
    """
    fresh = member_locked(member.pk)
    today = today_of(fresh.program)
    if fresh.program_id != campaign.program_id:
        raise InvalidInput(_("Choose a member of the campaign's programme."), code="member_invalid")
    if not campaign.needs_registration:
        raise InvalidInput(_("Everybody takes part in this campaign."), code="registration_not_needed")
    known = CampaignRegistration.objects.filter(campaign=campaign, member=fresh).first()
    if known is not None:
        return known
    require_active(fresh)
    if campaign.stay_until < today:
        raise Conflict(_("This campaign is over."), code="campaign_over")
    return CampaignRegistration.objects.create(campaign=campaign, member=fresh, on=today)


@dataclass(frozen=True)
class Bonus:
    """What campaigns give a stay, and which campaign each rule belongs to."""

    found: list[Earning]
    campaign_by_rule: dict[int, int]


def bonus_of(
    accrual: StayAccrual, reservation: Reservation, stay: StayEarned | None, own: list[Earning]
) -> Bonus:
    """What campaigns give a stay.

    Args:
        accrual: its member is locked.
        stay: as it stands now; None while it is not over, which gives nothing.
        own: what the programme's own rules give, which shares are of.

    Locks: the campaigns it takes part in, in order of their ids, so that two stays never overrun a budget.
    """
    ids = campaigns_of(accrual, reservation)
    if not ids:
        return Bonus([], {})
    rows = lock_rows(BonusCampaign.objects.filter(pk__in=ids))
    rules = list(EarningRule.objects.filter(campaign__in=ids))
    base = sum(earning.points for earning in own)
    found: list[Earning] = []
    for row in rows:
        seen, campaign = campaign_stay(row, accrual, reservation), campaign_of(row)
        if stay is not None and not campaigns.refusal(campaign, seen):
            its = [earning_rule(rule) for rule in rules if rule.campaign_id == row.pk]
            found += campaigns.within_budget(campaign, seen, earnings(its, stay, base=base))
    return Bonus(found, {rule.pk: rule.campaign_id for rule in rules})


def bonus_note(bonus: Bonus, booked: Mapping[int, int]) -> None:
    """Keep with the campaigns what was booked by their rules: rule to points."""
    given: Counter[int] = Counter()
    for rule_id, points in booked.items():
        if campaign_id := bonus.campaign_by_rule.get(rule_id):
            given[campaign_id] += points
    for campaign_id, points in given.items():
        BonusCampaign.objects.filter(pk=campaign_id).update(given=F("given") + points)


def _check_days(first: Any, last: Any) -> None:
    if last < first:
        raise InvalidInput(
            _("Choose a day from %(first)s on.") % {"first": first}, code="campaign_days_invalid"
        )
