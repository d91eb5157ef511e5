"""Bulk setting, explanations and dated taxes over the API."""

from datetime import date
from decimal import Decimal

import pytest

from hotel.core.models import OutboxMessage
from hotel.rates.models import RatePrice, Restriction, TaxRule
from tests.contracts.base import assert_problem
from tests.contracts.permissions import Case, assert_case
from tests.factories.properties import age_band_make
from tests.factories.rates import (
    package_make,
    price_make,
    rate_plan_make,
    restriction_make,
    season_make,
    tax_exemption_make,
    tax_rule_make,
)
from tests.factories.rooms import room_type_make

RIGHTS = frozenset({"view_rates_area", "manage_rates_area", "view_rooms_area", "view_properties_area"})
STAY = "arrival=2027-04-01&departure=2027-04-03"

TABLE = [
    Case("post", "/api/v1/rates/set", "manage_rates_area", 201, body={}),
    Case("post", "/api/v1/restrictions/set", "manage_rates_area", 201, body={}),
    Case("get", "/api/v1/restrictions/why?property={place}&" + STAY, "view_rates_area"),
    Case("get", "/api/v1/rate-plans/{plan}/explain?room_type={type}&" + STAY, "view_rates_area"),
    Case(
        "post",
        "/api/v1/taxes/{tax}/revise",
        "manage_rates_area",
        body={"valid_from": "2027-05-01", "rate": "0.13"},
    ),
    Case("post", "/api/v1/taxes/{tax}/end", "manage_rates_area", body={"valid_until": "2027-05-01"}),
    Case(
        "post",
        "/api/v1/taxes/exemptions/{exemption}/revoke",
        "manage_rates_area",
        body={"reason": "Expired."},
    ),
    Case("delete", "/api/v1/rates/{price}", "manage_rates_area", 204),
    Case("delete", "/api/v1/restrictions/{restriction}", "manage_rates_area", 204),
]


@pytest.mark.parametrize("case", TABLE, ids=str)
def test_permissions(case, stage):
    place = stage.alpha
    plan, double = rate_plan_make(place), room_type_make(place)
    price = price_make(plan, double, 100)
    if case.url == "/api/v1/rates/set":
        case = Case(case.method, case.url, case.right, 201, price_body(plan, double))
    if case.url == "/api/v1/restrictions/set":
        case = Case(case.method, case.url, case.right, 201, restriction_body(place))
    assert_case(
        case,
        stage,
        place=place.pk,
        plan=plan.pk,
        type=double.pk,
        tax=tax_rule_make(place).pk,
        exemption=tax_exemption_make(place).pk,
        price=price.pk,
        restriction=restriction_make(place, "cta", date(2027, 4, 1), date(2027, 4, 2)).pk,
    )


def price_body(plan, room_type, **over) -> dict:
    change = {
        "room_types": [room_type.pk],
        "start_on": "2027-04-01",
        "end_on": "2027-05-01",
        "weekdays": [5, 6],
        "amount": {"amount": "140", "currency": "EUR"},
    }
    return {"rate_plan": plan.pk, "changes": [{**change, **over}]}


def restriction_body(place, **over) -> dict:
    change = {"kind": "min_los", "start_on": "2027-04-01", "end_on": "2027-05-01", "value": 2}
    return {"property": place.pk, "changes": [{**change, **over}]}


def test_prices_are_set_in_bulk_and_told(stage):
    plan, double = rate_plan_make(stage.alpha), room_type_make(stage.alpha)
    client = stage.client_of(RIGHTS)
    answer = client.post("/api/v1/rates/set", price_body(plan, double))
    assert answer.status_code == 201, answer.content
    (row,) = answer.json()
    assert (row["amount"]["amount"], row["weekdays"], row["start_on"]) == ("140.00", [5, 6], "2027-04-01")
    told = OutboxMessage.objects.get(topic="RateChanged").payload
    assert (told["rate_plan_id"], told["room_type_id"]) == (plan.pk, double.pk)
    assert (told["first_night"], told["last_night"]) == ("2027-04-01", "2027-04-30")


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"start_on": None}, "dates_invalid"),
        ({"start_on": "2027-04-05", "end_on": "2027-04-05"}, "dates_invalid"),
        ({"start_on": "2027-04-05", "end_on": "2027-04-06"}, "dates_invalid"),
        ({"amount": {"amount": "-1", "currency": "EUR"}}, "price_invalid"),
        ({"amount": {"amount": "1", "currency": "USD"}}, "currency_mismatch"),
    ],
    ids=["half a range", "empty range", "no such weekday", "below zero", "other currency"],
)
def test_prices_that_make_no_sense_change_nothing(stage, over, code):
    plan, double = rate_plan_make(stage.alpha), room_type_make(stage.alpha)
    before = price_make(plan, double, 100, start_on=date(2027, 4, 1), end_on=date(2027, 5, 1)).pk
    answer = stage.client_of(RIGHTS).post("/api/v1/rates/set", price_body(plan, double, **over))
    assert_problem(answer, 400, code)
    assert list(RatePrice.objects.values_list("pk", "end_on")) == [(before, date(2027, 5, 1))]


