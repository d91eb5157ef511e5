"""Rewards and redemptions by API: a price with its reasons, and a life whose commands say why not."""

import pytest

from hotel.folios.models import Posting
from loyalty.models import PointTransaction, Reward, RewardRedemption
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.factories.folios import charge_make, guest_folio_make
from tests.factories.loyalty import (
    loyalty_member_make,
    loyalty_program_make,
    loyalty_tier_make,
    points_make,
    reward_make,
    reward_redemption_make,
)
from tests.factories.reservations import house_make
from tests.loyalty.api.test_resources import APPROVE, ENROL, MANAGE, URL, VIEW, post


class TestRewards(ReadContract):
    model, url, area = Reward, f"{URL}/rewards", "loyalty"

    def make(self, place, n):
        return reward_make(place, code=f"r{n}")


class TestRedemptions(ReadContract):
    model, url, area = RewardRedemption, f"{URL}/redemptions", "loyalty"

    def make(self, place, n):
        return reward_redemption_make(place)


@pytest.fixture
def manager(stage):
    return stage.client_of((VIEW, ENROL, MANAGE, "view_reservations_area"), stage.alpha)


@pytest.fixture
def rich(stage):
    member = loyalty_member_make(stage.alpha)
    points_make(member, 1500)
    return member


def commands(shown):
    return {one["name"]: (one["is_allowed"], one["code"]) for one in shown["actions"]}


def test_a_reward_is_made_changed_and_priced(stage, manager):
    program, gold = (
        loyalty_program_make(stage.alpha),
        loyalty_tier_make(stage.alpha, code="gold", name="Gold"),
    )
    member = loyalty_member_make(stage.alpha)
    member.tier = gold
    member.save()
    body = {
        "program": program.pk, "code": "night", "name": "Free night", "kind": "free_night", "base": 10000, "floor": 8000,
        "ceiling": 18000, "step": 500, "demand_steps": [{"from": "0", "factor": "1.1"}],
        "seasons": [{"name": "spring", "first": "03-01", "last": "05-31", "factor": "1.15"}], "tier_factors": {"gold": "0.9"},
    }  # fmt: skip
    made = post(manager, "rewards", body)
    assert made.status_code == 201, made.content
    assert (made.json()["version"], made["ETag"]) == (1, '"v1"')
    assert made.json()["demand_steps"] == [{"from": "0.0000", "factor": "1.1000"}]
    path = f"{URL}/rewards/{made.json()['id']}"
    shown = manager.get(f"{path}/price?property={stage.alpha.pk}&member={member.pk}")
    assert shown.json() == {
        "points": 11500,
        "because": [
            {"reason": "base", "points": 10000},
            {"reason": "demand × 1.1", "points": 11000},
            {"reason": "season spring × 1.15", "points": 12650},
            {"reason": "tier Gold × 0.9", "points": 11385},
            {"reason": "in steps of 500", "points": 11500},
        ],
    }
    assert manager.get(f"{path}/price?property={stage.alpha.pk}").json()["points"] == 12500
    assert_problem(manager.get(f"{path}/price"), 400, "invalid")
    backwards = f"{path}/price?property={stage.alpha.pk}&arrival=2027-03-15&departure=2027-03-15"
    assert_problem(manager.get(backwards), 400, "invalid")
    changed = manager.patch(path, {"base": 9000}, format="json", headers={"If-Match": '"v1"'})
    assert (changed.status_code, changed.json()["base"], changed.json()["version"]) == (200, 9000, 2)
    assert_problem(manager.patch(path, {"base": 1}, format="json"), 400, "terms_invalid")


