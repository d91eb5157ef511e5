"""Orders to the processor: whatever it answers, money moves once, the ledger says what moved, and it becomes certain."""

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from hotel.core.clock import now
from hotel.core.locks import LockRefused
from hotel.folios.adapters.simulator.server import Lie
from hotel.folios.models import GatewayCall, LedgerEntry, Payment, Posting
from hotel.folios.services import card_payments, gateway_calls
from hotel.folios.services.card_payments import payment_authorise, payment_capture, payment_void
from hotel.folios.services.gateway_calls import call_clarify, payment_clarify
from hotel.folios.tasks import payments_reconcile
from tests.together import together

UNHEARD = [Lie.SILENT_AFTER, Lie.HANG_UP, Lie.GARBAGE, Lie.WRONG, Lie.BROKEN]
ZERO = Decimal(0)


def later(**delta):
    return time_machine.travel(now() + timedelta(**delta), tick=True)


@pytest.mark.parametrize("lie", UNHEARD)
def test_a_charge_that_was_done_but_not_heard_is_found_and_booked_once(desk, lie):
    desk.simulator.lies.append(lie)
    payment = desk.charged(80)
    assert (payment.status, desk.booked(), desk.moved()[0]) == ("unknown", ZERO, 80)
    call = payment.calls.get()
    assert (call.status, call.claim, call.attempts, call.next_attempt_at > now()) == ("open", None, 1, True)
    clear = payment_clarify(payment=payment)
    assert (clear.status, desk.booked(), desk.moved()) == ("captured", 80, (80, 0))
    assert clear.gateway_reference in desk.simulator.book.payments
    assert payment_clarify(payment=payment).status == "captured"
    assert (desk.booked(), Posting.objects.count()) == (80, 1)
    call.refresh_from_db()
    assert (call.status, call.attempts, call.next_attempt_at) == ("done", 2, None)


def test_a_charge_that_never_arrived_is_sent_again_under_the_same_key(desk):
    desk.simulator.lies.append(Lie.SILENT_BEFORE)
    payment = desk.charged(80)
    assert (payment.status, desk.moved()[0]) == ("unknown", 0)
    assert payment_clarify(payment=payment).status == "captured"
    assert len({key for key, _ in desk.simulator.requests}) == 1
    assert (len(desk.simulator.requests), desk.moved(), desk.booked()) == (2, (80, 0), 80)


def test_a_charge_that_arrives_late_after_its_repetition_charges_nothing(desk):
    desk.simulator.lies.append(Lie.LATE)
    payment = desk.charged(80)
    assert payment_clarify(payment=payment).status == "captured"
    desk.simulator.released.set()
    assert desk.simulator.late_arrived.wait(timeout=60)
    payments_reconcile()
    assert (desk.moved(), desk.booked(), Posting.objects.count()) == ((80, 0), 80, 1)


def test_an_answer_told_twice_is_booked_once(desk):
    desk.simulator.lies.append(Lie.TWICE)
    first, second = desk.charged(80), desk.charged(30)
    assert (first.status, second.status) == ("captured", "captured")
    assert (desk.moved(), desk.booked()) == ((110, 0), 110)


def test_a_processor_that_stays_silent_is_asked_again_and_again_with_longer_pauses(desk, monkeypatch):
    monkeypatch.setattr(gateway_calls.random, "random", lambda: 1)
    desk.simulator.lies.append(Lie.HANG_UP)
    payment = desk.charged(80)
    desk.simulator.stop()
    pauses = []
    for _ in range(3):
        payment = payment_clarify(payment=payment)
        call = payment.calls.get()
        pauses.append(round((call.next_attempt_at - now()).total_seconds(), -1))
        assert (payment.status, call.status, call.code) == ("unknown", "open", "unreachable")
    assert pauses == [40, 80, 160]
    assert desk.booked() == ZERO


def test_what_is_declined_fails_and_leaves_no_trace_in_the_ledger(desk):
    payment = payment_authorise(data=desk.data(), card=desk.bad_card, is_capture=True)
    assert (payment.status, payment.failure_code, payment.captured_amount) == ("failed", "declined", 0)
    assert (payment.calls.get().status, LedgerEntry.objects.count()) == ("declined", 0)


@pytest.mark.parametrize("is_there", [True, False])
def test_an_order_that_was_not_taken_fails_at_once(desk, is_there):
    if is_there:
        desk.simulator.lies.append(Lie.BUSY)
    else:
        desk.simulator.stop()
    payment = desk.charged(80)
    assert (payment.status, payment.failure_code) == ("failed", "busy" if is_there else "unreachable")
    assert (desk.moved()[0], payment.calls.get().status) == (0, "refused")


def test_that_a_later_attempt_is_refused_says_nothing_about_the_first(desk):
    desk.simulator.lies.append(Lie.SILENT_BEFORE)
    payment = desk.charged(80)
    desk.simulator.lies.append(Lie.BUSY)
    assert payment_clarify(payment=payment).status == "unknown"
    assert payment_clarify(payment=payment).status == "captured"
    assert desk.moved() == (80, 0)


def test_after_a_day_an_order_that_is_not_found_is_not_sent_again(desk):
    desk.simulator.lies.append(Lie.SILENT_BEFORE)
    payment = desk.charged(80)
    with later(hours=23, minutes=1):
        clear = payment_clarify(payment=payment)
    assert (clear.status, clear.failure_code) == ("failed", "never_arrived")
    assert (len(desk.simulator.requests), desk.moved()[0], desk.booked()) == (1, 0, ZERO)