def test_prices_with_all_parts_are_stored(stage):
    plan, double = rate_plan_make(stage.alpha), room_type_make(stage.alpha)
    season = season_make(stage.alpha, (date(2027, 7, 1), date(2027, 9, 1)))
    child = age_band_make(stage.alpha)
    eur = {"currency": "EUR"}
    over = {
        "start_on": None,
        "end_on": None,
        "season": season.pk,
        "single_amount": {"amount": "90", **eur},
        "by_adults": [{"adults": 3, "amount": {"amount": "160", **eur}}],
    }
    over["by_child"] = [{"age_band": child.pk, "method": "share", "share": "0.5"}]
    answer = stage.client_of(RIGHTS).post("/api/v1/rates/set", price_body(plan, double, **over))
    assert answer.status_code == 201, answer.content
    (row,) = answer.json()
    assert row["season"] == season.pk
    assert row["by_child"] == [{"age_band": child.pk, "method": "share", "amount": None, "share": "0.500000"}]
    assert row["by_adults"] == [{"adults": 3, "amount": {"amount": "160.00", "currency": "EUR"}}]


def test_restrictions_are_set_lifted_and_explained(stage):
    client = stage.client_of(RIGHTS)
    assert client.post("/api/v1/restrictions/set", restriction_body(stage.alpha)).status_code == 201
    why = f"/api/v1/restrictions/why?property={stage.alpha.pk}&arrival=2027-04-02&departure=2027-04-03"
    assert client.get(why).json() == {
        "is_open": False,
        "broken": [
            {
                "code": "min_los",
                "level": "house",
                "night": "2027-04-02",
                "text": "The house: at least 2 nights when arriving on Fri 2 Apr 2027.",
            }
        ],
    }
    lifted = restriction_body(
        stage.alpha, start_on="2027-04-02", end_on="2027-04-03", value=None, is_lifted=True
    )
    assert client.post("/api/v1/restrictions/set", lifted).json() == []
    assert client.get(why).json() == {"is_open": True, "broken": []}
    spans = Restriction.objects.order_by("start_on").values_list("start_on", "end_on")
    assert list(spans) == [(date(2027, 4, 1), date(2027, 4, 2)), (date(2027, 4, 3), date(2027, 5, 1))]


@pytest.mark.parametrize(
    "over",
    [{"value": None}, {"kind": "closed"}, {"kind": "los_pattern", "value": None}, {"pattern": [3]}],
    ids=["no value", "value for closed", "no pattern", "pattern for min_los"],
)
def test_a_rule_with_the_wrong_value_is_refused(stage, over):
    answer = stage.client_of(RIGHTS).post("/api/v1/restrictions/set", restriction_body(stage.alpha, **over))
    assert_problem(answer, 400, "restriction_value")
    assert not Restriction.objects.exists()


def test_a_price_explains_itself(stage):
    bar, double = rate_plan_make(stage.alpha), room_type_make(stage.alpha)
    price_make(bar, double, 110)
    plan = rate_plan_make(stage.alpha, code="BB", parent=bar, offset_rate=Decimal("0.10"))
    package_make(plan, 11, group="food")
    tax_rule_make(stage.alpha, groups=["room", "food"])
    url = f"/api/v1/rate-plans/{plan.pk}/explain?room_type={double.pk}&{STAY}"
    answer = stage.client_of(RIGHTS).get(url)
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert body["total"] == {"amount": "242.00", "currency": "EUR"}
    assert [step["kind"] for step in body["nights"][0]["steps"]] == [
        "always",
        "derived",
        "package",
        "tax",
        "tax",
    ]
    assert body["nights"][0]["steps"][1]["text"] == "Bb: 10 % on Bar."
    assert [(line["night"], line["code"], line["gross"]["amount"]) for line in body["postings"]] == [
        ("2027-04-01", "room", "99.00"),
        ("2027-04-01", "BF", "22.00"),
        ("2027-04-02", "room", "99.00"),
        ("2027-04-02", "BF", "22.00"),
    ]
    assert body["broken"] == []


