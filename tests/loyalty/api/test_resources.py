"""The resources of loyalty: who sees them, and what the commands say."""

from datetime import timedelta

import pytest

from hotel.guests.models import Guest
from loyalty.models import (
    EarningRule,
    LoyaltyMember,
    LoyaltyProgram,
    LoyaltyTier,
    PointAdjustment,
    PointTransaction,
    ProgramProperty,
)
from tests.cast import TODAY
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.factories.guests import guest_make
from tests.factories.loyalty import (
    earning_rule_make,
    loyalty_member_make,
    loyalty_program_make,
    loyalty_tier_make,
    member_merge_make,
    point_adjustment_make,
    points_make,
    program_property_make,
)

URL = "/api/v1/loyalty"
VIEW, ENROL, MANAGE, APPROVE = (f"{verb}_loyalty_area" for verb in ("view", "enrol", "manage", "approve"))


class TestPrograms(ReadContract):
    model, url, area = LoyaltyProgram, f"{URL}/programs", "loyalty"

    def make(self, place, n):
        return loyalty_program_make(place)


class TestProperties(ReadContract):
    model, url, area = ProgramProperty, f"{URL}/properties", "loyalty"

    def make(self, place, n):
        return program_property_make(place)


class TestTiers(ReadContract):
    model, url, area = LoyaltyTier, f"{URL}/tiers", "loyalty"

    def make(self, place, n):
        return loyalty_tier_make(place, level=n + 1, code=f"t{n}")


class TestRules(ReadContract):
    model, url, area = EarningRule, f"{URL}/rules", "loyalty"

    def make(self, place, n):
        return earning_rule_make(place, code=f"r{n}")


class TestMembers(ReadContract):
    model, url, area = LoyaltyMember, f"{URL}/members", "loyalty"

    def make(self, place, n):
        return loyalty_member_make(place)


class TestPoints(ReadContract):
    model, url, area = PointTransaction, f"{URL}/points", "loyalty"

    def make(self, place, n):
        return points_make(loyalty_member_make(place))


class TestAdjustments(ReadContract):
    model, url, area = PointAdjustment, f"{URL}/adjustments", "loyalty"

    def make(self, place, n):
        return point_adjustment_make(place)


@pytest.fixture
def manager(stage):
    return stage.client_of((VIEW, ENROL, MANAGE, "view_guests_area"), stage.alpha)


def post(client, path, body=None, key="k", **headers):
    return client.post(
        f"{URL}/{path}", body or {}, format="json", headers={"Idempotency-Key": key, **headers}
    )


def test_a_programme_begins_with_its_first_tier_and_hotel(stage, manager):
    answer = post(manager, "programs", {"property": stage.alpha.pk, "code": "CLUB", "name": "Club"})
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["currency"], made["time_zone"], made["version"]) == ("EUR", "Europe/Vienna", 1)
    house = ProgramProperty.objects.get()
    assert (house.program_id, house.property, house.joined_on) == (made["id"], stage.alpha, TODAY)
    assert [tier.name for tier in LoyaltyTier.objects.all()] == ["Member"]


def test_a_programme_is_changed_by_who_may_at_all_its_hotels(stage, manager):
    program = loyalty_program_make(stage.alpha)
    body = {
        "program": program.pk,
        "property": stage.beta.pk,
        "joined_on": "2027-03-14",
        "currency_rate": "0.006",
    }
    assert_problem(post(manager, "properties", body), 400, "invalid")
    both = stage.client_of((VIEW, MANAGE), stage.alpha, stage.beta)
    assert post(both, "properties", body).status_code == 201
    change = {"name": "Circle", "expiry": "term", "expiry_months": 24}
    refused = manager.patch(f"{URL}/programs/{program.pk}", change, format="json")
    assert_problem(refused, 403, "permission_denied")
    program.refresh_from_db()
    assert program.name == "Club"
    answer = both.patch(f"{URL}/programs/{program.pk}", change, format="json")
    assert (answer.status_code, answer.json()["name"], answer.json()["version"]) == (200, "Circle", 2)
    assert answer["ETag"] == '"v2"'


