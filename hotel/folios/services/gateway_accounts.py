"""Accounts at card processors: added, changed, put out of use."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from hotel.core.exceptions import InvalidInput
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.folios.models import GatewayAccount
from hotel.properties.models import Property

CHANGEABLE = frozenset({"name", "api_key", "webhook_secret", "is_active"})


@transaction.atomic
def account_create(*, place: Property, values: Mapping[str, Any]) -> GatewayAccount:
    """Add an account. When it is active, it takes the new payments from now on.

    Locks: the property's accounts.
    """
    account = GatewayAccount(property=place, **values)
    _yield_to(account)
    account.full_clean()
    account.save()
    return account


@transaction.atomic
def account_change(*, account: GatewayAccount, changes: Mapping[str, Any]) -> GatewayAccount:
    """Change keys or name, or let another account take the new payments.

    Raises:
        InvalidInput: another field; an account stays at its processor (``gateway_field_fixed``).

    Locks: the property's accounts.
    """
    if fixed := sorted(set(changes) - CHANGEABLE):
        raise InvalidInput(
            _("Fixed once an account is made: %(fixed)s.") % {"fixed": ", ".join(fixed)},
            code="gateway_field_fixed",
        )
    fresh = GatewayAccount.objects.get(pk=account.pk)
    for name, value in changes.items():
        setattr(fresh, name, value)
    _yield_to(fresh)
    fresh.full_clean()
    fresh.save()
    return fresh


def _yield_to(account: GatewayAccount) -> None:
    """Let the others take no new payments when this one does."""
    others = lock_rows(GatewayAccount.objects.at(account.property_id).filter(is_active=True))
    if account.is_active:
        ids = [other.pk for other in others if other.pk != account.pk]
        GatewayAccount.objects.filter(pk__in=ids).update(is_active=False)
