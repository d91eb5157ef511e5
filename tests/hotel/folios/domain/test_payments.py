"""What may be done with a payment, and what the outcome of an order makes of it: the tables of the page."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from hotel.folios.choices import PaymentStatus
from hotel.folios.domain.payments import (
    COMMANDS,
    Standing,
    action,
    actions,
    may_send_again,
    status_after,
    status_by_refunds,
)
from tests.pages import worked_table

AT = datetime(2027, 3, 14, 12, tzinfo=UTC)
STANDING = Standing(kind="payment", status="captured", is_card=True, captured=Decimal(80))


def allowed(standing):
    return {name for name in COMMANDS if action(name, standing).is_allowed}


@pytest.mark.parametrize("row", worked_table("payments", "States"), ids=lambda row: row["Status"])
def test_each_status_allows_what_the_page_says(row):
    standing = replace(STANDING, status=row["Status"])
    taken_back = replace(standing, kind="chargeback")
    wanted, _, of_chargeback = row["What leads on"].partition("; of a chargeback: ")
    assert allowed(standing) == {word.strip().replace(" ", "_") for word in wanted.split(",")} & set(COMMANDS)
    assert allowed(taken_back) == {of_chargeback} - {""}


def test_the_page_knows_every_status():
    assert [row["Status"] for row in worked_table("payments", "States")] == list(PaymentStatus)


ORDERS = "What an order to the processor makes of a payment, once its outcome is certain"


@pytest.mark.parametrize("row", worked_table("payments", ORDERS), ids=lambda row: row["Order"])
def test_an_outcome_makes_of_a_payment_what_the_page_says(row):
    assert status_after(row["Order"], is_done=True) == row["Done"]
    assert status_after(row["Order"], is_done=False) == row["Not done"]


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "clarify"])
def test_nothing_is_done_while_an_order_is_open(name):
    answer = action(name, replace(STANDING, is_in_flight=True))
    assert (answer.is_allowed, answer.code) == (False, "payment_in_flight")


@pytest.mark.parametrize(("is_in_flight", "code"), [(True, ""), (False, "payment_is_clear")])
def test_only_an_open_order_is_clarified(is_in_flight, code):
    answer = action("clarify", replace(STANDING, is_in_flight=is_in_flight))
    assert (answer.is_allowed, answer.code) == (is_in_flight, code)


@pytest.mark.parametrize("kind", ["refund", "chargeback"])
def test_what_takes_back_is_not_taken_back(kind):
    assert action("refund", replace(STANDING, kind=kind)).code == "payment_kind"


@pytest.mark.parametrize(
    ("taken_back", "left", "code"),
    [(0, 80, ""), (30, 50, ""), (80, 0, "nothing_to_refund"), (90, 0, "nothing_to_refund")],
)
def test_what_was_taken_back_is_not_paid_back_again(taken_back, left, code):
    standing = replace(STANDING, taken_back=Decimal(taken_back))
    assert standing.refundable == left
    assert action("refund", standing).code == code


def test_no_bank_takes_cash_back():
    assert action("chargeback", replace(STANDING, is_cash=True)).code == "cash_is_final"


@pytest.mark.parametrize("kind", ["payment", "refund", "reinstated"])
def test_only_a_chargeback_is_given_back(kind):
    assert action("reinstate", replace(STANDING, kind=kind, status="refunded")).code == "payment_kind"


def test_actions_are_all_commands_in_order():
    assert [answer.name for answer in actions(STANDING)] == list(COMMANDS)
    assert [answer.name for answer in actions(STANDING) if answer.approval == "refund"] == ["refund"]


@pytest.mark.parametrize(
    ("refunded", "status"), [(0, "captured"), (1, "partially_refunded"), (80, "refunded")]
)
def test_the_status_tells_how_much_was_paid_back(refunded, status):
    assert status_by_refunds(Decimal(80), Decimal(refunded)) == status


@pytest.mark.parametrize(("hours", "is_possible"), [(0, True), (22, True), (23, False), (48, False)])
def test_an_order_is_sent_again_while_the_processor_remembers_its_key(hours, is_possible):
    assert may_send_again(AT, AT + timedelta(hours=hours)) is is_possible
