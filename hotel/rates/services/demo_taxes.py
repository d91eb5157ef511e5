"""The demo's taxes, in the manner of the property's country; examples, not tax advice."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from moneyed import Money

from hotel.properties.models import Property
from hotel.rates.services.taxes import tax_rule_create, tax_rule_revise

SINCE = date(2020, 1, 1)
Rules = tuple[Mapping[str, Any], ...]


def _vat(rate: str, *groups: str, code: str = "VAT", name: str = "VAT") -> dict[str, Any]:
    return {"code": code, "name": name, "method": "percent", "rate": Decimal(rate), "groups": list(groups)}


def _per_person(amount: str, **over: Any) -> dict[str, Any]:
    tax = {
        "code": "CITY",
        "name": "City tax",
        "position": 50,
        "method": "per_person_night",
        "is_inclusive": False,
    }
    return {**tax, "amount": Decimal(amount), **over}


BEVERAGE = _vat("0.20", "beverage", "service", "other", code="VAT20", name="VAT 20 %")
RULES: Mapping[str, Rules] = {
    "AT": (
        _vat("0.10", "room", "food", code="VAT10", name="VAT 10 %"),
        BEVERAGE,
        {
            "code": "CITY",
            "name": "Local tax 3.2 % of net room",
            "position": 50,
            "method": "percent",
            "rate": Decimal("0.032"),
            "groups": ["room"],
            "is_inclusive": False,
            "min_age": 15,
            "exempt_reasons": ["resident"],
        },
    ),
    "ES": (
        _vat("0.10", "room", "food", "beverage", "service"),
        _per_person("3.50", max_nights=7, min_age=17, exempt_reasons=["health"]),
    ),
    "HR": (
        _vat("0.13", "room", "food"),
        _vat("0.25", "beverage", "service", "other", code="VAT25", name="VAT 25 %"),
        _per_person("2.65", min_age=18, exempt_reasons=["resident"]),
        _per_person(
            "1.33",
            code="CITY-YOUTH",
            name="City tax, 12–17",
            min_age=12,
            max_age=17,
            exempt_reasons=["resident"],
        ),
    ),
    "IT": (
        _vat("0.10", "room", "food", "beverage", "service"),
        _per_person("4.90", max_nights=7, min_age=12, exempt_reasons=["resident", "health"]),
    ),
    "JP": (
        _vat("0.10", "room", "food", "beverage", "service", "other", name="Consumption tax"),
        _per_person("200", name="Accommodation tax"),
    ),
}
OTHERS: Rules = (
    _vat("0.10", "room", "food"),
    BEVERAGE,
    _per_person("2.00", max_nights=7, min_age=14, exempt_reasons=["resident"]),
)


def demo_taxes(*, place: Property) -> None:
    """Make the taxes of the property's country; the amount per person rises at the turn of the year."""
    for rule in RULES.get(place.country, OTHERS):
        values = {"valid_from": SINCE, **rule}
        if "amount" in values:
            values["amount"] = Money(values["amount"], str(place.currency))
        made = tax_rule_create(place=place, values=values)
        if made.method == "per_person_night" and made.amount is not None:
            turn = date(place.business_date.year + 1, 1, 1)
            raised = made.amount + Money(
                Decimal("0.50") if made.amount.amount < 100 else 50, str(place.currency)
            )
            tax_rule_revise(rule=made, valid_from=turn, values={"amount": raised})
