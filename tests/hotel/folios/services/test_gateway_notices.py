"""The inbox of webhooks: genuine ones once, forged ones never, late ones change nothing that is certain."""

import json
from datetime import timedelta

import httpx
import pytest
import time_machine

from hotel.core.clock import now
from hotel.core.exceptions import NotFound
from hotel.folios.adapters.base import ForgedNotice
from hotel.folios.adapters.simulator.server import Lie
from hotel.folios.models import GatewayNotice, Payment
from hotel.folios.selectors.payments import notices_due
from hotel.folios.services.gateway_notices import notice_handle, notice_receive
from hotel.folios.services.payment_links import link_follow
from hotel.folios.tasks import payments_reconcile
from tests.factories.payments import payment_link_make
from tests.hotel.folios.desk import GOOD


def receive(desk, told):
    return notice_receive(slug=desk.account.slug, body=told.body, headers=told.headers)


def notice(desk, topic, reference, **more):
    return desk.simulator.notice("", topic, reference, **more)


def test_a_notice_is_kept_once_however_often_it_is_told(desk):
    told = notice(desk, "payment", "pay_1")
    assert [receive(desk, told) for _ in range(3)] == [True, False, False]
    kept = GatewayNotice.objects.get()
    assert (kept.kind, kept.reference, kept.property) == ("payment", "pay_1", desk.place)


def test_a_forged_notice_is_refused_and_nothing_is_kept(desk, stage):
    genuine = notice(desk, "chargeback", "pay_1", amount="80", currency="EUR")
    forged = desk.simulator.signed("", genuine.body, secret="guessed")
    with pytest.raises(ForgedNotice):
        receive(desk, forged)
    with pytest.raises(ForgedNotice):
        notice_receive(slug=desk.account.slug, body=genuine.body + b" ", headers=genuine.headers)
    with pytest.raises(NotFound):
        notice_receive(slug="guessed", body=genuine.body, headers=genuine.headers)
    assert GatewayNotice.objects.count() == 0


def test_a_notice_is_a_bell_and_the_processor_is_asked(desk):
    payment = desk.authorised(80)
    desk.simulator.lies.append(Lie.HANG_UP)
    from hotel.folios.services.card_payments import payment_capture

    assert payment_capture(payment=payment, key="a" * 64).status == "unknown"
    receive(desk, notice(desk, "payment", payment.gateway_reference))
    assert payments_reconcile() == 1
    payment.refresh_from_db()
    kept = GatewayNotice.objects.get()
    assert (payment.status, desk.booked(), kept.result) == ("captured", 80, "payment captured")


def test_a_notice_that_comes_twice_or_late_changes_nothing(desk):
    payment = desk.charged(80)
    for _ in range(2):
        receive(desk, notice(desk, "payment", payment.gateway_reference))
    assert payments_reconcile() == 2
    again = Payment.objects.get()
    assert (again.status, again.version, desk.booked()) == ("captured", payment.version, 80)


def test_a_page_that_was_filled_in_is_booked_when_the_processor_rings(desk):
    page = link_follow(link=payment_link_make(desk.place, window=desk.window))
    httpx.post(page.url, data={"number": GOOD, "expiry": "11/31"})
    receive(desk, notice(desk, "page", page.reference))
    (due,) = notices_due()
    assert notice_handle(notice_id=due) == "page done"
    assert notice_handle(notice_id=due) == ""
    assert (desk.booked(), notices_due()) == (80, [])


def test_a_chargeback_is_booked_once(desk):
    payment = desk.charged(80)
    told = desk.simulator.chargeback(payment.gateway_reference)
    receive(desk, told)
    assert payments_reconcile() == 1
    taken = Payment.objects.get(kind="chargeback")
    assert (taken.of, taken.amount, desk.booked()) == (payment, desk.money(80), 0)
    assert receive(desk, told) is False
    assert (payments_reconcile(), Payment.objects.count()) == (0, 2)


@pytest.mark.parametrize(
    ("topic", "reference", "result"),
    [
        ("payment", "pay_unknown", "nothing of ours"),
        ("page", "page_unknown", "nothing of ours"),
        ("payout", "", "nothing of ours"),
    ],
)
def test_what_is_not_ours_is_only_kept(desk, topic, reference, result):
    receive(desk, notice(desk, topic, reference))
    payments_reconcile()
    assert GatewayNotice.objects.get().result == result


@pytest.mark.parametrize(
    ("told", "result"),
    [
        ({"amount": "80", "currency": "USD"}, "a chargeback in another currency: book it by hand"),
        ({"currency": "EUR"}, "only kept"),
    ],
)
def test_a_chargeback_that_cannot_be_booked_is_left_to_people(desk, told, result):
    payment = desk.charged(80)
    receive(desk, notice(desk, "chargeback", payment.gateway_reference, **told))
    payments_reconcile()
    assert GatewayNotice.objects.get().result == result
    assert (Payment.objects.count(), desk.booked()) == (1, 80)


def test_a_chargeback_told_again_with_another_amount_is_left_to_people(desk):
    payment = desk.charged(80)
    for amount in ("30", "40"):
        same = {"amount": amount, "currency": "EUR", "dispute": "dp_1"}
        receive(desk, notice(desk, "chargeback", payment.gateway_reference, **same))
        payments_reconcile()
    results = list(GatewayNotice.objects.order_by("pk").values_list("result", flat=True))
    assert results[1] == "a chargeback told with another amount before: book it by hand"
    assert (Payment.objects.count(), desk.booked()) == (2, 50)


def test_a_notice_waits_when_the_processor_does_not_answer(desk):
    page = link_follow(link=payment_link_make(desk.place, window=desk.window))
    receive(desk, notice(desk, "page", page.reference))
    desk.simulator.stop()
    payments_reconcile()
    kept = GatewayNotice.objects.get()
    assert (kept.handled_at, kept.attempts, kept.next_attempt_at > now()) == (None, 1, True)
    assert notices_due() == []
    with time_machine.travel(now() + timedelta(minutes=1)):
        assert notices_due() == [kept.pk]


def test_an_old_signature_is_refused(desk):
    told = notice(desk, "payment", "pay_1")
    assert json.loads(told.body)["topic"] == "payment"
    with time_machine.travel(now() + timedelta(minutes=6)), pytest.raises(ForgedNotice):
        receive(desk, told)
    assert GatewayNotice.objects.count() == 0
