"""Tax rules in dated versions, and certificates of exemption."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, RuleBroken
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.properties.models import Property
from hotel.rates.models import TaxExemption, TaxRule
from hotel.rates.services.facts import rates_changed
from hotel.rates.services.plans import check_currency

KEPT: tuple[str, ...] = (
    "code",
    "name",
    "position",
    "method",
    "rate",
    "amount",
    "is_inclusive",
    "groups",
    "stacked_on",
)
KEPT += ("max_nights", "max_amount", "min_age", "max_age", "exempt_reasons")


class TaxStackInvalid(RuleBroken):
    """A rule is stacked on something that is not computed before it."""

    code = "tax_stack_invalid"


class TaxDatesInvalid(RuleBroken):
    """The dates do not fit the versions there are."""

    code = "tax_dates_invalid"


@transaction.atomic
def tax_rule_create(*, place: Property, values: Mapping[str, Any]) -> TaxRule:
    """Make the first version of a tax.

    Raises:
        TaxStackInvalid: stacked on a rule that is unknown, later, or not contained while this one is.
        InvalidInput: an amount in another currency.
    """
    check_currency(place=place, values=values)
    rule = TaxRule(property=place, **values)
    _check_stack(rule)
    rule.save()
    _tell(rule)
    return rule


@transaction.atomic
def tax_rule_revise(*, rule: TaxRule, valid_from: date, values: Mapping[str, Any]) -> TaxRule:
    """Let a new version count from a night on; the old one ends there. Nights before keep the old one.

    Args:
        rule: the version to follow; must count on ``valid_from``.
        valid_from: first night of the new version.
        values: the columns that change.

    Returns:
        The new version.

    Raises:
        TaxDatesInvalid: not within the old version, or its first night.

    Locks: the old version.
    """
    (old,) = lock_rows(TaxRule.objects.filter(pk=rule.pk))
    if valid_from <= old.valid_from or (old.valid_until is not None and valid_from >= old.valid_until):
        raise TaxDatesInvalid(
            _("A new version begins after the first night of the old one, and before its end.")
        )
    check_currency(place=old.property, values=values)
    kept = {name: getattr(old, name) for name in KEPT}
    made = TaxRule(
        property=old.property, **{**kept, **values}, valid_from=valid_from, valid_until=old.valid_until
    )
    _check_stack(made)
    old.valid_until = valid_from
    old.save()
    made.save()
    _tell(made)
    return made


@transaction.atomic
def tax_rule_end(*, rule: TaxRule, valid_until: date) -> TaxRule:
    """Let a tax end: ``valid_until`` is the first night without it.

    Raises:
        TaxDatesInvalid: not after its first night.

    Locks: the rule.
    """
    (fresh,) = lock_rows(TaxRule.objects.filter(pk=rule.pk))
    if valid_until <= fresh.valid_from:
        raise TaxDatesInvalid(_("A tax ends after its first night."))
    fresh.valid_until = valid_until
    fresh.save()
    rates_changed(property_id=fresh.property_id, plan_ids=None, start=valid_until)
    return fresh


def _check_stack(rule: TaxRule) -> None:
    below = TaxRule.objects.at(rule.property_id).filter(code__in=rule.stacked_on, position__lt=rule.position)
    found = {row.code: row for row in below}
    for code in rule.stacked_on:
        if code not in found:
            text = _("%(rule)s is stacked on %(code)s: there must be such a rule with a lower position.") % {
                "rule": rule.code,
                "code": code,
            }
            raise TaxStackInvalid(text, extra={"code": code})
        if rule.is_inclusive and not found[code].is_inclusive:
            text = _(
                "%(rule)s is contained in prices, so it cannot be stacked on %(code)s, which is added."
            ) % {"rule": rule.code, "code": code}
            raise TaxStackInvalid(text, extra={"code": code})


def _tell(rule: TaxRule) -> None:
    rates_changed(property_id=rule.property_id, plan_ids=None, start=rule.valid_from, end=rule.valid_until)


@transaction.atomic
def exemption_register(*, place: Property, values: Mapping[str, Any]) -> TaxExemption:
    """Register a certificate of exemption."""
    return TaxExemption.objects.create(property=place, **values)


@transaction.atomic
def exemption_revoke(*, exemption: TaxExemption, reason: str) -> TaxExemption:
    """Let a certificate count no more; quotes from now on charge the taxes again, sold nights stay.

    Raises:
        Conflict: revoked already.

    Locks: the certificate.
    """
    (fresh,) = lock_rows(TaxExemption.objects.filter(pk=exemption.pk))
    if fresh.revoked_at is not None:
        raise Conflict(_("This certificate is revoked already."), code="exemption_revoked")
    fresh.revoked_at, fresh.revoked_reason = now(), reason
    fresh.save()
    return fresh
