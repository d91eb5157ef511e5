"""Routing rules: made without loops, ended by a date."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from hotel.core.exceptions import InvalidInput, RuleBroken
from hotel.core.locks import LockSpace, advisory_lock, lock_rows
from hotel.core.words import _
from hotel.folios.choices import CodeKind
from hotel.folios.models import Folio, FolioWindow, RoutingRule, TransactionCode
from hotel.folios.selectors.routing import rules_reaching
from hotel.folios.services.folios import check, folio_locked


class RoutingLoop(RuleBroken):
    """Charges would come back to the folio they started from (422)."""

    code = "routing_loop"


@transaction.atomic
def routing_rule_create(*, folio: Folio, window: FolioWindow, values: Mapping[str, Any]) -> RoutingRule:
    """Send charges of a folio to a window, of this folio or of another one at the property, from now on.

    What was posted before stays where it is; transfer it when it should follow.

    Args:
        values: codes, groups, valid_from, valid_until, priority and limits, as in ``RoutingRule``.

    Raises:
        Conflict: the folio is closed (``folio_closed``).
        InvalidInput: a window of another property, an unknown code, a limit in another currency.
        RoutingLoop: through this and other rules the charges would come back.

    Locks: the property's routing, the folio.
    """
    advisory_lock(LockSpace.ROUTING, folio.property_id)
    fresh = folio_locked(folio)
    check(fresh, "route")
    if window.property_id != fresh.property_id:
        raise InvalidInput(_("The window belongs to another property."), code="window_invalid")
    rule = RoutingRule(
        property=fresh.property, folio=fresh, window=window,
        **{"valid_from": fresh.property.business_date, **values},
    )  # fmt: skip
    _check_values(rule)
    rule.full_clean()
    if window.folio_id != fresh.pk and fresh.pk in rules_reaching([window.folio_id]):
        raise RoutingLoop(_("Charges would come back to the folio they started from."))
    rule.save()
    return rule


@transaction.atomic
def routing_rule_end(*, rule: RoutingRule, valid_until: date | None = None) -> RoutingRule:
    """Let a rule end: ``valid_until`` is the first revenue day without it, the open business date unless given.

    Raises:
        InvalidInput: before its first day (``dates_invalid``).

    Locks: the rule.
    """
    (fresh,) = lock_rows(RoutingRule.objects.filter(pk=rule.pk).select_related("property"))
    end = valid_until or max(fresh.property.business_date, fresh.valid_from)
    if end < fresh.valid_from:
        raise InvalidInput(_("A rule ends on its first day at the earliest."), code="dates_invalid")
    fresh.valid_until = end
    fresh.save(update_fields=["valid_until", "updated_at"])
    return fresh


def _check_values(rule: RoutingRule) -> None:
    limit, currency = rule.limit_amount, str(rule.property.currency)
    if limit is not None and limit.currency.code != currency:
        raise InvalidInput(
            _("Give the limit in %(currency)s.") % {"currency": currency}, code="amount_invalid"
        )
    known = TransactionCode.objects.at(rule.property_id).filter(code__in=rule.codes)
    charges = set(known.exclude(kind__in=[CodeKind.PAYMENT]).values_list("code", flat=True))
    if unknown := sorted(set(rule.codes) - charges):
        raise InvalidInput(
            _("No such charge here: %(unknown)s.") % {"unknown": ", ".join(unknown)}, code="code_invalid"
        )
