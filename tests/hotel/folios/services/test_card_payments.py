"""Cards: reserved, topped up, taken in part or whole, let go."""

from decimal import Decimal

import pytest

from hotel.core.exceptions import Conflict, InvalidInput, PmsError, RuleBroken
from hotel.core.models import OutboxMessage
from hotel.folios.adapters.simulator.server import Lie
from hotel.folios.models import GatewayCall, LedgerEntry, Payment
from hotel.folios.services.card_payments import (
    payment_authorise,
    payment_capture,
    payment_top_up,
    payment_void,
)
from hotel.folios.services.folios import folio_close
from hotel.folios.services.hosted_pages import card_remove
from tests.factories.payments import card_token_make
from tests.factories.reservations import reservation_make
from tests.together import together

A, B = "a" * 64, "b" * 64


def test_a_card_is_reserved_without_the_ledger_then_topped_up_and_taken_in_part(desk):
    payment = desk.authorised(80)
    assert (payment.status, payment.authorised_amount, payment.captured_amount) == ("authorised", 80, 0)
    payment = payment_top_up(payment=payment, amount=desk.money(120), key=A)
    assert (payment.status, payment.amount.amount, payment.authorised_amount) == ("authorised", 120, 120)
    assert LedgerEntry.objects.count() == 0
    payment = payment_capture(payment=payment, amount=desk.money(100), key=B)
    assert (payment.status, payment.captured_amount, payment.authorised_amount) == ("captured", 100, 120)
    assert (desk.moved(), desk.booked()) == ((100, 0), 100)
    rows = LedgerEntry.objects.filter(journal=payment.journal).order_by("pk")
    assert [(row.ledger, row.amount.amount, row.code.code) for row in rows] == [
        ("guest", -100, "card"),
        ("payment", 100, "card"),
    ]
    told = (
        OutboxMessage.objects.filter(topic="PaymentStatusChanged")
        .order_by("pk")
        .values_list("payload", flat=True)
    )
    assert [(t["before"], t["status"]) for t in told] == [
        ("pending", "authorised"),
        ("authorised", "captured"),
    ]


def test_a_deposit_is_taken_by_card_before_the_stay(desk):
    stay = reservation_make(desk.place)
    payment = desk.charged(80, target=stay)
    rows = LedgerEntry.objects.filter(journal=payment.journal)
    assert {(row.ledger, row.amount.amount) for row in rows} == {("deposit", -80), ("payment", 80)}


def test_what_was_reserved_is_let_go(desk):
    payment = payment_void(payment=desk.authorised(80), key=A)
    assert (payment.status, desk.moved(), LedgerEntry.objects.count()) == ("voided", (0, 0), 0)
    (known,) = desk.simulator.book.payments.values()
    assert known["status"] == "voided"
    with pytest.raises(Conflict) as caught:
        payment_capture(payment=payment, key=B)
    assert caught.value.code == "payment_status"


@pytest.mark.parametrize("command", [payment_capture, payment_void])
def test_a_repeated_key_gives_an_order_once(desk, command):
    payment = desk.authorised(80)
    first = command(payment=payment, key=A)
    again = command(payment=payment, key=A)
    assert (again.status, again.version) == (first.status, first.version)
    assert GatewayCall.objects.count() == 2


def test_a_declined_top_up_leaves_what_was_reserved(desk):
    payment = desk.authorised(80)
    desk.simulator.lies.append(Lie.DECLINE)
    after = payment_top_up(payment=payment, amount=desk.money(120), key=A)
    assert (after.status, after.amount.amount, after.authorised_amount) == ("authorised", 80, 80)
    assert after.failure_code == "declined"


def test_nothing_is_done_while_an_order_is_open(desk):
    payment = desk.authorised(80)
    desk.simulator.lies.append(Lie.HANG_UP)
    payment_capture(payment=payment, key=A)
    for command in (payment_capture, payment_void):
        with pytest.raises(Conflict) as caught:
            command(payment=payment, key=B)
        assert caught.value.code == "payment_in_flight"
    assert len(desk.simulator.requests) == 2


@pytest.mark.parametrize(
    ("command", "amount", "code"),
    [
        (payment_capture, "80.01", "more_than_authorised"),
        (payment_capture, "0", "amount_invalid"),
        (payment_capture, "0.001", "amount_invalid"),
        (payment_top_up, "80", "not_more_than_authorised"),
    ],
)
def test_amounts_that_make_no_sense_are_not_sent(desk, command, amount, code):
    payment = desk.authorised(80)
    with pytest.raises(PmsError) as caught:
        command(payment=payment, amount=desk.money(amount), key=A)
    assert caught.value.code == code
    payment.refresh_from_db()
    assert (payment.amount.amount, payment.calls.count(), len(desk.simulator.requests)) == (80, 1, 1)


def test_a_removed_card_and_another_propertys_are_refused(desk, stage):
    gone, foreign = card_remove(card=desk.card), card_token_make(stage.beta)
    for card in (gone, foreign):
        with pytest.raises(RuleBroken) as caught:
            payment_authorise(data=desk.data(), card=card)
        assert caught.value.code == "card_removed"
    assert (Payment.objects.count(), desk.simulator.requests) == (0, [])


def test_a_foreign_currency_is_not_charged(desk, stage):
    from moneyed import Money

    with pytest.raises(InvalidInput):
        desk.charged(Money("80.00", "USD"))
    assert (Payment.objects.count(), desk.simulator.requests) == (0, [])


def test_a_closed_window_is_not_charged(desk):
    folio_close(folio=desk.window.folio)
    desk.window.refresh_from_db()
    with pytest.raises(Conflict):
        desk.charged(80)
    assert desk.simulator.requests == []


@pytest.mark.django_db(transaction=True)
def test_of_two_who_capture_and_let_go_at_once_one_is_refused(desk):
    payment = desk.authorised(80)
    results = together(
        lambda: payment_capture(payment=payment, key=A), lambda: payment_void(payment=payment, key=B)
    )
    refused = [result for result in results if isinstance(result, Exception)]
    assert [error.code in {"payment_in_flight", "payment_status", "lock_refused"} for error in refused] == [
        True
    ]
    payment.refresh_from_db()
    assert desk.booked() == payment.captured_amount == desk.moved()[0]
    assert payment.status in {"captured", "voided"}
    assert payment.captured_amount in {Decimal(0), Decimal(80)}
