"""Payments over the API: taken, reserved, paid back; repeated without a second effect; commands with reasons."""

from decimal import Decimal

import pytest

from hotel.folios.adapters.simulator.server import Lie
from hotel.folios.models import LedgerEntry, Payment
from hotel.folios.services.codes import codes_seed
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.contracts.permissions import Case, assert_case
from tests.contracts.stage import ALL_RIGHTS
from tests.factories.folios import folio_window_make
from tests.factories.payments import cashier_session_make, exchange_rate_make, payment_make
from tests.factories.reservations import reservation_make

URL = "/api/v1/payments"


class TestPayments(ReadContract):
    model, url, area = Payment, URL, "folios"

    def make(self, place, n):
        return payment_make(place)


@pytest.fixture
def client(stage):
    return stage.client_of(ALL_RIGHTS)


def cash_less(place, **over):
    codes_seed(place=place)
    values = {"code": "voucher", "amount": {"amount": "80.00", "currency": str(place.currency)}, **over}
    return values if "reservation" in over else {"window": folio_window_make(place).pk, **values}


def by_card(desk, **over):
    money = {"amount": "80.00", "currency": "EUR"}
    return {"window": desk.window.pk, "card": desk.card.pk, "amount": money, **over}


TABLE = [
    Case("get", URL, "view_folios_area"),
    Case("post", f"{URL}/{{payment}}/clarify", "post_folios_area", body={}, outsider=(404,)),
    Case(
        "post",
        f"{URL}/{{payment}}/capture",
        "post_folios_area",
        status=409,
        body={},
        outsider=(404,),
    ),
    Case("post", f"{URL}/{{payment}}/void", "adjust_folios_area", status=409, body={}, outsider=(404,)),
    Case(
        "post",
        f"{URL}/{{payment}}/top-up",
        "post_folios_area",
        status=409,
        body={"amount": {"amount": "90.00", "currency": "EUR"}},
        outsider=(404,),
    ),
    Case(
        "post",
        f"{URL}/{{payment}}/refund",
        "adjust_folios_area",
        status=422,  # without a role a person's limit is nothing
        body={"amount": {"amount": "10.00", "currency": "EUR"}, "reason": "mistake"},
        outsider=(404,),
    ),
    Case(
        "post",
        f"{URL}/{{payment}}/chargeback",
        "adjust_folios_area",
        status=201,
        body={"amount": {"amount": "10.00", "currency": "EUR"}, "reference": "Letter 7"},
        outsider=(404,),
    ),
    Case("post", f"{URL}/{{payment}}/reinstate", "adjust_folios_area", status=409, body={}, outsider=(404,)),
]


@pytest.mark.parametrize("case", TABLE, ids=str)
def test_permissions(case, stage):
    assert_case(case, stage, payment=payment_make(stage.alpha).pk)


def test_taking_a_payment_needs_the_right_to_post(stage):
    body = cash_less(stage.alpha)
    assert_case(Case("post", URL, "post_folios_area", 201, body=body, outsider=(400, 403)), stage)
    assert Payment.objects.count() == 1


def test_a_voucher_is_taken_and_shown_with_what_can_be_done(client, stage):
    answer = client.post(URL, cash_less(stage.alpha, reference="V-7", description="Gift"))
    assert answer.status_code == 201, answer.content
    shown = answer.json()
    assert (shown["status"], shown["method"], shown["reference"]) == ("captured", "voucher", "V-7")
    assert (shown["captured"], shown["refunded"]["amount"]) == (
        {"amount": "80.00", "currency": "EUR"},
        "0.00",
    )
    allowed = {action["name"]: (action["is_allowed"], action["code"]) for action in shown["actions"]}
    assert allowed["clarify"] == (False, "payment_is_clear")
    assert allowed["refund"] == (False, "refund_limit")  # without a role a person's limit is nothing
    assert allowed["capture"] == (False, "payment_status")
    assert answer["ETag"]


def test_a_chargeback_told_by_letter_is_booked_and_won(client, stage):
    payment = payment_make(stage.alpha)
    body = {"amount": {"amount": "5.00", "currency": "EUR"}, "reference": "Letter 7", "reason": "Not there"}

    answer = client.post(f"{URL}/{payment.pk}/chargeback", body)
    assert answer.status_code == 201, answer.content
    taken = answer.json()
    assert (taken["kind"], taken["status"], taken["of"], taken["amount"]["amount"]) == (
        "chargeback", "refunded", payment.pk, "5.00",
    )  # fmt: skip
    allowed = {action["name"]: action["is_allowed"] for action in taken["actions"]}
    assert (allowed["reinstate"], allowed["chargeback"]) == (True, False)
    shown = client.get(f"{URL}/{payment.pk}").json()
    assert shown["charged_back"] == {"amount": "5.00", "currency": "EUR"}

    given = client.post(f"{URL}/{taken['id']}/reinstate", {})
    assert given.status_code == 201, given.content
    assert (given.json()["kind"], given.json()["of"]) == ("reinstated", taken["id"])
    assert client.get(f"{URL}/{payment.pk}").json()["charged_back"]["amount"] == "0.00"


def test_a_deposit_is_taken_before_the_stay(client, stage):
    answer = client.post(URL, cash_less(stage.alpha, reservation=reservation_make(stage.alpha).pk))
    assert answer.status_code == 201, answer.content
    assert (answer.json()["folio"], answer.json()["status"]) == (None, "captured")