def test_a_redemption_is_held_confirmed_used_and_refunded(stage, manager, rich):
    reward = reward_make(stage.alpha)
    body = {"member": rich.pk, "reward": reward.pk, "property": stage.alpha.pk}
    answer = post(manager, "redemptions", body)
    held = answer.json()
    assert (answer.status_code, held["status"], held["points"]) == (201, "held", 1000)
    assert held["because"] == [{"reason": "base", "points": 1000}]
    assert post(manager, "redemptions", body).json()["id"] == held["id"]
    assert PointTransaction.objects.filter(kind="redemption").count() == 1
    assert commands(held) == {
        "confirm": (True, ""), "fulfil": (False, "redemption_held"), "settle": (False, "redemption_held"), "cancel": (True, ""),
        "refund": (False, "permission_denied"),
    }  # fmt: skip
    path = f"redemptions/{held['id']}"
    assert_problem(post(manager, f"{path}/fulfil", key="a"), 409, "redemption_held")
    assert_problem(post(manager, f"{path}/settle", key="s"), 409, "redemption_held")
    assert post(manager, f"{path}/confirm", key="b").json()["status"] == "confirmed"
    assert post(manager, f"{path}/fulfil", key="c").json()["status"] == "fulfilled"
    assert_problem(post(manager, f"{path}/refund", {"reason": "Cold"}, key="d"), 403, "permission_denied")
    boss = stage.client_of((VIEW, APPROVE), stage.alpha)
    assert_problem(post(boss, f"{path}/refund", key="e"), 400, "reason_required")
    back = post(boss, f"{path}/refund", {"reason": "Cold"}, key="f").json()
    assert (back["status"], back["returned"], back["reason"]) == ("refunded", 1000, "Cold")


def test_points_are_redeemed_at_once_and_cancelled(stage, manager, rich):
    reward = reward_make(stage.alpha, stock=1)
    body = {"reward": reward.pk, "property": stage.alpha.pk}
    done = post(manager, f"members/{rich.pk}/redeem", body)
    assert (done.status_code, done.json()["status"], done.json()["member"]) == (201, "confirmed", rich.pk)
    assert post(manager, f"members/{rich.pk}/redeem", body).json()["id"] == done.json()["id"]
    assert_problem(post(manager, f"members/{rich.pk}/redeem", body, key="2"), 409, "reward_gone")
    gone = post(manager, f"redemptions/{done.json()['id']}/cancel", {"reason": "Ill"}, key="3").json()
    assert (gone["status"], gone["returned"]) == ("cancelled", 1000)
    assert_problem(
        post(manager, f"members/{rich.pk}/redeem", body | {"quantity": 2}, key="4"), 409, "reward_gone"
    )


def test_what_is_served_elsewhere_is_looked_at_only(stage, rich):
    held = reward_redemption_make(stage.alpha, rich, reward_make(stage.alpha))
    stranger = stage.client_of((VIEW, ENROL), stage.beta)
    assert post(stranger, f"redemptions/{held.pk}/confirm").status_code == 404
    held.refresh_from_db()
    assert held.status == "held"


def test_rewards_are_found_by_day_and_kind(stage, manager):
    reward_make(stage.alpha, code="a", kind="voucher", valid_until="2027-03-14")
    reward_make(stage.alpha, code="b", is_active=False)
    rows = manager.get(f"{URL}/rewards?on=2027-03-14").json()["results"]
    assert [row["code"] for row in rows] == ["a"]
    assert manager.get(f"{URL}/rewards?on=2027-03-15").json()["results"] == []
    assert [row["code"] for row in manager.get(f"{URL}/rewards?kind=service").json()["results"]] == ["b"]


def test_a_credit_is_settled_on_the_bill(stage, manager, rich):
    stay = house_make(stage.alpha).reserve(primary_guest=rich.guest)
    folio = guest_folio_make(stage.alpha, stay)
    charge_make(folio, "50.00")
    reward = reward_make(stage.alpha, kind="folio_credit", settlement_rate=20)
    body = {"reward": reward.pk, "property": stage.alpha.pk, "reservation": stay.pk}
    done = post(manager, f"members/{rich.pk}/redeem", body).json()
    settled = post(manager, f"redemptions/{done['id']}/settle", key="s")
    assert (settled.status_code, settled.json()["status"]) == (200, "fulfilled")
    assert post(manager, f"redemptions/{done['id']}/settle", key="s").json() == settled.json()
    (paid,) = Posting.objects.filter(source="loyalty")
    assert (paid.pk, paid.gross.amount) == (settled.json()["settlement"], -20)
