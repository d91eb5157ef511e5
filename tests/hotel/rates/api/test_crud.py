"""The plain resources of rates keep what every resource keeps."""

from datetime import date
from decimal import Decimal

import pytest
from moneyed import Money

from hotel.rates.models import (
    CancellationPolicy,
    DepositPolicy,
    NoShowPolicy,
    Package,
    PromoCode,
    RatePlan,
    RatePrice,
    Restriction,
    Season,
    TaxExemption,
    TaxRule,
)
from tests.contracts.crud import CreateContract, CrudContract, ReadContract, UpdateContract
from tests.contracts.queries import QueryContract
from tests.factories.rates import (
    cancellation_policy_make,
    deposit_policy_make,
    no_show_policy_make,
    package_make,
    price_make,
    promo_make,
    rate_plan_make,
    restriction_make,
    season_make,
    tax_exemption_make,
    tax_rule_make,
)
from tests.factories.rooms import room_type_make


class SavedContract(ReadContract, CreateContract, UpdateContract, QueryContract):
    """A resource that is made and changed, but never deleted."""

    area = "rates"


class TestRatePlans(SavedContract):
    model, url = RatePlan, "/api/v1/rate-plans"
    update = {"name": "Flexible rate", "max_discount_rate": "0.300000"}

    def make(self, place, n):
        plan = rate_plan_make(
            place, code=f"P{n}", cancellation_policy=cancellation_policy_make(place, code=f"C{n}")
        )
        package_make(plan, 12, code=f"B{n}")
        price_make(plan, room_type_make(place, code=f"T{n}"), 100)
        return plan

    def create(self, place):
        parent = rate_plan_make(place)
        return {
            "property": place.pk,
            "code": "NRF",
            "name": "Non-refundable",
            "parent": parent.pk,
            "offset_rate": "-0.10",
            "rounding_step": "1",
            "rounding_mode": "half_up",
            "floor_amount": {"amount": "50", "currency": str(place.currency)},
            "max_discount_rate": "0.5",
            "sell_from": "2027-01-01",
            "cancellation_policy": cancellation_policy_make(place).pk,
            "room_types": [room_type_make(place).pk],
            "companies": [],
            "packages": [],
            "day_use_hours": 8,
            "day_use_step_minutes": 30,
            "day_use_min_hours": 3,
        }


class TestPromoCodes(SavedContract):
    model, url = PromoCode, "/api/v1/rates/promo-codes"
    update = {"name": "Later", "max_uses": 5}

    def make(self, place, n):
        return promo_make(place, code=f"P{n}")

    def create(self, place):
        plan = rate_plan_make(place)
        return {
            "property": place.pk,
            "code": "SPRING",
            "name": "Spring",
            "rate_plans": [plan.pk],
            "discount_rate": "0.1",
            "book_from": "2027-01-01",
            "max_uses": 10,
        }


class TestSeasons(CrudContract):
    model, url, area = Season, "/api/v1/seasons", "rates"
    update = {"name": "Summer", "ranges": [{"start_on": "2027-06-01", "end_on": "2027-09-01"}]}

    def make(self, place, n):
        return season_make(place, (date(2027, 7, 1), date(2027, 9, 1)), code=f"S{n}")

    def create(self, place):
        ranges = [{"start_on": "2027-07-01", "end_on": "2027-09-01"}]
        return {"property": place.pk, "code": "HIGH", "name": "High", "colour": "#ff0000", "ranges": ranges}


class TestCancellationPolicies(SavedContract):
    model, url = CancellationPolicy, "/api/v1/policies/cancellation"
    update = {"name": "Free", "grace_hours": 24, "steps": []}

    def make(self, place, n):
        return cancellation_policy_make(place, code=f"C{n}")

    def create(self, place):
        step = {
            "deadline": "before_arrival",
            "days_before": 2,
            "at_time": "18:00",
            "penalty": "nights",
            "nights": 1,
        }
        last = {"deadline": "after_booking", "hours_after": 0, "penalty": "percent", "share": "0.1"}
        return {
            "property": place.pk,
            "code": "FLEX",
            "name": "Flexible",
            "grace_hours": 1,
            "steps": [step, last],
        }


class TestDepositPolicies(SavedContract):
    model, url = DepositPolicy, "/api/v1/policies/deposit"
    update = {"name": "Half", "steps": []}

    def make(self, place, n):
        return deposit_policy_make(place, code=f"D{n}")

    def create(self, place):
        steps = [
            {"due": "at_booking", "kind": "percent", "share": "0.3"},
            {"due": "before_arrival", "days_before": 14, "kind": "balance"},
        ]
        return {"property": place.pk, "code": "DEP", "name": "Deposit", "steps": steps}


class TestNoShowPolicies(SavedContract):
    model, url = NoShowPolicy, "/api/v1/policies/no-show"
    update = {"penalty": "percent", "share": "0.800000"}

    def make(self, place, n):
        return no_show_policy_make(place, code=f"N{n}")

    def create(self, place):
        return {"property": place.pk, "code": "NS", "name": "No-show", "penalty": "nights", "nights": 1}


