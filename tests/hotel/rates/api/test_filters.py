"""Lists of rates, narrowed."""

from datetime import date

from tests.contracts.base import ids_of
from tests.factories.rates import (
    price_make,
    rate_plan_make,
    restriction_make,
    tax_exemption_make,
    tax_rule_make,
)
from tests.factories.rooms import room_type_make

RIGHTS = frozenset({"view_rates_area"})
MARCH, APRIL = date(2027, 3, 1), date(2027, 4, 1)


def test_restrictions_of_the_house_or_the_others(stage):
    house = restriction_make(stage.alpha, "cta", MARCH, APRIL)
    plans = restriction_make(stage.alpha, "cta", MARCH, APRIL, rate_plan=rate_plan_make(stage.alpha))
    client = stage.client_of(RIGHTS)
    assert ids_of(client.get("/api/v1/restrictions?is_house=true")) == [house.pk]
    assert ids_of(client.get("/api/v1/restrictions?is_house=false")) == [plans.pk]


def test_versions_of_taxes_that_count_on_a_night(stage):
    old = tax_rule_make(stage.alpha, valid_from=MARCH, valid_until=APRIL)
    new = tax_rule_make(stage.alpha, valid_from=APRIL)
    client = stage.client_of(RIGHTS)
    for night, wanted in (("2027-03-31", [old.pk]), ("2027-04-01", [new.pk]), ("2027-02-28", [])):
        assert ids_of(client.get(f"/api/v1/taxes?night={night}")) == wanted


def test_certificates_that_are_revoked_or_not(stage):
    good = tax_exemption_make(stage.alpha)
    revoked = tax_exemption_make(stage.alpha, "C-2", revoked_at="2027-01-01T00:00Z")
    client = stage.client_of(RIGHTS)
    assert ids_of(client.get("/api/v1/taxes/exemptions?is_revoked=true")) == [revoked.pk]
    assert ids_of(client.get("/api/v1/taxes/exemptions?is_revoked=false")) == [good.pk]


def test_prices_of_a_plan_and_type(stage):
    plan, other, double = (
        rate_plan_make(stage.alpha),
        rate_plan_make(stage.alpha, "OTHER"),
        room_type_make(stage.alpha),
    )
    mine = price_make(plan, double, 100)
    price_make(other, double, 90)
    url = f"/api/v1/rates?rate_plan={plan.pk}&room_type={double.pk}"
    assert ids_of(stage.client_of(RIGHTS).get(url)) == [mine.pk]
