"""The demo's money: debtors by their company, and an account at the simulator when there are its secrets."""

import pytest

from hotel.folios.models import CityAccount, GatewayAccount
from hotel.folios.services.demo import demo_seed
from hotel.guests.services.demo import demo_seed as guests_seed
from hotel.properties.services.demo import demo_places
from hotel.properties.services.demo import demo_seed as properties_seed


@pytest.mark.django_db
@pytest.mark.parametrize(("secret", "accounts"), [("", 0), ("key", 1)])
def test_both_houses_have_debtors_and_with_the_simulators_secrets_an_account(settings, secret, accounts):
    settings.SIMULATOR_API_KEY, settings.SIMULATOR_WEBHOOK_SECRET = secret, secret and "told"
    said: list[str] = []
    properties_seed(say=print)
    guests_seed(say=print, people_each=26)

    demo_seed(say=said.append)
    demo_seed(say=said.append)

    city, resort = demo_places()
    more = ", cards by a simulator" if secret else ""
    assert said == [f"VIENNA: city ledger{more}", f"IZU: city ledger{more}"]
    for place in (city, resort):
        assert set(CityAccount.objects.at(place.pk).values_list("number", "company__code")) == {
            ("1001", "DONAU"), ("1002", "ALPEN"), ("1003", "NORDWIND"), ("1004", "FUJI"), ("WANDER", "WANDER"),
            ("SUNRISE", "SUNRISE"),
        }  # fmt: skip
        rows = list(GatewayAccount.objects.at(place.pk))
        assert [(row.provider, row.api_key, row.webhook_secret, row.is_active) for row in rows] == [
            ("simulator", "key", "told", True)
        ] * accounts