def test_an_explanation_of_a_stay_without_price_names_the_night(stage):
    bar, double = rate_plan_make(stage.alpha), room_type_make(stage.alpha)
    answer = stage.client_of(RIGHTS).get(f"/api/v1/rate-plans/{bar.pk}/explain?room_type={double.pk}&{STAY}")
    assert_problem(answer, 422, "rates_not_set")
    assert answer.json()["extra"] == {"nights": ["2027-04-01"]}


def test_a_question_without_adults_is_answered_also_where_a_tax_asks_for_ages(stage):
    bar, double = rate_plan_make(stage.alpha), room_type_make(stage.alpha)
    price_make(bar, double, 110)
    tax_rule_make(stage.alpha, min_age=15, is_inclusive=False)
    url = f"/api/v1/rate-plans/{bar.pk}/explain?room_type={double.pk}&{STAY}&adults=0"
    answer = stage.client_of(RIGHTS).get(url)
    assert (answer.status_code, answer.json()["is_sellable"]) == (200, False)
    assert [(rule["code"], rule["level"]) for rule in answer.json()["broken"]] == [("no_adult", "request")]


def test_the_rules_of_a_plan_are_told_without_naming_a_type(stage):
    bar = rate_plan_make(stage.alpha, sell_from=date(2028, 1, 1))
    restriction_make(stage.alpha, "ctd", date(2027, 4, 3), date(2027, 4, 4), rate_plan=bar, reason="Fair")
    url = f"/api/v1/restrictions/why?property={stage.alpha.pk}&rate_plan={bar.pk}&{STAY}"
    broken = stage.client_of(RIGHTS).get(url).json()["broken"]
    assert [(rule["code"], rule["level"], rule["night"], rule["text"]) for rule in broken] == [
        ("outside_selling_dates", "rate_plan", None, "Bar: not sold on Sun 14 Mar 2027."),
        ("ctd", "rate_plan", "2027-04-03", "Bar: closed to departure on Sat 3 Apr 2027 (Fair)."),
    ]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "room_type=x",
        "adults=-1",
        "child_ages=a",
        "adults=0",
        "departure=2027-03-01",
        "arrival=0001-01-01&departure=9999-12-31",
    ],
)
def test_hostile_explain_queries_get_an_answer_below_500(stage, query):
    bar, double = rate_plan_make(stage.alpha), room_type_make(stage.alpha)
    answer = stage.client_of(RIGHTS).get(
        f"/api/v1/rate-plans/{bar.pk}/explain?room_type={double.pk}&{STAY}&{query}"
    )
    assert answer.status_code < 500


def test_a_tax_is_revised_from_a_night_on_and_ended(stage):
    rule, client = tax_rule_make(stage.alpha), stage.client_of(RIGHTS)
    revised = client.post(f"/api/v1/taxes/{rule.pk}/revise", {"valid_from": "2027-05-01", "rate": "0.13"})
    assert revised.status_code == 200, revised.content
    old, new = TaxRule.objects.order_by("valid_from").values_list("rate", "valid_from", "valid_until")
    assert old == (Decimal("0.10"), date(2020, 1, 1), date(2027, 5, 1))
    assert new == (Decimal("0.13"), date(2027, 5, 1), None)
    again = client.post(f"/api/v1/taxes/{rule.pk}/revise", {"valid_from": "2027-06-01"})
    assert_problem(again, 422, "tax_dates_invalid")
    ended = client.post(f"/api/v1/taxes/{revised.json()['id']}/end", {"valid_until": "2027-06-01"})
    assert ended.json()["valid_until"] == "2027-06-01"


def test_a_certificate_is_revoked_once(stage):
    row, client = tax_exemption_make(stage.alpha), stage.client_of(RIGHTS)
    url = f"/api/v1/taxes/exemptions/{row.pk}/revoke"
    assert client.post(url, {"reason": "Expired."}).json()["revoked_reason"] == "Expired."
    assert_problem(client.post(url, {"reason": "Again."}), 409, "exemption_revoked")
