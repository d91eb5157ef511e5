"""Programmes: which hotels take part, which tiers there are, what stays earn and since when."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q

from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.properties.models import Chain, Property
from loyalty.choices import Basis
from loyalty.domain import benefits
from loyalty.models import EarningRule, LoyaltyProgram, LoyaltyTier, ProgramProperty

FIRST_TIER = {"level": 0, "code": "member", "name": "Member"}
TRAITS = ("property", "channel", "market", "rate_plan", "room_type", "tier")


@transaction.atomic
def program_create(*, chain: Chain, values: Mapping[str, Any]) -> LoyaltyProgram:
    """Make a programme with the tier that everybody begins in.

    Raises:
        IntegrityError: its code is taken in the chain.
    """
    program = LoyaltyProgram.objects.create(chain=chain, **values)
    LoyaltyTier.objects.create(program=program, **FIRST_TIER)
    return program


@transaction.atomic
def program_change(
    *, program: LoyaltyProgram, changes: Mapping[str, Any], expected_version: int | None = None
) -> LoyaltyProgram:
    """Change what a programme says from now on; lots keep the last day they were given.

    Raises:
        VersionConflict: somebody changed it meanwhile.
        Conflict: its currency stays once it has members (``program_currency_fixed``).
    """
    (fresh,) = lock_rows(LoyaltyProgram.objects.filter(pk=program.pk))
    fresh.require_version(expected_version, _("programme"))
    if changes.get("currency", fresh.currency) != fresh.currency and fresh.members.exists():
        text = _("The currency of a programme with members cannot be changed.")
        raise Conflict(text, code="program_currency_fixed")
    for name, value in changes.items():
        setattr(fresh, name, value)
    fresh.version += 1
    fresh.save()
    return fresh


@transaction.atomic
def house_join(
    *, program: LoyaltyProgram, place: Property, joined_on: date, currency_rate: Decimal | None = None
) -> ProgramProperty:
    """Let a hotel take part from a business date on.

    Args:
        currency_rate: units of the programme's currency for one of the hotel's; 1 when it is the same currency.

    Raises:
        InvalidInput: another chain (``program_invalid``), or no rate between two currencies (``rate_required``).
        Conflict: it takes part in a programme already (``house_in_program``).
    """
    if place.chain_id != program.chain_id:
        raise InvalidInput(_("The programme is of another chain."), code="program_invalid")
    if not currency_rate and str(place.currency) != program.currency:
        text = _("Say what one %(currency)s is in %(currency_2)s.") % {
            "currency": place.currency,
            "currency_2": program.currency,
        }
        raise InvalidInput(text, code="rate_required")
    lock_rows(Property.objects.filter(pk=place.pk))
    others = ProgramProperty.objects.at(place.pk)
    if others.filter(Q(left_on=None) | Q(left_on__gt=joined_on)).exists():
        text = _("%(place)s takes part in a programme already.") % {"place": place.name}
        raise Conflict(text, code="house_in_program")
    return ProgramProperty.objects.create(
        property=place, program=program, joined_on=joined_on, currency_rate=currency_rate or Decimal(1)
    )


@transaction.atomic
def house_leave(*, house: ProgramProperty, left_on: date) -> ProgramProperty:
    """Let departures of a day and later earn no more; what was earned stays.

    Raises:
        InvalidInput: before it joined (``left_invalid``).
        Conflict: it has left (``house_has_left``).
    """
    (fresh,) = lock_rows(ProgramProperty.objects.filter(pk=house.pk))
    if fresh.left_on is not None:
        raise Conflict(_("This hotel has left the programme."), code="house_has_left")
    if left_on < fresh.joined_on:
        raise InvalidInput(
            _("Choose a day from %(joined_on)s on.") % {"joined_on": fresh.joined_on}, code="left_invalid"
        )
    fresh.left_on = left_on
    fresh.save(update_fields=["left_on", "updated_at"])
    return fresh


@transaction.atomic
def tier_create(*, values: Mapping[str, Any]) -> LoyaltyTier:
    """Make a tier above those that are, or between them.

    Raises:
        Conflict: its level or code is taken (``tier_taken``).
        InvalidInput: a benefit that nobody could honour (``benefits_invalid``).
    """
    program = values["program"]
    lock_rows(LoyaltyProgram.objects.filter(pk=program.pk))
    _check_tier(program, values, None)
    return LoyaltyTier.objects.create(**values)


@transaction.atomic
def tier_change(*, tier: LoyaltyTier, changes: Mapping[str, Any]) -> LoyaltyTier:
    """Change what a tier asks for and gives; members keep theirs until they are reviewed next.

    Raises:
        Conflict: its level or code is taken (``tier_taken``), or it is the first, which asks for nothing
            (``first_tier_fixed``).
        InvalidInput: a benefit that nobody could honour (``benefits_invalid``).
    """
    lock_rows(LoyaltyProgram.objects.filter(pk=tier.program_id))
    fresh = LoyaltyTier.objects.get(pk=tier.pk)
    asked = {name for name in changes if name.startswith("min_") and changes[name] is not None}
    if fresh.level == 0 and (asked or changes.get("level", 0) != 0):
        raise Conflict(_("Everybody begins in the first tier: it asks for nothing."), code="first_tier_fixed")
    _check_tier(fresh.program, changes, fresh.pk)
    for name, value in changes.items():
        setattr(fresh, name, value)
    fresh.save()
    return fresh


@transaction.atomic
def rule_create(*, program: LoyaltyProgram, values: Mapping[str, Any]) -> EarningRule:
    """Make the first version of an earning rule.

    Raises:
        Conflict: there is a rule of this code (``rule_code_taken``): change that one.
        InvalidInput: conditions that nobody can read (``conditions_invalid``), or a campaign of another programme
            (``campaign_invalid``).
    """
    lock_rows(LoyaltyProgram.objects.filter(pk=program.pk))
    _check_conditions(values)
    campaign = values.get("campaign")
    if campaign is not None and campaign.program_id != program.pk:
        raise InvalidInput(_("The campaign is of another programme."), code="campaign_invalid")
    if EarningRule.objects.filter(program=program, code=values["code"]).exists():
        text = _("There is a rule %(code)s. Change that one, or choose another code.") % {
            "code": values["code"]
        }
        raise Conflict(text, code="rule_code_taken")
    return EarningRule.objects.create(program=program, **values)


@transaction.atomic
def rule_change(*, rule: EarningRule, changes: Mapping[str, Any], valid_from: date) -> EarningRule:
    """Let a rule say something else for departures from a day on: a new version; the present one ends the day before.

    Raises:
        Conflict: the version has ended (``rule_has_ended``).
        InvalidInput: a day that the present version does not reach (``valid_from_invalid``), or conditions that
            nobody can read (``conditions_invalid``).
    """
    fresh = _open_version(rule, valid_from)
    kept = {
        field.name: getattr(fresh, field.name)
        for field in EarningRule._meta.concrete_fields
        if field.name not in {"id", "created_at", "updated_at", "version", "valid_from", "valid_until"}
    }
    values = kept | dict(changes)
    _check_conditions(values)
    fresh.valid_until = valid_from - timedelta(days=1)
    fresh.save(update_fields=["valid_until", "updated_at"])
    return EarningRule.objects.create(**values, version=fresh.version + 1, valid_from=valid_from)


@transaction.atomic
def rule_end(*, rule: EarningRule, valid_until: date) -> EarningRule:
    """Let a rule hold for departures until a day, inclusive, and no longer.

    Raises:
        Conflict: it has ended (``rule_has_ended``).
        InvalidInput: before it began (``valid_from_invalid``).
    """
    fresh = _open_version(rule, valid_until + timedelta(days=1))
    fresh.valid_until = valid_until
    fresh.save(update_fields=["valid_until", "updated_at"])
    return fresh


def _check_tier(program: LoyaltyProgram, values: Mapping[str, Any], own: int | None) -> None:
    others = LoyaltyTier.objects.filter(program=program).exclude(pk=own)
    for name in ("level", "code"):
        if name in values and others.filter(**{name: values[name]}).exists():
            raise Conflict(
                _("There is a tier with %(name)s %(values)s.") % {"name": name, "values": values[name]},
                code="tier_taken",
            )
    if why := benefits.refusal(values.get("benefits", {})):
        raise InvalidInput(why, code="benefits_invalid")


def _open_version(rule: EarningRule, following: date) -> EarningRule:
    (fresh,) = lock_rows(EarningRule.objects.filter(pk=rule.pk))
    if fresh.valid_until is not None:
        raise Conflict(_("This version of the rule has ended."), code="rule_has_ended")
    if following <= fresh.valid_from:
        text = _("The present version begins on %(valid_from)s: choose a later day.") % {
            "valid_from": fresh.valid_from
        }
        raise InvalidInput(text, code="valid_from_invalid")
    return fresh


def _check_conditions(values: Mapping[str, Any]) -> None:
    for name in ("only", "never"):
        if not _is_readable(values.get(name, {})):
            text = _("%(name)s: each of %(traits)s may have a list of codes.") % {
                "name": name,
                "traits": ", ".join(TRAITS),
            }
            raise InvalidInput(text, code="conditions_invalid")
    if values.get("basis") == Basis.PERCENT and values.get("groups"):
        text = _("A share of the other points counts no revenue groups.")
        raise InvalidInput(text, code="conditions_invalid")


def _is_readable(traits: Any) -> bool:
    return isinstance(traits, Mapping) and all(
        trait in TRAITS and isinstance(codes, list) and all(isinstance(code, str) for code in codes)
        for trait, codes in traits.items()
    )