def test_a_rule_is_made_changed_and_ended(stage, manager):
    program = loyalty_program_make(stage.alpha)
    body = {
        "program": program.pk, "code": "spend", "name": "Ten", "basis": "spend", "rate": "10",
        "only": {"channel": ["direct"]}, "valid_from": "2027-01-01",
    }  # fmt: skip
    first = post(manager, "rules", body).json()
    second = post(manager, f"rules/{first['id']}/change", {"rate": "12", "valid_from": "2027-04-01"})
    assert (second.status_code, second.json()["version"], second.json()["rate"]) == (201, 2, "12.0000")
    shown = manager.get(f"{URL}/rules?on=2027-03-31").json()["results"]
    assert [(row["id"], row["valid_until"]) for row in shown] == [(first["id"], "2027-03-31")]
    ended = post(manager, f"rules/{second.json()['id']}/end", {"valid_until": "2027-12-31"})
    assert ended.json()["valid_until"] == "2027-12-31"
    again = post(manager, f"rules/{first['id']}/change", {"rate": "13"}, key="other")
    assert_problem(again, 409, "rule_has_ended")


def test_a_guest_is_enrolled_once(stage, manager):
    loyalty_program_make(stage.alpha)
    guest = guest_make(stage.alpha)
    answer = post(manager, "members", {"property": stage.alpha.pk, "guest": guest.pk, "channel": "desk"})
    made = answer.json()
    assert (answer.status_code, made["tier_name"], made["enrolled_on"]) == (201, "Member", "2027-03-14")
    refused = post(manager, "members", {"property": stage.alpha.pk, "guest": guest.pk}, key="2")
    assert_problem(refused, 409, "member_exists")
    assert LoyaltyMember.objects.count() == 1


def test_a_person_is_recognised_asked_about_or_made(stage, manager):
    loyalty_program_make(stage.alpha)
    anna = guest_make(stage.alpha, first_name="Anna", last_name="Moser", email="anna@example.com")
    told = {
        "property": stage.alpha.pk,
        "first_name": "Anne",
        "last_name": "Moser",
        "email": "anna@example.com",
    }
    doubt = post(manager, "members", told, key="1")
    assert_problem(doubt, 409, "guest_uncertain")
    (candidate,) = doubt.json()["extra"]["candidates"]
    assert (candidate["guest"], candidate["email"]) == (anna.pk, "a…@example.com")
    assert (LoyaltyMember.objects.count(), Guest.objects.count()) == (0, 1)
    assert post(manager, "members", {**told, "is_new": True}, key="2").status_code == 201
    assert post(manager, "members", {**told, "first_name": "Anna"}, key="3").json()["guest"] == anna.pk
    both = post(manager, "members", {**told, "guest": anna.pk}, key="4")
    assert_problem(both, 400, "invalid")
    assert_problem(post(manager, "members", {"property": stage.alpha.pk}, key="5"), 400, "invalid")


def test_a_guest_whom_one_may_not_see_cannot_be_enrolled(stage, manager):
    loyalty_program_make(stage.alpha)
    stranger = guest_make(stage.beta)
    refused = post(manager, "members", {"property": stage.alpha.pk, "guest": stranger.pk})
    assert_problem(refused, 400, "invalid")
    assert Guest.objects.get(pk=stranger.pk).loyalty_members.count() == 0


def test_a_balance_is_explained_lot_by_lot_and_adds_up(stage, manager):
    member = loyalty_member_make(stage.alpha)
    points_make(member, 100, because="Stay A")
    points_make(member, 50, because="Stay B")
    shown = manager.get(f"{URL}/members/{member.pk}/explain").json()
    assert (shown["on"], shown["total"], shown["usable"], shown["debt"]) == ("2027-03-14", 150, 150, 0)
    assert [(lot["points"], lot["because"]) for lot in shown["lots"]] == [(100, "Stay A"), (50, "Stay B")]


def test_the_way_to_the_next_tier_is_said_in_words(stage, manager):
    loyalty_tier_make(stage.alpha)
    member = loyalty_member_make(stage.alpha)
    shown = manager.get(f"{URL}/members/{member.pk}/standing").json()
    assert shown["progress"]["words"] == "10 nights to Silver by 31 December 2027"
    assert shown["window"] == ["2027-01-01", "2027-12-31"]


def test_a_statement_runs_from_balance_to_balance(stage, manager):
    member = loyalty_member_make(stage.alpha)
    points_make(member, 100, day=TODAY - timedelta(days=40))
    points_make(member, 50)
    shown = manager.get(f"{URL}/members/{member.pk}/statement?since=2027-03-01&until=2027-03-31").json()
    assert (shown["opening"], shown["closing"], [row["points"] for row in shown["rows"]]) == (100, 150, [50])
    assert_problem(
        manager.get(f"{URL}/members/{member.pk}/statement?since=2027-03-01&until=2029-01-01"), 400, "invalid"
    )


