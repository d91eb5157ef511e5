"""The demo's money: an account at the simulated card processor, and who may pay later, at both houses."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction

from hotel.core.locks import LockSpace, advisory_lock
from hotel.folios.choices import Provider
from hotel.folios.models import CityAccount
from hotel.folios.services.codes import codes_seed
from hotel.folios.services.gateway_accounts import account_create
from hotel.guests.choices import CompanyKind
from hotel.guests.models import Company
from hotel.properties.models import Property
from hotel.properties.services.demo import demo_places

PROCESSOR = "Simulated card processor"


def demo_seed(*, say: Callable[[str], None]) -> None:
    """Furnish both houses for money. Repeatable: a house with debtors is left alone.

    Card payments need the secrets of the simulator, ``settings.SIMULATOR_API_KEY``, which the launcher makes once per
    installation; without them there is no account.
    """
    for place in demo_places():
        if _furnished(place):
            say(f"{place.code}: city ledger{', cards by a simulator' if settings.SIMULATOR_API_KEY else ''}")


@transaction.atomic
def _furnished(place: Property) -> bool:
    advisory_lock(LockSpace.DEMO, f"folios:{place.pk}")
    if CityAccount.objects.at(place.pk).exists():
        return False
    codes_seed(place=place)
    kinds = (CompanyKind.COMPANY, CompanyKind.TRAVEL_AGENT)
    companies = Company.objects.filter(profiles__property=place, kind__in=kinds).distinct()
    for company in companies.order_by("pk"):
        number = company.ar_number or company.code
        CityAccount.objects.create(property=place, number=number, name=company.name, company=company)
    if settings.SIMULATOR_API_KEY:
        values = {
            "provider": Provider.SIMULATOR,
            "name": PROCESSOR,
            "api_key": settings.SIMULATOR_API_KEY,
            "webhook_secret": settings.SIMULATOR_WEBHOOK_SECRET,
        }
        account_create(place=place, values=values)
    return True
