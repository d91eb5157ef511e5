"""Partners over the API."""

import pytest

from loyalty.models import LoyaltyPartner, PartnerAccrual, PartnerStatement
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.factories.loyalty import (
    loyalty_member_make,
    loyalty_partner_make,
    loyalty_program_make,
    partner_accrual_make,
    partner_statement_make,
)
from tests.loyalty.api.test_resources import APPROVE, ENROL, MANAGE, URL, VIEW, post


class TestPartners(ReadContract):
    model, url, area = LoyaltyPartner, f"{URL}/partners", "loyalty"

    def make(self, place, n):
        return loyalty_partner_make(place, code=f"p{n}")


class TestPartnerAccruals(ReadContract):
    model, url, area = PartnerAccrual, f"{URL}/partner-accruals", "loyalty"

    def make(self, place, n):
        return partner_accrual_make(place, reference=f"r{n}")


class TestPartnerStatements(ReadContract):
    model, url, area = PartnerStatement, f"{URL}/partner-statements", "loyalty"

    def make(self, place, n):
        return partner_statement_make(place, n)


@pytest.fixture
def boss(stage):
    return stage.client_of((VIEW, APPROVE), stage.alpha)


def test_a_partner_is_made_changed_and_posts_once(stage, boss):
    program, member = loyalty_program_make(stage.alpha), loyalty_member_make(stage.alpha)
    manager = stage.client_of((VIEW, ENROL, MANAGE), stage.alpha)
    body = {
        "program": program.pk, "property": stage.alpha.pk, "code": "taxi", "name": "Taxi", "kind": "car_hire",
        "unit": "EUR", "rate": "2", "point_price": "0.005", "valid_from": "2027-01-01",
    }  # fmt: skip
    made = post(manager, "partners", body)
    assert made.status_code == 201, made.content
    partner = made.json()["id"]
    assert made.json()["says"].startswith("2 points for each EUR, rounded down; from 2027-01-01 on;")
    patch = {"rate": "3", "code": "bus", "property": stage.beta.pk}
    changed = manager.patch(f"{URL}/partners/{partner}", patch, format="json").json()
    assert (changed["rate"], changed["code"], changed["property"]) == ("3.0000", "taxi", stage.alpha.pk)
    ride = {
        "partner": partner, "reference": "R1", "member_number": member.number, "amount": "10",
        "earned_on": "2027-03-14",
    }  # fmt: skip
    assert_problem(post(manager, "partner-accruals", ride, key="0"), 403, "permission_denied")
    first = post(boss, "partner-accruals", ride, key="a")
    again = post(boss, "partner-accruals", ride, key="b")
    assert (first.status_code, first.json()["points"], again.json()["id"]) == (201, 30, first.json()["id"])
    found = boss.get(f"{URL}/partner-accruals", {"reference": "R1"}).json()["results"]
    assert [row["id"] for row in found] == [first.json()["id"]]


def test_it_is_taken_back_by_its_reference(stage, boss):
    made = partner_accrual_make(stage.alpha)
    body = {"partner": made.partner_id, "reference": "ride"}
    clerk = stage.client_of((VIEW, ENROL), stage.alpha)
    assert_problem(post(clerk, "partner-accruals/reverse", body), 403, "permission_denied")
    answer = post(boss, "partner-accruals/reverse", body)
    made.refresh_from_db()
    assert (answer.status_code, answer.json()["reversal"]) == (200, made.reversal_id)
    assert made.reversal_id is not None
    missing = post(boss, "partner-accruals/reverse", {**body, "reference": "x"}, key="x")
    assert_problem(missing, 404, "reference_missing")


def test_a_partner_elsewhere_is_not_found(stage, boss):
    partner, member = loyalty_partner_make(stage.beta), loyalty_member_make(stage.beta)
    ride = {
        "partner": partner.pk, "reference": "R1", "member_number": member.number, "amount": "10",
        "earned_on": "2027-03-14",
    }  # fmt: skip
    assert post(boss, "partner-accruals", ride).status_code == 400
    assert not PartnerAccrual.objects.exists()