def test_points_by_hand_above_the_limit_take_two_people(stage, manager):
    member = loyalty_member_make(stage.alpha)
    body = {"property": stage.alpha.pk, "points": 6000, "reason": "A flood"}
    asked = post(manager, f"members/{member.pk}/adjust", body)
    assert (asked.status_code, asked.json()["status"]) == (201, "waiting")
    assert post(manager, f"members/{member.pk}/adjust", body).json()["id"] == asked.json()["id"]
    assert PointTransaction.objects.count() == 0
    path = f"adjustments/{asked.json()['id']}/approve"
    assert_problem(post(manager, path, key="a"), 403, "permission_denied")
    second = stage.client_of((VIEW, APPROVE), stage.alpha)
    assert post(second, path, key="b").json()["status"] == "posted"
    assert PointTransaction.objects.get().points == 6000


def test_a_membership_is_paused_goes_on_and_is_closed(stage, manager):
    member = loyalty_member_make(stage.alpha)
    for command, status in (("suspend", "suspended"), ("reactivate", "active"), ("close", "closed")):
        answer = post(manager, f"members/{member.pk}/{command}", key=command)
        assert (answer.status_code, answer.json()["status"]) == (200, status)
    refused = post(manager, f"members/{member.pk}/reactivate", key="late")
    assert_problem(refused, 409, "member_closed")


def test_a_tier_is_granted_by_who_approves(stage, manager):
    member, silver = loyalty_member_make(stage.alpha), loyalty_tier_make(stage.alpha)
    body = {"tier": silver.pk, "until": "2027-12-31", "reason": "Gold at another chain"}
    assert_problem(post(manager, f"members/{member.pk}/grant-tier", body), 403, "permission_denied")
    boss = stage.client_of((VIEW, APPROVE), stage.alpha)
    answer = post(boss, f"members/{member.pk}/grant-tier", body).json()
    assert (answer["tier_name"], answer["tier_until"]) == ("Silver", "2027-12-31")


def test_the_number_of_who_was_merged_finds_the_member(stage, manager):
    merge = member_merge_make(stage.alpha)
    shown = manager.get(f"{URL}/members?number={merge.merged.number}").json()["results"]
    assert [(row["id"], row["merged_into"]) for row in shown] == [(merge.kept_id, None)]
    gone = manager.get(f"{URL}/members/{merge.merged_id}").json()
    assert (gone["merged_into"], gone["status"]) == (merge.kept_id, "closed")


def test_points_are_reversed_once_by_who_may_where_they_were_given(stage, manager):
    given = points_make(loyalty_member_make(stage.alpha), 100)
    path = f"points/{given.pk}/reverse"
    assert_problem(post(manager, path, {}), 400, "invalid")
    answer = post(manager, path, {"reason": "A mistake"}, key="a")
    assert (answer.status_code, answer.json()["status"], answer.json()["reverses"]) == (
        201,
        "posted",
        given.pk,
    )
    assert post(manager, path, {"reason": "A mistake"}, key="a").json() == answer.json()
    assert_problem(post(manager, path, {"reason": "A mistake"}, key="b"), 409, "points_reversed")
    assert [row.points for row in PointTransaction.objects.order_by("pk")] == [100, -100]


def test_points_are_given_to_another_member(stage, manager):
    program = loyalty_program_make(stage.alpha, transfer_limit=1000)
    giver, taker = (loyalty_member_make(stage.alpha) for _ in range(2))
    points_make(giver, 100)
    body = {"to": taker.pk, "property": stage.alpha.pk, "points": 60}
    answer = post(manager, f"members/{giver.pk}/transfer", body)
    assert (answer.status_code, answer.json()["points"], answer.json()["kind"]) == (201, -60, "transfer")
    assert post(manager, f"members/{giver.pk}/transfer", body).json()["id"] == answer.json()["id"]
    assert_problem(post(manager, f"members/{giver.pk}/transfer", body, key="2"), 409, "points_missing")
    assert (program.transfer_limit, PointTransaction.objects.filter(kind="transfer").count()) == (1000, 2)


def test_what_the_tier_of_a_member_gives_is_read_in_plain_words(stage, manager):
    member = loyalty_member_make(stage.alpha)
    member.tier.benefits = {"breakfast": True, "late_check_out": "16:00"}
    member.tier.save()
    shown = manager.get(f"{URL}/members/{member.pk}").json()
    assert shown["tier_benefits"] == ["check-out until 16:00", "breakfast included"]
