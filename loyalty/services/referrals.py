"""Referrals: both sides are rewarded when the first stay that qualifies is over, and it goes when that stay does."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from hotel.core.exceptions import InvalidInput
from hotel.core.locks import lock_rows
from hotel.core.words import _
from loyalty.choices import PointKind, ReferralStatus
from loyalty.domain.referrals import refusal
from loyalty.models import (
    LoyaltyMember,
    LoyaltyProgram,
    Referral,
    ReferralRule,
    StayAccrual,
)
from loyalty.selectors.members import heir_of
from loyalty.selectors.referrals import referral_facts
from loyalty.services.bonuses import bonus_settle
from loyalty.services.points import PointEvent

SOURCE = "referral"


@transaction.atomic
def referral_rule_set(*, program: LoyaltyProgram, values: Mapping[str, Any]) -> ReferralRule:
    """Say what referrals give for departures from a day on; the present version ends the day before.

    Raises:
        InvalidInput: it gives nobody anything (``referral_gives_nothing``), or a day that the present version does not
            reach (``valid_from_invalid``).
    """
    lock_rows(LoyaltyProgram.objects.filter(pk=program.pk))
    if not values.get("referrer_points", 0) + values.get("referred_points", 0):
        raise InvalidInput(_("Say what one of the two gets."), code="referral_gives_nothing")
    last = ReferralRule.objects.filter(program=program).first()
    if last is not None and values["valid_from"] <= (last.valid_until or last.valid_from):
        text = _("The present version begins on %(valid_from)s: choose a later day.") % {
            "valid_from": last.valid_from
        }
        raise InvalidInput(text, code="valid_from_invalid")
    if last is not None and last.valid_until is None:
        last.valid_until = values["valid_from"] - timedelta(days=1)
        last.save(update_fields=["valid_until", "updated_at"])
    return ReferralRule.objects.create(program=program, version=last.version + 1 if last else 1, **values)


@transaction.atomic
def referral_rule_end(*, rule: ReferralRule, valid_until: Any) -> ReferralRule:
    """Let referrals be rewarded for departures until a day, inclusive, and no longer.

    Raises:
        InvalidInput: before it began, or it has ended (``valid_from_invalid``).
    """
    (fresh,) = lock_rows(ReferralRule.objects.filter(pk=rule.pk))
    if fresh.valid_until is not None or valid_until < fresh.valid_from:
        raise InvalidInput(
            _("Choose a day from %(valid_from)s on.") % {"valid_from": fresh.valid_from},
            code="valid_from_invalid",
        )
    fresh.valid_until = valid_until
    fresh.save(update_fields=["valid_until", "updated_at"])
    return fresh


def referrer_id_of(member_id: int) -> int | None:
    """Who brought a member, as far as he has points to give him: whom a settlement locks with him."""
    member = LoyaltyMember.objects.select_related("referred_by").get(pk=member_id)
    return heir_of(member.referred_by).pk if member.referred_by is not None else None


def referral_settle(*, accrual: StayAccrual, nights: int, referrer: LoyaltyMember | None) -> Referral | None:
    """Have what both sides got for a referral be what the stay is now. Repeatable.

    Whether it is rewarded is decided once, by the first stay that qualifies; then it goes and comes with that stay, and
    when that one is gone, the next that qualifies takes its place.

    Args:
        accrual: of who was brought; its member is locked.
        nights: that the stay has now; none while it is not over.
        referrer: locked; None when nobody brought him.
    """
    if referrer is None:
        return None
    referral = Referral.objects.filter(member=accrual.member).select_related("rule").first()
    rule = referral.rule if referral else _rule_on(accrual)
    is_met = rule is not None and nights >= rule.min_nights and nights > 0
    if rule is None or (referral is None and not is_met):
        return referral
    referral = referral or _decided(accrual, rule, referrer)
    if referral.status == ReferralStatus.REFUSED:
        return referral
    if referral.accrual_id != accrual.pk:
        if referral.status == ReferralStatus.REWARDED or not is_met:
            return referral
        referral.accrual = accrual
    referral.status = ReferralStatus.REWARDED if is_met else ReferralStatus.TAKEN_BACK
    referral.save(update_fields=["accrual", "status", "updated_at"])
    for member, side, points, said in (
        (accrual.member, "to", rule.referred_points, f"Brought by {referrer.number}"),
        (referrer, "by", rule.referrer_points, f"Brought {accrual.member.number}"),
    ):
        event = PointEvent(
            member=member,
            property_id=accrual.property_id,
            day=accrual.departure,
            kind=PointKind.BONUS,
            because=said,
            source=SOURCE,
            source_key=f"{referral.pk}:{side}",
        )
        bonus_settle(
            event,
            points if is_met else 0,
            gone=f"{said}, who has not stayed",
            usable_from=accrual.departure + timedelta(days=member.program.pending_days),
        )
    return referral


def _rule_on(accrual: StayAccrual) -> ReferralRule | None:
    rules = ReferralRule.objects.filter(program_id=accrual.member.program_id)
    return rules.on(accrual.departure).first()


def _decided(accrual: StayAccrual, rule: ReferralRule, referrer: LoyaltyMember) -> Referral:
    why = refusal(referral_facts(accrual.member, referrer, rule, accrual))
    return Referral.objects.create(
        member=accrual.member,
        referrer=referrer,
        rule=rule,
        accrual=accrual,
        status=ReferralStatus.REFUSED if why else ReferralStatus.TAKEN_BACK,
        because=why,
        year=accrual.departure.year,
    )