@pytest.mark.parametrize(
    ("over", "status"),
    [
        ({"code": "nonsense"}, 400),
        ({"code": "room"}, 400),
        ({"amount": {"amount": "0.00", "currency": "EUR"}}, 400),
        ({"amount": {"amount": "1.00", "currency": "USD"}}, 400),
        ({"card": 1}, 400),
        ({"window": 10**12}, 400),
        ({"code": "card"}, 400),
    ],
)
def test_what_makes_no_payment_is_refused(client, stage, over, status):
    answer = client.post(URL, {**cash_less(stage.alpha), **over})
    assert_problem(answer, status)
    assert (Payment.objects.count(), LedgerEntry.objects.count()) == (0, 0)


def test_a_payment_is_for_one_thing(client, stage):
    body = cash_less(stage.alpha)
    both = {**body, "reservation": reservation_make(stage.alpha).pk}
    neither = {name: value for name, value in body.items() if name != "window"}
    for wrong in (both, neither):
        assert_problem(client.post(URL, wrong), 400, "invalid")
    assert Payment.objects.count() == 0


def test_a_card_is_reserved_topped_up_taken_and_paid_back(client, desk):
    made = client.post(URL, by_card(desk, is_capture=False)).json()
    assert (made["status"], made["card_last4"]) == ("authorised", "4242")
    one = f"{URL}/{made['id']}"
    topped = client.post(f"{one}/top-up", {"amount": {"amount": "120.00", "currency": "EUR"}}).json()
    assert (topped["status"], topped["authorised"]["amount"]) == ("authorised", "120.00")
    taken = client.post(f"{one}/capture", {"amount": {"amount": "100.00", "currency": "EUR"}}).json()
    assert (taken["status"], taken["captured"]["amount"]) == ("captured", "100.00")
    assert [(call["kind"], call["status"]) for call in reversed(taken["calls"])] == [
        ("authorise", "done"),
        ("top_up", "done"),
        ("capture", "done"),
    ]
    assert (desk.moved(), desk.booked()) == ((100, 0), 100)


def test_a_declined_card_is_a_failed_payment_not_an_error(client, desk):
    answer = client.post(URL, by_card(desk, card=desk.bad_card.pk))
    assert (answer.status_code, answer.json()["status"], answer.json()["failure_code"]) == (
        201,
        "failed",
        "declined",
    )
    assert desk.booked() == 0


def test_a_repeated_key_gets_the_same_answer_and_charges_once(client, desk):
    body = by_card(desk)
    first, second = (client.post(URL, body, key="same") for _ in range(2))
    assert second.json() == first.json()
    assert second["Idempotency-Replayed"] == "true"
    assert (desk.moved(), desk.booked(), Payment.objects.count()) == ((80, 0), 80, 1)
    assert_problem(
        client.post(URL, by_card(desk, description="other"), key="same"), 422, "idempotency_key_reused"
    )


def test_a_request_that_died_on_the_way_is_finished_by_its_repetition(client, desk, monkeypatch):
    from hotel.folios.api.views import payments

    body, client.raise_request_exception = by_card(desk), False
    with monkeypatch.context() as patch:
        patch.setattr(payments.PaymentViewSet, "_shown", lambda *args, **kwargs: 1 / 0)
        assert client.post(URL, body, key="same").status_code == 500
    answer = client.post(URL, body, key="same")
    assert (answer.status_code, answer.json()["status"]) == (201, "captured")
    assert (desk.moved(), desk.booked(), Payment.objects.count()) == ((80, 0), 80, 1)


def test_an_unknown_outcome_is_told_and_clarified_on_request(client, desk):
    desk.simulator.lies.append(Lie.HANG_UP)
    made = client.post(URL, by_card(desk)).json()
    assert made["status"] == "unknown"
    assert [action["name"] for action in made["actions"] if action["is_allowed"]] == ["clarify"]
    clear = client.post(f"{URL}/{made['id']}/clarify", {}).json()
    assert (clear["status"], desk.moved(), desk.booked()) == ("captured", (80, 0), 80)


def test_the_list_is_narrowed_by_status_kind_and_folio(client, stage):
    mine = payment_make(stage.alpha)
    payment_make(stage.alpha)
    found = client.get(URL, {"folio": mine.window.folio_id, "status": "captured", "kind": "payment"}).json()
    assert [row["id"] for row in found["results"]] == [mine.pk]
    assert client.get(URL, {"status": "failed"}).json()["results"] == []


def test_foreign_cash_is_taken_with_change(stage):
    exchange_rate_make(stage.alpha)
    bo = stage.person(ALL_RIGHTS)
    client = stage.client(bo)
    till = cashier_session_make(stage.alpha, bo, floats={"EUR": Decimal(50)})
    body = cash_less(
        stage.alpha, code="cash", amount={"amount": "100.00", "currency": "USD"},
        settles={"amount": "80.00", "currency": "EUR"},
    )  # fmt: skip
    shown = client.post(URL, body).json()
    assert (shown["captured"]["amount"], shown["tendered"]["amount"]) == ("80.00", "100.00")
    assert shown["change"] == [{"amount": "10.00", "currency": "EUR"}]
    assert_problem(
        client.post(URL, {**body, "settles": {"amount": "91.00", "currency": "EUR"}}),
        422,
        "tendered_too_little",
    )
    assert_problem(client.post(URL, {**body, "code": "voucher"}), 400, "amount_invalid")
    assert (Payment.objects.count(), till.movements.count()) == (1, 3)
