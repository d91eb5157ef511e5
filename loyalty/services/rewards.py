"""The catalogue of rewards: made and changed, with terms that can be priced by."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.locks import lock_rows
from hotel.core.words import _
from loyalty.domain.reward_terms import TERMS, TermsInvalid, written
from loyalty.models import LoyaltyProgram, LoyaltyTier, ProgramProperty, Reward
from loyalty.selectors.rewards import taken_of


@transaction.atomic
def reward_create(*, program: LoyaltyProgram, values: Mapping[str, Any]) -> Reward:
    """Make a reward.

    Raises:
        Conflict: its code is taken (``reward_code_taken``).
        InvalidInput: terms that nobody can price by (``terms_invalid``), a tier or hotel of another programme
            (``tier_invalid``, ``hotels_invalid``).

    Locks: the programme.
    """
    lock_rows(LoyaltyProgram.objects.filter(pk=program.pk))
    if Reward.objects.filter(program=program, code=values["code"]).exists():
        raise Conflict(
            _("There is a reward %(code)s. Choose another code.") % {"code": values["code"]},
            code="reward_code_taken",
        )
    reward = Reward(program=program, **values)
    _check(reward)
    reward.save(force_insert=True)
    return reward


@transaction.atomic
def reward_change(
    *, reward: Reward, changes: Mapping[str, Any], expected_version: int | None = None
) -> Reward:
    """Change what a reward is from now on; what was redeemed keeps its price.

    Raises:
        VersionConflict: somebody changed it meanwhile.
        Conflict: fewer than have been taken (``stock_below_taken``; ``extra["taken"]``).
        InvalidInput: as ``reward_create``.

    Locks: the reward.
    """
    (fresh,) = lock_rows(Reward.objects.select_related("program").filter(pk=reward.pk))
    fresh.require_version(expected_version, _("reward"))
    for name, value in changes.items():
        setattr(fresh, name, value)
    _check(fresh)
    if fresh.stock is not None and fresh.stock < (taken := taken_of(fresh)):
        text = _("%(taken)s of them are taken: the stock cannot be lower.") % {"taken": taken}
        raise Conflict(text, code="stock_below_taken", extra={"taken": taken})
    fresh.version += 1
    fresh.save()
    return fresh


def _check(reward: Reward) -> None:
    for name in TERMS:
        try:
            setattr(reward, name, written(name, getattr(reward, name)))
        except TermsInvalid as error:
            raise InvalidInput(str(error), code="terms_invalid", fields={name: [str(error)]}) from error
    if not 0 < reward.floor <= reward.base <= reward.ceiling or reward.step < 1:
        text = _(
            "The price begins between its floor and its ceiling, and moves in steps of 1 point at least."
        )
        raise InvalidInput(text, code="terms_invalid", fields={"base": [text]})
    if reward.cash_percent and not reward.cash_per_point:
        text = _("Say what a point that is not given costs.")
        raise InvalidInput(text, code="terms_invalid", fields={"cash_per_point": [text]})
    if reward.valid_from and reward.valid_until and reward.valid_until < reward.valid_from:
        text = _("Choose a last day from %(valid_from)s on.") % {"valid_from": reward.valid_from}
        raise InvalidInput(text, code="terms_invalid", fields={"valid_until": [text]})
    tiers = set(LoyaltyTier.objects.filter(program=reward.program).values_list("code", flat=True))
    if reward.min_tier is not None and reward.min_tier.program_id != reward.program_id:
        raise InvalidInput(_("Choose a tier of the programme."), code="tier_invalid")
    if unknown := set(reward.tier_factors) - tiers:
        raise InvalidInput(
            _("There is no tier %(unknown)s.") % {"unknown": ", ".join(sorted(unknown))}, code="tier_invalid"
        )
    houses = ProgramProperty.objects.filter(program=reward.program, property__code__in=reward.hotels)
    if unknown := set(reward.hotels) - set(houses.values_list("property__code", flat=True)):
        text = _("%(unknown)s takes part in another programme or in none.") % {
            "unknown": ", ".join(sorted(unknown))
        }
        raise InvalidInput(text, code="hotels_invalid", fields={"hotels": [text]})