class TestPackages(SavedContract):
    model, url = Package, "/api/v1/packages"
    update = {"name": "Half board", "is_active": False}

    def make(self, place, n):
        return package_make(rate_plan_make(place, code=f"P{n}"), 12, code=f"B{n}").package

    def create(self, place):
        element = {
            "code": "BF",
            "name": "Breakfast",
            "group": "food",
            "rhythm": "every_night",
            "basis": "per_person",
            "weekdays": [1, 7],
            "amount": {"amount": "15", "currency": str(place.currency)},
        }
        return {"property": place.pk, "code": "BB", "name": "Bed and breakfast", "elements": [element]}


class TestTaxes(ReadContract, CreateContract, QueryContract):
    model, url, area = TaxRule, "/api/v1/taxes", "rates"

    def make(self, place, n):
        return tax_rule_make(place, code=f"T{n}")

    def create(self, place):
        return {
            "property": place.pk,
            "code": "VAT",
            "name": "VAT",
            "position": 10,
            "method": "percent",
            "rate": "0.1",
            "is_inclusive": True,
            "groups": ["room", "food"],
            "stacked_on": [],
            "max_nights": None,
            "min_age": 0,
            "max_age": 199,
            "valid_from": "2027-01-01",
            "valid_until": None,
        }


class TestTaxExemptions(ReadContract, CreateContract, QueryContract):
    model, url, area = TaxExemption, "/api/v1/taxes/exemptions", "rates"

    def make(self, place, n):
        return tax_exemption_make(place, f"C-{n}")

    def create(self, place):
        return {
            "property": place.pk,
            "certificate": "C-17",
            "holder": "Embassy",
            "reason": "diplomat",
            "tax_codes": ["VAT"],
            "valid_from": "2027-01-01",
            "valid_until": "2027-12-31",
        }


class TestRates(ReadContract, QueryContract):
    model, url, area = RatePrice, "/api/v1/rates", "rates"

    def make(self, place, n):
        return price_make(rate_plan_make(place, code=f"P{n}"), room_type_make(place, code=f"T{n}"), 100)


class TestRestrictions(ReadContract, QueryContract):
    model, url, area = Restriction, "/api/v1/restrictions", "rates"

    def make(self, place, n):
        return restriction_make(place, "min_los", date(2027, 4, 1), date(2027, 4, 5), n + 2)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"parent": None, "offset_rate": "-0.1"}, "parent"),
        ({"sell_from": "2027-02-01", "sell_until": "2027-01-01"}, "sell_until"),
        ({"rounding_step": "0"}, "rounding_step"),
        (
            {
                "floor_amount": {"amount": "9", "currency": "EUR"},
                "ceiling_amount": {"amount": "8", "currency": "EUR"},
            },
            "ceiling_amount",
        ),
        ({"floor_amount": {"amount": "9", "currency": "USD"}}, "floor_amount"),
        ({"day_use_step_minutes": 60}, "day_use_step_minutes"),
        ({"day_use_hours": 8, "day_use_step_minutes": 20}, "day_use_step_minutes"),
        ({"day_use_hours": 8, "day_use_min_hours": 2}, "day_use_min_hours"),
        ({"day_use_hours": 8, "day_use_step_minutes": 60, "day_use_min_hours": 9}, "day_use_min_hours"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_plan_that_makes_no_sense_is_refused_at_the_field(stage, body, field):
    plan = rate_plan_make(stage.alpha)
    before = RatePlan.objects.values().get(pk=plan.pk)
    client = stage.client_of(frozenset({"view_rates_area", "manage_rates_area"}))
    answer = client.patch(f"/api/v1/rate-plans/{plan.pk}", body)
    assert answer.status_code == 400, answer.content
    assert field in answer.json()["fields"]
    assert RatePlan.objects.values().get(pk=plan.pk) == before


def test_a_plan_may_not_become_its_own_ancestor(stage):
    bar = rate_plan_make(stage.alpha)
    child = rate_plan_make(stage.alpha, code="NRF", parent=bar, offset_rate=Decimal("-0.1"))
    client = stage.client_of(frozenset({"view_rates_area", "manage_rates_area"}))
    answer = client.patch(f"/api/v1/rate-plans/{bar.pk}", {"parent": child.pk, "offset_rate": "0.1"})
    assert (answer.status_code, answer.json()["code"]) == (422, "rate_plan_cycle")
    assert RatePlan.objects.get(pk=bar.pk).parent is None


def test_money_of_a_price_is_shown_on_the_minor_unit(stage):
    price = price_make(rate_plan_make(stage.alpha), room_type_make(stage.alpha), Money("99.5", "EUR"))
    client = stage.client_of(frozenset({"view_rates_area"}))
    body = client.get(f"/api/v1/rates/{price.pk}").json()
    assert body["amount"] == {"amount": "99.50", "currency": "EUR"}
    assert body["weekdays"] == [1, 2, 3, 4, 5, 6, 7]
