"""Pools over the API."""

import pytest

from loyalty.models import PointPool
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.factories.loyalty import (
    loyalty_member_make,
    point_pool_make,
    points_make,
    pool_join,
    reward_make,
)
from tests.loyalty.api.test_resources import ENROL, URL, VIEW, post


class TestPools(ReadContract):
    model, url, area = PointPool, f"{URL}/pools", "loyalty"

    def make(self, place, n):
        return point_pool_make(place, name=f"p{n}")


@pytest.fixture
def clerk(stage):
    return stage.client_of((VIEW, ENROL), stage.alpha)


def test_a_pool_is_opened_joined_spent_from_left_and_closed(stage, clerk):
    head, other = loyalty_member_make(stage.alpha), loyalty_member_make(stage.alpha)
    points_make(other, 1000)
    made = post(clerk, "pools", {"kind": "family", "name": "Moser", "head": head.pk})
    assert made.status_code == 201, made.content
    pool = made.json()["id"]
    assert (made.json()["says"], made.json()["program"]) == (
        "Up to 6 members; all spend points of others.", head.program_id,
    )  # fmt: skip
    body = {"member": other.pk}
    assert_problem(post(clerk, f"pools/{pool}/accept", {**body, "consent": "x"}), 409, "not_invited")
    assert post(clerk, f"pools/{pool}/invite", body).status_code == 200
    joined = post(clerk, f"pools/{pool}/accept", {**body, "consent": "Signed"}).json()
    assert [(row["member"], row["joined_on"]) for row in joined["members"]] == [
        (head.pk, "2027-03-14"),
        (other.pk, "2027-03-14"),
    ]
    balance = clerk.get(f"{URL}/pools/{pool}/balance").json()
    assert (balance["open"], [row["open"] for row in balance["members"]]) == (1000, [0, 1000])
    reward = reward_make(stage.alpha)
    wish = {"reward": reward.pk, "property": stage.alpha.pk, "from_pool": True}
    redeemed = post(clerk, f"members/{head.pk}/redeem", wish).json()
    assert (redeemed["pool"], redeemed["spent"], redeemed["points"]) == (pool, None, 1000)
    explained = clerk.get(f"{URL}/members/{other.pk}/explain").json()
    assert (explained["total"], explained["taken_by_pool"]) == (0, 1000)
    assert post(clerk, f"pools/{pool}/leave", body).json()["members"][-1]["member"] == head.pk
    assert post(clerk, f"pools/{pool}/close").json()["closed_on"] == "2027-03-14"
    assert clerk.get(f"{URL}/pools", {"is_open": "true"}).json()["results"] == []


def test_pools_of_a_member(stage, clerk):
    pool, other = point_pool_make(stage.alpha), loyalty_member_make(stage.alpha)
    found = lambda: clerk.get(f"{URL}/pools", {"member": other.pk}).json()["results"]  # noqa: E731
    assert found() == []
    pool_join(pool, other)
    assert [row["id"] for row in found()] == [pool.pk]


def patch(client, pool, body, version=None):
    headers = {"If-Match": f'"v{version}"'} if version else {}
    return client.patch(f"{URL}/pools/{pool.pk}", body, content_type="application/json", headers=headers)


def test_terms_are_changed_by_who_saw_them(stage, clerk):
    pool, other = point_pool_make(stage.alpha), loyalty_member_make(stage.alpha)
    assert clerk.get(f"{URL}/pools/{pool.pk}").headers["ETag"] == '"v1"'
    answer = patch(clerk, pool, {"name": "Berg", "waiting_days": 30}, 1)
    assert (answer.status_code, answer.headers["ETag"], answer.json()["name"]) == (200, '"v2"', "Berg")
    assert answer.json()["says"] == (
        "Up to 6 members; all spend points of others; from 30 days after joining on."
    )
    assert_problem(patch(clerk, pool, {"name": "Moser"}, 1), 412, "version_conflict")
    for body in ({"max_members": 1}, {"share_percent": 0}, {"name": ""}, {"waiting_days": 366}):
        assert_problem(patch(clerk, pool, body), 400, "invalid")
    pool_join(pool, other)
    assert_problem(patch(clerk, pool, {"waiting_days": 29}), 409, "pool_consent_needed")
    assert_problem(
        patch(stage.client_of((VIEW,), stage.alpha), pool, {"name": "Moser"}), 403, "permission_denied"
    )
    pool.refresh_from_db()
    assert (pool.name, pool.waiting_days, pool.version) == ("Berg", 30, 2)


def test_who_may_only_look_opens_nothing(stage):
    head = loyalty_member_make(stage.alpha)
    body = {"kind": "family", "name": "Moser", "head": head.pk}
    assert_problem(post(stage.client_of((VIEW,), stage.alpha), "pools", body), 403, "permission_denied")
    assert not PointPool.objects.exists()
