"""Rates in the admin: pages open, what is saved fits its property, and channels hear of it."""

from datetime import date

import pytest
from django.test import Client

from hotel.core.models import OutboxMessage
from hotel.rates.models import PackageElement, RatePlan, RatePrice, Restriction
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

JULY = (date(2027, 7, 1), date(2027, 8, 1))


@pytest.fixture
def desk(cast):
    client = Client()
    client.force_login(cast.ada)
    return client


def told() -> list[int]:
    rows = OutboxMessage.objects.filter(topic="RateChanged").order_by("pk")
    return list(rows.values_list("payload__rate_plan_id", flat=True))


def form_of(desk, url) -> dict:
    """The page's form as a browser would send it back unchanged."""
    context = desk.get(url).context
    whole = context["adminform"].form
    sets = [inline.formset for inline in context["inline_admin_formsets"]]
    forms = [whole, *(part for one in sets for part in (one.management_form, *one.forms))]
    values = {}
    for form in forms:
        for bound in form:
            value = bound.value()
            parts = (
                bound.field.widget.decompress(value) if hasattr(bound.field.widget, "decompress") else None
            )
            names = [f"{bound.html_name}_{n}" for n in range(len(parts or ()))] or [bound.html_name]
            values |= dict(zip(names, parts or [value], strict=True))
    return {name: value for name, value in values.items() if value is not None and value is not False}


def test_every_page_opens(cast, desk):
    plan, double = rate_plan_make(cast.alpha), room_type_make(cast.alpha)
    rows = {
        "rateplan": plan,
        "season": season_make(cast.alpha, JULY),
        "rateprice": price_make(plan, double, 100),
        "restriction": restriction_make(cast.alpha, "cta", *JULY),
        "cancellationpolicy": cancellation_policy_make(cast.alpha),
        "depositpolicy": deposit_policy_make(cast.alpha),
        "noshowpolicy": no_show_policy_make(cast.alpha),
        "taxrule": tax_rule_make(cast.alpha),
        "taxexemption": tax_exemption_make(cast.alpha),
        "package": package_make(plan, 12).package,
        "promocode": promo_make(cast.alpha),
    }
    for model, row in rows.items():
        for path in (f"{model}/", f"{model}/{row.pk}/change/"):
            assert desk.get(f"/admin/rates/{path}").status_code == 200, path
    for model in ("rateprice", "restriction", "taxrule"):
        assert desk.get(f"/admin/rates/{model}/add/").status_code == 403


def test_actions_go_through_the_services(cast, desk):
    plan, double = rate_plan_make(cast.alpha), room_type_make(cast.alpha)
    price, rule = price_make(plan, double, 100), restriction_make(cast.alpha, "cta", *JULY)

    def act(model, action, row):
        body = {"action": action, "_selected_action": [row.pk]}
        assert desk.post(f"/admin/rates/{model}/", body, follow=True).status_code == 200

    act("rateplan", "retire", plan)
    assert RatePlan.objects.values_list("is_active", "version").get() == (False, 2)
    act("rateplan", "revive", plan)
    assert RatePlan.objects.values_list("is_active", "version").get() == (True, 3)
    act("rateprice", "take_away", price)
    act("restriction", "lift", rule)
    assert not RatePrice.objects.exists()
    assert not Restriction.objects.exists()
    assert told() == [plan.pk, plan.pk, plan.pk, None]


def test_a_plan_saved_here_counts_its_version_and_is_told_with_what_derives_from_it(cast, desk):
    plan = rate_plan_make(cast.alpha)
    child = rate_plan_make(cast.alpha, "NRF", parent=plan, offset_rate="-0.1")
    url = f"/admin/rates/rateplan/{plan.pk}/change/"
    answer = desk.post(url, form_of(desk, url) | {"name": "Best rate"})
    assert answer.status_code == 302, answer.context["errors"]
    plan.refresh_from_db()
    assert (plan.name, plan.version, told()) == ("Best rate", 2, [plan.pk, child.pk])


def test_a_package_and_a_season_saved_here_are_told_for_their_plans(cast, desk):
    plan, season = rate_plan_make(cast.alpha), season_make(cast.alpha, JULY)
    element = package_make(plan, 12)
    other = rate_plan_make(cast.alpha, "OTHER")
    price_make(other, room_type_make(cast.alpha), 100, season=season)
    for path, wanted in (
        (f"package/{element.package_id}", [plan.pk]),
        (f"season/{season.pk}", [plan.pk, other.pk]),
    ):
        url = f"/admin/rates/{path}/change/"
        answer = desk.post(url, form_of(desk, url))
        assert answer.status_code == 302, answer.context["errors"]
        assert told() == wanted


def test_parts_in_another_currency_are_refused_at_the_field(cast, desk):
    element = package_make(rate_plan_make(cast.alpha), 12)
    url = f"/admin/rates/package/{element.package_id}/change/"
    answer = desk.post(url, form_of(desk, url) | {"elements-0-amount_1": "JPY"})
    assert (answer.status_code, told()) == (200, [])
    (inline,) = answer.context["inline_admin_formsets"]
    assert inline.formset.errors == [{"amount": ["Amounts of this property are in EUR."]}]
    assert PackageElement.objects.get().amount.currency.code == "EUR"


def test_rows_of_another_property_are_refused_at_the_field(cast, desk):
    plan, theirs = rate_plan_make(cast.alpha), cancellation_policy_make(cast.beta)
    url = f"/admin/rates/rateplan/{plan.pk}/change/"
    answer = desk.post(url, form_of(desk, url) | {"cancellation_policy": theirs.pk})
    assert (answer.status_code, told()) == (200, [])
    assert answer.context["adminform"].form.errors == {
        "cancellation_policy": ["This belongs to another property."]
    }
    assert RatePlan.objects.get().cancellation_policy is None
