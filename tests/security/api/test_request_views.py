"""Requests for rights, reviews and emergencies by the API."""

import pytest

from hotel.accounts.models import RoleAssignment, User
from hotel.accounts.services.roles import role_assign
from hotel.core.clock import now
from security.models import AccessRequest, AccessReview, AccessReviewItem, EmergencyAccess
from security.services.catalogue import catalogue_seed
from security.services.reviews import access_review_open
from tests.contracts.base import assert_problem
from tests.contracts.crud import CreateContract, ReadContract
from tests.contracts.queries import QueryContract
from tests.contracts.scoping import ScopedModelContract
from tests.contracts.stage import Client
from tests.factories.accounts import role_make, user_make
from tests.factories.security import (
    access_request_make,
    access_review_item_make,
    access_review_make,
    emergency_access_make,
)

ROOT = "/api/v1/security/access-control"
REASON = "The manager is on a plane and the till will not open."


class TestRequests(ReadContract, CreateContract, QueryContract, ScopedModelContract):
    model, url, area = AccessRequest, f"{ROOT}/requests", "security"
    also = ("manage_accounts_area", "view_accounts_area")

    def make(self, place, n):
        people = {key: user_make(place, username=f"{key}{n}") for key in ("user", "requested_by")}
        return access_request_make(place, role=role_make(place.chain, code=f"role{n}"), **people)

    def create(self, place):
        # The caller sees people and roles where he may write here and manage accounts.
        return {
            "user": user_make(place).pk,
            "role": role_make(place.chain).pk,
            "property": place.pk,
            "reason": "Stands in for Ada.",
        }


class TestReviews(ReadContract, CreateContract, QueryContract, ScopedModelContract):
    model, url, area = AccessReview, f"{ROOT}/reviews", "security"

    def make(self, place, n):
        return access_review_make(place, name=f"Review {n}", closed_at=now())

    def create(self, place):
        return {"property": place.pk, "name": "Spring", "due_on": "2027-04-01", "revokes_undecided": False}


class TestReviewItems(ReadContract, QueryContract, ScopedModelContract):
    model, url, area = AccessReviewItem, f"{ROOT}/review-items", "security"

    def make(self, place, n):
        review = AccessReview.objects.filter(property=place).first() or access_review_make(place)
        return access_review_item_make(place, review=review, user=user_make(place, username=f"user{n}"))


class TestEmergencies(ReadContract, CreateContract, QueryContract, ScopedModelContract):
    model, url, area, write = EmergencyAccess, f"{ROOT}/emergencies", "security", "break_glass"

    def make(self, place, n):
        role = role_make(place.chain, code=f"role{n}")
        return emergency_access_make(place, user=user_make(place, username=f"user{n}"), role=role)

    def create(self, place):
        catalogue_seed(chain=place.chain)
        policy = place.chain.access_policy
        policy.emergency_role = role_make(place.chain, "rooms.view", code="emergency")
        policy.save()
        return {"property": place.pk, "reason": REASON, "minutes": 30}


@pytest.fixture
def as_(house):
    def client(user) -> Client:
        made = Client()
        made.force_authenticate(user=User.objects.get(pk=user.pk))
        return made

    return client


@pytest.fixture
def asked(house, second, as_) -> str:
    """The address of Ada's request that Ida may hand out rights at Alpha."""
    body = {
        "user": house.bo.pk,
        "role": role_make(house.chain, "accounts.manage").pk,
        "property": house.alpha.pk,
    }
    refused = as_(house.ada).post("/api/v1/roles/assignments", body)
    assert_problem(refused, 422, "second_person_required")
    made = as_(house.ada).post(f"{ROOT}/requests", {**body, "reason": "Stands in for Ada."})
    assert (made.status_code, made.json()["status"]) == (201, "open")
    return f"{ROOT}/requests/{made.json()['id']}"


def roles_of(user) -> set[str]:
    return set(RoleAssignment.objects.filter(user=user).values_list("role__code", flat=True))


def test_a_second_person_agrees_and_the_role_is_held(house, second, as_, asked):
    assert_problem(as_(house.ada).post(f"{asked}/approve"), 403, "four_eyes")
    assert_problem(as_(house.bo).post(f"{asked}/approve"), 403, "permission_denied")
    assert roles_of(house.bo) == {"front_desk"}

    answer = as_(second).post(f"{asked}/approve", {"reason": "Fine."})

    assert (answer.status_code, answer.json()["status"], answer.json()["decided_by"]) == (
        200,
        "approved",
        second.pk,
    )
    assert roles_of(house.bo) == {"front_desk", "helper"}
    assert_problem(as_(second).post(f"{asked}/refuse", {"reason": "No."}), 409, "request_closed")


def test_a_second_person_refuses_with_a_reason_and_who_asked_withdraws(house, second, as_, asked):
    assert_problem(as_(second).post(f"{asked}/refuse"), 400, "invalid")
    assert as_(house.ada).post(f"{asked}/withdraw").json()["status"] == "withdrawn"
    assert_problem(as_(second).post(f"{asked}/refuse", {"reason": "No."}), 409)
    assert roles_of(house.bo) == {"front_desk"}


def test_a_review_from_its_opening_to_its_end(house, as_):
    review = access_review_open(place=house.alpha)
    item = review.items.get(user=house.di)
    one = f"{ROOT}/review-items/{item.pk}"
    assert_problem(as_(house.bo).post(f"{one}/decide", {"decision": "revoke"}), 403)
    assert_problem(as_(house.ada).post(f"{one}/decide", {"decision": "perhaps"}), 400, "invalid")

    answer = as_(house.ada).post(f"{one}/decide", {"decision": "revoke", "note": "Left."})
    assert (answer.json()["decision"], answer.json()["decided_by"]) == ("revoke", house.ada.pk)
    assert roles_of(house.di) == set()
    flagged = as_(house.ada).get(f"{ROOT}/review-items?review={review.pk}&flag=privileged").json()["results"]
    assert [row["user_name"] for row in flagged] == ["ada"]
    closed = as_(house.ada).post(f"{ROOT}/reviews/{review.pk}/close")
    assert (closed.json()["open_items"], closed.json()["closed_by"]) == (5, house.ada.pk)
    assert as_(house.ada).get(f"{ROOT}/reviews?is_open=true").json()["results"] == []
    assert_problem(as_(house.ada).post(f"{ROOT}/reviews/{review.pk}/close"), 409, "review_closed")


def test_an_emergency_from_its_opening_to_its_verdict(house, as_):
    one_role = role_make(house.chain, "security.break_glass", code="breaker")
    role_assign(user=house.bo, role=one_role, place=house.alpha)
    path = f"/api/v1/properties/{house.alpha.pk}"
    assert_problem(as_(house.bo).patch(path, {"name": "Alpha II"}), 403)

    made = as_(house.bo).post(f"{ROOT}/emergencies", {"property": house.alpha.pk, "reason": REASON})
    assert made.status_code == 201, made.content
    one = f"{ROOT}/emergencies/{made.json()['id']}"
    assert as_(house.bo).get(one).json()["user"] == house.bo.pk
    assert_problem(as_(house.ada).post(f"{one}/review", {"verdict": "justified"}), 409, "emergency_running")
    assert as_(house.ada).post(f"{one}/close").json()["closed_by"] == house.ada.pk
    assert_problem(as_(house.bo).get(one), 403)
    seen = as_(house.ada).post(f"{one}/review", {"verdict": "justified", "note": "It was."})
    assert (seen.json()["verdict"], seen.json()["reviewed_by"]) == ("justified", house.ada.pk)
