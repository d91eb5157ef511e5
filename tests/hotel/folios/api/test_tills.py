"""Tills and exchange rates over the API."""

from datetime import timedelta

import pytest

from hotel.folios.models import CashierSession, CashMovement, ExchangeRate
from tests.contracts.base import assert_problem
from tests.contracts.crud import CreateContract, ReadContract
from tests.contracts.stage import ALL_RIGHTS
from tests.factories.payments import cashier_session_make, exchange_rate_make

TILLS, RATES = "/api/v1/cashier-sessions", "/api/v1/exchange-rates"


class TestTills(ReadContract, CreateContract):
    model, url, area, write = CashierSession, TILLS, "folios", "post"

    def make(self, place, n):
        return cashier_session_make(place)

    def create(self, place):
        return {"property": place.pk, "floats": [{"amount": "100", "currency": str(place.currency)}]}


class TestRates(ReadContract, CreateContract):
    model, url, area = ExchangeRate, RATES, "folios"

    def make(self, place, n):
        return exchange_rate_make(place, valid_from=place.business_date + timedelta(days=n))

    def create(self, place):
        return {
            "property": place.pk, "currency": "USD", "valid_from": place.business_date.isoformat(),
            "buy_rate": "0.9", "book_rate": "0.92", "sell_rate": "0.95",
        }  # fmt: skip


def euro(amount):
    return {"amount": amount, "currency": "EUR"}


@pytest.fixture
def clerk(stage):
    return stage.client_of(ALL_RIGHTS - {"manage_folios_area"})


def test_a_till_is_opened_emptied_and_counted(clerk, stage):
    till = clerk.post(TILLS, {"property": stage.alpha.pk, "floats": [euro("100.00")]}).json()
    one = f"{TILLS}/{till['id']}"
    assert till["expected"] == [euro("100.00")]
    assert clerk.post(f"{one}/drop", {"amount": euro("30.00")}).json()["expected"] == [euro("70.00")]
    out = clerk.post(f"{one}/paid-out", {"amount": euro("5.00"), "note": "Stamps"}).json()
    assert [movement["kind"] for movement in out["movements"]] == ["float", "drop", "paid_out"]
    closed = clerk.post(f"{one}/close", {"counted": [euro("64.50")]}).json()
    assert (closed["status"], closed["movements"][-1]["amount"]) == ("closed", euro("-0.50"))
    assert_problem(clerk.post(f"{one}/drop", {"amount": euro("1.00")}), 409, "cashier_session_closed")


def test_another_persons_till_is_touched_by_managers_only(clerk, stage):
    till = cashier_session_make(stage.alpha)
    one = f"{TILLS}/{till.pk}"
    for command, body in [
        ("drop", {"amount": euro("1.00")}),
        ("paid-out", {"amount": euro("1.00"), "note": "x"}),
        ("close", {"counted": []}),
    ]:
        assert_problem(clerk.post(f"{one}/{command}", body), 403, "permission_denied")
    assert stage.client_of(ALL_RIGHTS).post(f"{one}/close", {"counted": []}).status_code == 200
    assert CashMovement.objects.count() == 0


def test_one_amount_per_currency(clerk, stage):
    body = {"property": stage.alpha.pk, "floats": [euro("1.00"), euro("2.00")]}
    assert_problem(clerk.post(TILLS, body), 400, "invalid")
    assert CashierSession.objects.count() == 0
