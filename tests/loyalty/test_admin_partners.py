"""Partners in the admin: contracts in plain words, made and changed by the service."""

import pytest
from django.test import Client

from loyalty.models import LoyaltyPartner
from tests.factories.loyalty import loyalty_program_make, partner_accrual_make, partner_statement_make
from tests.loyalty.test_admin import ADMIN


@pytest.fixture
def manager(cast):
    client = Client()
    client.force_login(cast.ada)
    return client


def test_a_partner_is_made_says_what_it_is_and_gets_another_rate(cast, manager):
    program = loyalty_program_make(cast.alpha)
    body = {
        "program": program.pk, "property": cast.alpha.pk, "code": "taxi", "name": "Taxi", "kind": "car_hire",
        "unit": "EUR", "rate": "2", "point_price": "0.005", "valid_from": "2027-01-01", "is_active": "on",
    }  # fmt: skip
    answer = manager.post(f"{ADMIN}/loyaltypartner/add/", body)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    made = LoyaltyPartner.objects.get()
    page = manager.get(f"{ADMIN}/loyaltypartner/").content.decode()
    assert (
        "2 points for each EUR, rounded down; from 2027-01-01 on; the partner pays EUR 0.005 a point." in page
    )
    change = {"name": "Taxi", "rate": "3", "point_price": "0.005", "is_active": "on", "code": "bus"}
    assert manager.post(f"{ADMIN}/loyaltypartner/{made.pk}/change/", change).status_code == 302
    made.refresh_from_db()
    assert (made.rate, made.code, made.is_active) == (3, "taxi", True)


def test_what_partners_posted_and_owe_is_looked_at(cast, manager):
    partner_accrual_make(cast.alpha, reference="R-17")
    partner_statement_make(cast.alpha)
    assert "R-17" in manager.get(f"{ADMIN}/partneraccrual/").content.decode()
    assert "March 1, 2027" in manager.get(f"{ADMIN}/partnerstatement/").content.decode()
