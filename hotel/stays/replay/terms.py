"""What the replayed hotel charges beside its recorded prices: taxes, fees of policies, debtors of the city ledger."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from moneyed import Money

from hotel.folios.models import CityAccount
from hotel.properties.models import Property
from hotel.rates.models import CancellationPolicy, NoShowPolicy
from hotel.rates.services.policies import policy_create
from hotel.rates.services.taxes import tax_rule_create

SINCE = date(2010, 1, 1)
CITY_TAX = "CITY"
CITY_TAX_AMOUNT, CITY_TAX_NIGHTS, CITY_TAX_AGE = Decimal("2.00"), 7, 13
# Code, name, share, groups; contained in prices.
VAT = (
    ("VAT6", "VAT 6 %", "0.06", ["room"]),
    ("VAT13", "VAT 13 %", "0.13", ["food"]),
    ("VAT23", "VAT 23 %", "0.23", ["beverage", "service", "other"]),
)


@dataclass(frozen=True)
class Terms:
    """Columns of the flexible and of the prepaid plan that name their policies."""

    flexible: Mapping[str, Any] = field(default_factory=dict)
    prepaid: Mapping[str, Any] = field(default_factory=dict)


NO_TERMS = Terms()


def terms_agree(place: Property) -> Terms:
    """Make taxes and policies.

    VAT by group; a city tax for each adult's first nights; who does not come owes his first night, who cancels a
    prepaid stay the whole of it.
    """
    for code, name, rate, groups in VAT:
        values = {"code": code, "name": name, "method": "percent", "rate": Decimal(rate), "groups": groups}
        tax_rule_create(place=place, values={**values, "valid_from": SINCE})
    city = {
        "code": CITY_TAX,
        "name": "City tax",
        "method": "per_person_night",
        "amount": Money(CITY_TAX_AMOUNT, place.currency),
        "is_inclusive": False,
        "max_nights": CITY_TAX_NIGHTS,
        "min_age": CITY_TAX_AGE,
        "position": 50,
    }
    tax_rule_create(place=place, values={**city, "valid_from": SINCE})
    first_night = policy_create(
        model=NoShowPolicy,
        place=place,
        values={"code": "NIGHT1", "name": "First night", "penalty": "nights", "nights": 1},
    )
    whole = policy_create(
        model=CancellationPolicy,
        place=place,
        values={"code": "NRF", "name": "Not refundable"},
        steps=[{"deadline": "after_booking", "hours_after": 0, "penalty": "percent", "share": Decimal(1)}],
    )
    flexible = {"no_show_policy": first_night}
    return Terms(flexible, {**flexible, "cancellation_policy": whole})


def debtors_make(place: Property, names: Iterable[str]) -> dict[str, CityAccount]:
    """An account of the city ledger for each company and agent, by its name in the record; found again later."""
    return {
        name: CityAccount.objects.get_or_create(property=place, number=f"AR-{number:04}", name=name)[0]
        for number, name in enumerate(sorted(set(names)), 1)
    }
