"""Paying back: never more than was taken, the way it came, within the person's limit."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from hotel.accounts.models import User
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, RuleBroken
from hotel.folios.adapters.simulator.server import Lie
from hotel.folios.models import LedgerEntry, Payment
from hotel.folios.selectors.balances import window_balances
from hotel.folios.services import refunds
from hotel.folios.services.gateway_calls import payment_clarify
from hotel.folios.services.refunds import payment_refund
from hotel.folios.services.tills import cash_drop
from tests.factories.payments import cashier_session_make, payment_make
from tests.hotel.folios.desk import make_desk
from tests.together import together


def back(desk, payment, amount, key="r1", **over):
    return payment_refund(payment=payment, amount=desk.money(amount), key=key, reason="mistake", **over)


def owed(desk) -> Decimal:
    return window_balances(desk.place.pk, [desk.window.pk])[desk.window.pk].amount


def test_a_card_is_paid_back_in_parts_until_nothing_is_left(desk):
    payment = desk.charged(80)
    first = back(desk, payment, "30.50")
    assert (first.status, first.kind, first.of_id, first.code.code) == (
        "refunded",
        "refund",
        payment.pk,
        "card",
    )
    payment.refresh_from_db()
    assert (payment.status, payment.refunded_amount) == ("partially_refunded", Decimal("30.5"))
    assert (desk.moved(), desk.booked(), owed(desk)) == (
        (80, Decimal("30.5")),
        Decimal("49.5"),
        Decimal("-49.5"),
    )
    back(desk, payment, "49.50", key="r2")
    payment.refresh_from_db()
    assert (payment.status, payment.refunded_amount, desk.booked()) == ("refunded", 80, 0)
    with pytest.raises(Conflict) as caught:
        back(desk, payment, 1, key="r3")
    assert caught.value.code == "payment_status"


def test_more_than_was_taken_is_refused(desk):
    payment = desk.charged(80)
    with pytest.raises(RuleBroken) as caught:
        back(desk, payment, "80.01")
    assert caught.value.code == "refund_exceeds_captured"
    assert (Payment.objects.count(), desk.moved()) == (1, (80, 0))


def test_a_repeated_key_pays_back_once(desk):
    payment = desk.charged(80)
    first = back(desk, payment, 30)
    assert back(desk, payment, 30).pk == first.pk
    assert (desk.moved(), desk.booked(), Payment.objects.count()) == ((80, 30), 50, 2)


def test_an_unknown_refund_keeps_its_amount_reserved_until_it_is_found(desk):
    payment = desk.charged(80)
    desk.simulator.lies.append(Lie.HANG_UP)
    refund = back(desk, payment, 50)
    assert (refund.status, desk.booked()) == ("unknown", 80)
    with pytest.raises(RuleBroken):
        back(desk, payment, 31, key="r2")
    assert payment_clarify(payment=refund).status == "refunded"
    payment.refresh_from_db()
    assert (payment.status, payment.refunded_amount, desk.booked()) == ("partially_refunded", 50, 30)


def test_a_refund_that_is_declined_is_free_again(desk):
    payment = desk.charged(80)
    desk.simulator.lies.append(Lie.DECLINE)
    assert back(desk, payment, 80).status == "failed"
    payment.refresh_from_db()
    assert (payment.status, payment.refunded_amount, desk.booked()) == ("captured", 0, 80)
    assert back(desk, payment, 80, key="r2").status == "refunded"


def test_only_what_was_taken_is_paid_back(desk):
    with pytest.raises(Conflict) as caught:
        back(desk, desk.authorised(80), 10)
    assert caught.value.code == "payment_status"
    with pytest.raises(Conflict) as caught:
        back(desk, back(desk, desk.charged(80), 10), 5, key="r2")
    assert caught.value.code == "payment_kind"


def test_a_person_pays_back_within_his_limit(desk, monkeypatch, stage):
    limits = type("Limits", (), {"max_refund": desk.money(20)})
    monkeypatch.setattr(refunds, "approval_limits", lambda user, property_id: limits)
    payment, bo = desk.charged(80), stage.person(())
    with pytest.raises(RuleBroken) as caught:
        back(desk, payment, 21, actor=bo)
    assert (caught.value.code, Payment.objects.count()) == ("refund_limit", 1)
    assert back(desk, payment, 20, actor=bo).status == "refunded"


def test_cash_goes_back_out_of_the_till(desk, stage):
    bo = stage.person(())
    User.objects.filter(pk=bo.pk).update(is_superuser=True)
    bo.refresh_from_db()
    session = cashier_session_make(desk.place, bo)
    payment = payment_make(desk.place, 80, "cash", target=desk.window, actor=bo)
    assert back(desk, payment, 30, actor=bo).session == session
    assert [(m.kind, m.amount.amount) for m in session.movements.all()] == [("payment", 80), ("refund", -30)]
    cash_drop(session=session, amount=desk.money(40), actor=bo)
    with pytest.raises(Conflict) as caught:
        back(desk, payment, 20, key="r2", actor=bo)
    assert caught.value.code == "not_in_till"
    payment.refresh_from_db()
    assert (payment.refunded_amount, payment.status, desk.booked()) == (30, "partially_refunded", 50)


def test_the_money_of_a_closed_folio_goes_back_on_a_new_one(desk):
    from hotel.folios.services.folios import folio_close
    from tests.factories.folios import charge_make

    payment = desk.charged(80)
    charge_make(desk.window.folio, 80)
    folio_close(folio=desk.window.folio)
    refund = back(desk, payment, 80)
    assert (refund.status, refund.window.folio.status) == ("refunded", "open")
    assert LedgerEntry.objects.get(journal=refund.journal, ledger="guest").amount == desk.money(80)
    assert back(desk, payment, 80).pk == refund.pk


@pytest.mark.django_db(transaction=True)
def test_refunds_that_race_never_exceed_what_was_taken(simulator, stage):
    desk = make_desk(stage.alpha, simulator)
    payment = desk.charged(100)
    results = together(*[lambda n=n: back(desk, payment, 30, key=f"r{n}") for n in range(6)])
    codes = {error.code for error in results if isinstance(error, Exception)}
    assert codes <= {"refund_exceeds_captured", "lock_refused"}
    # Who was slow, or was refused a lock after the processor's answer, is found out later.
    with time_machine.travel(now() + timedelta(minutes=2)):
        ends = [payment_clarify(payment=refund).status for refund in payment.taken_back.all()]
    paid = ends.count("refunded")
    payment.refresh_from_db()
    assert payment.refunded_amount == desk.moved()[1] == 30 * paid <= 100
    assert desk.booked() == 100 - 30 * paid
    assert paid == 3 or "lock_refused" in codes
