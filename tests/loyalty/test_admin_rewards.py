"""Rewards in the admin: prices in plain words, and redemptions that are confirmed and cancelled."""

import pytest
from django.test import Client

from loyalty.models import Reward
from tests.factories.loyalty import loyalty_program_make, reward_make, reward_redemption_make
from tests.loyalty.test_admin import ADMIN, filled, said


@pytest.fixture
def manager(cast):
    client = Client()
    client.force_login(cast.ada)
    return client


def body_of(program, **over):
    return {
        "program": program.pk, "code": "night", "name": "Free night", "kind": "free_night", "base": "10000", "floor": "8000",
        "ceiling": "18000", "step": "500", "demand_steps": '[{"from": 0.8, "factor": 1.5}]', "stock_steps": "[]",
        "seasons": "[]", "tier_factors": "{}", "hotels": "", "settlement_rate": "60", "hold_minutes": "60",
        "penalty_percent": "0", "free_cancel_days": "0", "cash_percent": "0", "cash_per_point": "0", "is_active": "on",
        **over,
    }  # fmt: skip


def test_a_reward_is_added_and_says_what_it_costs(cast, manager):
    program = loyalty_program_make(cast.alpha)
    answer = manager.post(f"{ADMIN}/reward/add/", body_of(program))
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    page = manager.get(f"{ADMIN}/reward/").content.decode()
    assert (
        "10,000 points; from 80 % of rooms sold × 1.5; in steps of 500; at least 8,000 and at most 18,000."
        in page
    )


def test_a_reward_is_changed_by_the_service(cast, manager):
    reward = reward_make(cast.alpha, kind="free_night")
    path = f"{ADMIN}/reward/{reward.pk}/change/"
    values = {name: value for name, value in filled(manager, path).items() if name not in ("program", "code")}
    written = {"demand_steps": "[]", "stock_steps": "[]", "seasons": "[]", "tier_factors": "{}", "hotels": ""}
    answer = manager.post(path, {**values, **written, "base": "2000"})
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    reward.refresh_from_db()
    assert (reward.base, reward.version) == (2000, 2)


def test_what_nobody_can_price_by_is_said_on_the_page(cast, manager):
    program = loyalty_program_make(cast.alpha)
    answer = manager.post(
        f"{ADMIN}/reward/add/", body_of(program, demand_steps='[{"from": 9, "factor": 1}]'), follow=True
    )
    assert "9 is no number from 0 to 2" in answer.content.decode()
    assert Reward.objects.count() == 0


def test_redemptions_are_confirmed_and_cancelled(cast, manager):
    held = reward_redemption_make(cast.alpha)
    for action, status in (("confirm", "confirmed"), ("cancel", "cancelled")):
        manager.post(f"{ADMIN}/rewardredemption/", {"action": action, "_selected_action": [held.pk]})
        held.refresh_from_db()
        assert held.status == status
    again = manager.post(
        f"{ADMIN}/rewardredemption/", {"action": "confirm", "_selected_action": [held.pk]}, follow=True
    )
    assert any(text.endswith("This redemption is cancelled.") for text in said(again))
    assert manager.get(f"{ADMIN}/rewardredemption/{held.pk}/change/").status_code == 200