def test_after_a_day_an_order_that_is_found_is_booked(desk):
    desk.simulator.lies.append(Lie.HANG_UP)
    payment = desk.charged(80)
    with later(hours=30):
        assert payment_clarify(payment=payment).status == "captured"
    assert desk.booked() == 80


def test_who_dies_before_sending_leaves_an_order_that_is_sent_when_his_lease_is_over(desk):
    payment, call = card_payments._begun(desk.data(80), desk.card, "charge")
    assert (payments_reconcile(), desk.simulator.requests) == (0, [])
    with later(seconds=61):
        assert payments_reconcile() == 1
        assert call_clarify(call_id=call.pk) is False  # nothing is open any more
    payment.refresh_from_db()
    assert (payment.status, desk.moved(), desk.booked()) == ("captured", (80, 0), 80)


def test_who_dies_after_sending_is_found_out_by_the_repetition_of_his_request(desk, monkeypatch):
    data = desk.data(80)
    with monkeypatch.context() as patch:
        patch.setattr(gateway_calls, "_settle", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            payment_authorise(data=data, card=desk.card, is_capture=True)
    assert (desk.moved(), desk.booked()) == ((80, 0), 0)
    assert (
        payment_authorise(data=data, card=desk.card, is_capture=True).status == "pending"
    )  # the lease holds
    with later(seconds=61):
        assert payment_authorise(data=data, card=desk.card, is_capture=True).status == "captured"
    assert (desk.moved(), desk.booked(), Payment.objects.count()) == ((80, 0), 80, 1)


def test_whoever_lost_his_lease_settles_nothing(desk):
    _, call = card_payments._begun(desk.data(80), desk.card, "charge")
    with later(seconds=61):
        payments_reconcile()
    assert gateway_calls.call_send(call).status == "captured"
    assert (desk.moved(), desk.booked(), Posting.objects.count()) == ((80, 0), 80, 1)


def test_a_fault_of_ours_while_sending_is_unknown_not_failed(desk, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(gateway_calls, "gateway_of", lambda account: 1 / 0)
        payment = desk.charged(80)
    assert (payment.status, payment.calls.get().code) == ("unknown", "internal")
    assert payment_clarify(payment=payment).status == "captured"


@pytest.mark.parametrize("lie", [*UNHEARD, Lie.SILENT_BEFORE, Lie.LATE, Lie.TWICE])
def test_a_void_that_was_lied_about_lets_go_once_and_charges_nothing(desk, lie):
    payment = desk.authorised(80)
    desk.simulator.lies.append(lie)
    after = payment_void(payment=payment, key="a" * 64)
    assert after.status == ("voided" if lie is Lie.TWICE else "unknown")
    assert payment_clarify(payment=after).status == "voided"
    desk.simulator.released.set()
    assert lie is not Lie.LATE or desk.simulator.late_arrived.wait(timeout=60)
    (known,) = desk.simulator.book.payments.values()
    assert (known["status"], desk.moved(), desk.booked()) == ("voided", (0, 0), ZERO)
    assert len({key for key, kind in desk.simulator.requests if kind == "void"}) == 1


def test_a_failed_capture_leaves_what_was_reserved(desk):
    payment = desk.authorised(80)
    desk.simulator.lies.append(Lie.DECLINE)
    after = payment_capture(payment=payment, key="a" * 64)
    assert (after.status, after.authorised_amount, after.captured_amount) == ("authorised", 80, 0)
    assert payment_capture(payment=after, key="b" * 64).status == "captured"


def test_the_window_was_closed_meanwhile_so_the_money_is_booked_on_another(desk):
    from hotel.folios.services.folios import folio_close

    desk.simulator.lies.append(Lie.HANG_UP)
    payment = desk.charged(80)
    folio_close(folio=desk.window.folio)
    clear = payment_clarify(payment=payment)
    assert (clear.status, desk.booked()) == ("captured", 80)
    assert clear.window.folio_id != desk.window.folio_id
    assert (clear.window.folio.name, clear.window.folio.status) == (desk.window.folio.name, "open")


@pytest.mark.django_db(transaction=True)
def test_a_storm_of_repetitions_has_one_effect_a_key(desk):
    datas = [desk.data(10 + n) for n in range(6)]

    def storm(shift):
        for n in range(len(datas)):
            data = datas[(n + shift) % len(datas)]
            for _ in range(2):
                with suppress(LockRefused):  # an honest answer
                    payment_authorise(data=data, card=desk.card, is_capture=True)

    assert together(*[lambda n=n: storm(n) for n in range(12)]) == [None] * 12
    with later(seconds=61):
        payments_reconcile()
    assert Payment.objects.filter(status="captured").count() == len(datas)
    assert desk.moved() == (75, 0)
    assert desk.booked() == 75
    assert GatewayCall.objects.count() == Posting.objects.count() == len(datas)


@pytest.mark.django_db(transaction=True)
def test_two_who_clarify_at_once_book_once(desk):
    desk.simulator.lies.append(Lie.HANG_UP)
    payment = desk.charged(80)
    GatewayCall.objects.update(next_attempt_at=now())
    call_id = payment.calls.get().pk
    results = together(*[lambda: call_clarify(call_id=call_id)] * 4)
    assert True in results
    assert {True, False} >= set(results)
    assert (desk.moved(), desk.booked(), Posting.objects.count()) == ((80, 0), 80, 1)
