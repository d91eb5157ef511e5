"""Loyalty in the admin: rules by versions, nothing behind the back of hotels one does not manage."""

import pytest
from django.test import Client

from hotel.accounts.models import Role
from hotel.accounts.services.roles import role_assign
from loyalty.models import EarningRule, LoyaltyProgram, LoyaltyTier, PointAdjustment, ProgramProperty
from loyalty.services.programs import house_join
from tests.cast import TODAY
from tests.factories.loyalty import (
    earning_rule_make,
    loyalty_program_make,
    loyalty_tier_make,
    point_adjustment_make,
    points_make,
)

ADMIN = "/admin/loyalty"


@pytest.fixture
def manager(cast):
    client = Client()
    client.force_login(cast.ada)
    return client


def filled(client, path):
    """What the form of a page has in it, as a browser would send it."""
    form = client.get(path).context["adminform"].form
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: "" if value is None else value for name, value in values.items() if value is not False}


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def test_a_rule_says_in_words_what_it_gives(cast, manager):
    earning_rule_make(cast.alpha, only={"channel": ["direct"]})
    page = manager.get(f"{ADMIN}/earningrule/").content.decode()
    assert "10 points for each EUR spent without taxes, rounded down; only channel direct." in page


def test_saving_a_rule_begins_a_version_tomorrow_and_the_old_one_is_only_looked_at(cast, manager):
    rule = earning_rule_make(cast.alpha)
    path = f"{ADMIN}/earningrule/{rule.pk}/change/"
    answer = manager.post(
        path, {**filled(manager, path), "rate": "12", "only": "{}", "never": "{}"}, follow=True
    )
    assert answer.status_code == 200, answer.content
    versions = list(EarningRule.objects.values_list("version", "rate", "valid_from", "valid_until"))
    assert [(v, str(rate), str(since), until and str(until)) for v, rate, since, until in versions] == [
        (1, "10.0000", "2026-01-01", "2027-03-14"),
        (2, "12.0000", "2027-03-15", None),
    ]
    assert manager.post(path, {"rate": "13"}).status_code == 403


def test_who_manages_one_of_two_hotels_adds_and_changes_nothing_of_their_programme(cast):
    role_assign(user=cast.ida, role=Role.objects.get(code="general_manager"), place=cast.alpha)
    manager = Client()
    manager.force_login(cast.ida)
    program, tier = loyalty_program_make(cast.alpha), loyalty_tier_make(cast.alpha)
    house_join(program=program, place=cast.beta, joined_on=TODAY, currency_rate=1)
    assert manager.get(f"{ADMIN}/loyaltytier/{tier.pk}/change/").status_code == 200
    assert manager.post(f"{ADMIN}/loyaltytier/{tier.pk}/change/", {"name": "Tin"}).status_code == 403
    body = {
        "program": program.pk,
        "level": 2,
        "code": "gold",
        "name": "Gold",
        "colour": "#aaaaaa",
        "needs": "any",
    }
    answer = manager.post(f"{ADMIN}/loyaltytier/add/", {**body, "benefits": "{}"}, follow=True)
    assert "needs the right at each of them" in said(answer)[0]
    assert sorted(LoyaltyTier.objects.values_list("name", flat=True)) == ["Member", "Silver"]


def test_a_tier_is_added_and_changed_by_who_manages_all_hotels(cast, manager):
    program = loyalty_program_make(cast.alpha)
    body = {
        "program": program.pk, "level": 2, "code": "gold", "name": "Gold", "colour": "#aaaaaa", "needs": "any",
        "min_nights": "20", "benefits": "{}",
    }  # fmt: skip
    assert manager.post(f"{ADMIN}/loyaltytier/add/", body).status_code == 302
    gold = LoyaltyTier.objects.get(code="gold")
    path = f"{ADMIN}/loyaltytier/{gold.pk}/change/"
    assert manager.post(path, {**body, "min_nights": "25"}).status_code == 302
    gold.refresh_from_db()
    assert (gold.min_nights, gold.program) == (25, program)


def test_a_programme_is_changed_and_a_hotel_joins(cast, manager):
    program = loyalty_program_make(cast.alpha)
    path = f"{ADMIN}/loyaltyprogram/{program.pk}/change/"
    body = {**filled(manager, path), "name": "Circle", "rolls_over": ""}
    body |= {f"houses-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    answer = manager.post(path, body)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    assert LoyaltyProgram.objects.get().name == "Circle"
    assert manager.get(f"{ADMIN}/loyaltyprogram/add/").status_code == 403
    assert ProgramProperty.objects.get().property == cast.alpha


def test_points_that_wait_are_approved_by_a_second_person(cast, manager):
    asked = point_adjustment_make(cast.alpha, points=9000, actor=cast.ada)
    answer = manager.post(
        f"{ADMIN}/pointadjustment/", {"action": "approve", "_selected_action": [asked.pk]}, follow=True
    )
    assert said(answer)[0].endswith("A second person decides on this.")
    PointAdjustment.objects.update(asked_by=cast.bo)
    manager.post(f"{ADMIN}/pointadjustment/", {"action": "approve", "_selected_action": [asked.pk]})
    asked.refresh_from_db()
    assert (asked.status, asked.transaction.points, asked.decided_by) == ("posted", 9000, cast.ada)


def test_the_ledger_is_only_looked_at(cast, manager, member):
    points_make(member)
    for model in (
        "loyaltymember",
        "pointtransaction",
        "pointlot",
        "pointmovement",
        "tiercredit",
        "stayaccrual",
    ):
        assert manager.get(f"{ADMIN}/{model}/").status_code == 200, model
        assert manager.get(f"{ADMIN}/{model}/add/").status_code == 403, model
