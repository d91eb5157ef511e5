"""Accounts at processors: one takes new payments, keys are kept encrypted."""

import pytest
from django.db import connection

from hotel.core.exceptions import InvalidInput
from hotel.folios.models import GatewayAccount
from hotel.folios.selectors.payments import account_of
from hotel.folios.services.gateway_accounts import account_change, account_create

VALUES = {"provider": "stripe", "name": "New", "api_key": "sk_live_1", "webhook_secret": "whsec_1"}


def test_the_account_that_is_made_active_takes_the_new_payments(stage):
    first = account_create(place=stage.alpha, values=VALUES)
    second = account_create(place=stage.alpha, values={**VALUES, "name": "Other"})
    elsewhere = account_create(place=stage.beta, values=VALUES)
    assert (account_of(stage.alpha.pk), account_of(stage.beta.pk)) == (second, elsewhere)
    account_change(account=first, changes={"is_active": True})
    assert account_of(stage.alpha.pk) == first
    account_change(account=first, changes={"is_active": False})
    assert account_of(stage.alpha.pk) is None


def test_keys_are_kept_encrypted_and_each_account_has_an_address_nobody_guesses(stage):
    rows = [account_create(place=place, values=VALUES) for place in (stage.alpha, stage.beta)]
    assert len({row.slug for row in rows}) == 2
    assert min(len(row.slug) for row in rows) == 32
    with connection.cursor() as cursor:
        cursor.execute("SELECT api_key, webhook_secret FROM folios_gatewayaccount")
        assert not [
            value for row in cursor.fetchall() for value in row if "sk_live" in value or "whsec" in value
        ]
    assert GatewayAccount.objects.get(pk=rows[0].pk).api_key == "sk_live_1"


def test_an_account_stays_at_its_processor(stage):
    account = account_create(place=stage.alpha, values=VALUES)
    with pytest.raises(InvalidInput):
        account_change(account=account, changes={"provider": "simulator"})
    account.refresh_from_db()
    assert account.provider == "stripe"
