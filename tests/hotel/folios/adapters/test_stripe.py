"""Stripe's adapter against a processor that speaks its wire format."""

import pytest
from moneyed import Money

from hotel.folios.adapters.base import (
    Credentials,
    Declined,
    GatewayRefused,
    NoticeKind,
    Order,
    OrderKind,
    OutcomeUnknown,
)
from hotel.folios.adapters.stripe.adapter import StripeGateway
from hotel.folios.adapters.stripe.amounts import from_stripe, to_stripe
from tests.contracts.gateways import EUR_80, SECRETS, TIMEOUT, GatewayContract, Stand
from tests.hotel.folios.adapters.stripe_wire import BAD_METHOD, GOOD_METHOD, stripe_running


@pytest.fixture
def stand():
    with stripe_running(*SECRETS) as wire:

        def totals(reference):
            intent = wire.intents[reference]
            refunded = sum(r["amount"] for r in wire.refunds if r["payment_intent"] == reference)
            units = (intent["amount"], intent["amount_received"], refunded)
            return tuple(from_stripe(number, intent["currency"]) for number in units)

        def notice(kind, reference):
            moves = [{"fee": 1500, "currency": "eur"}, {"fee": -1500, "currency": "eur"}]
            dispute = {
                "id": "dp-1", "payment_intent": reference, "amount": 8000, "currency": "eur",
                "balance_transactions": moves,
            }  # fmt: skip
            won = {**dispute, "status": "won"}
            return {
                NoticeKind.PAYMENT: lambda: wire.event("payment_intent.succeeded", {"id": reference}),
                NoticeKind.PAGE: lambda: wire.event("checkout.session.completed", {"id": reference}),
                NoticeKind.CHARGEBACK: lambda: wire.event("charge.dispute.created", dispute),
                NoticeKind.CHARGEBACK_WON: lambda: wire.event("charge.dispute.closed", won),
            }[kind]()

        gateway = StripeGateway(Credentials(*SECRETS), wire.url, TIMEOUT)
        yield Stand(gateway, wire, GOOD_METHOD, BAD_METHOD, totals, wire.fill, notice)


class TestContract(GatewayContract):
    pass


def test_a_wrong_key_is_refused_without_repeating_it(stand):
    gateway = StripeGateway(Credentials("sk_wrong_1234", "x"), stand.processor.url, TIMEOUT)
    with pytest.raises(GatewayRefused) as caught:
        gateway.perform(Order(OrderKind.CHARGE, "k", EUR_80, token=GOOD_METHOD))
    assert "1234" not in caught.value.message


def test_a_card_kept_for_a_customer_is_charged_with_him(stand):
    order = Order(OrderKind.AUTHORISE, "k", EUR_80, token=f"cus_9:{GOOD_METHOD}", description="Room 12")
    stand.gateway.perform(order)
    sent = next(known for known, *_ in stand.processor.answers.values())
    assert "customer=cus_9" in sent
    assert f"payment_method={GOOD_METHOD}" in sent
    assert "metadata[auberge_key]=k" in sent
    assert "description=Room" in sent


@pytest.mark.parametrize(("status", "error"), [("requires_action", Declined), ("processing", OutcomeUnknown)])
def test_an_intent_that_is_not_through_is_not_taken_for_paid(stand, monkeypatch, status, error):
    def confirm(reference, given):
        return stand.processor.intents[reference] | {"status": status}

    monkeypatch.setattr(stand.processor, "confirm", confirm)
    with pytest.raises(error):
        stand.gateway.perform(Order(OrderKind.CHARGE, "k", EUR_80, token=GOOD_METHOD))


@pytest.mark.parametrize(("status", "error"), [("failed", Declined), ("pending", OutcomeUnknown)])
def test_a_refund_that_did_not_arrive_is_not_taken_for_done(stand, status, error):
    paid = stand.gateway.perform(Order(OrderKind.CHARGE, "k", EUR_80, token=GOOD_METHOD))
    order = Order(OrderKind.REFUND, "r", EUR_80, reference=paid.reference)
    stand.gateway.perform(order)
    stand.processor.refunds[0]["status"] = status
    with pytest.raises(error):
        stand.gateway.outcome(order)


@pytest.mark.parametrize("topic", ["charge.refunded", "payout.paid"])
def test_other_topics_are_read_as_what_they_are_about(stand, topic):
    body, headers = stand.processor.event(topic, {"id": "x_1", "payment_intent": "pi_1"})
    notice = stand.gateway.notice_read(body, headers)
    told = {"charge.refunded": (NoticeKind.PAYMENT, "pi_1"), "payout.paid": (NoticeKind.OTHER, "x_1")}
    assert (notice.kind, notice.reference) == told[topic]


@pytest.mark.parametrize(
    ("topic", "status", "kind"),
    [
        ("created", "needs_response", NoticeKind.CHARGEBACK),
        ("created", "warning_needs_response", NoticeKind.OTHER),
        ("funds_withdrawn", "needs_response", NoticeKind.CHARGEBACK),
        ("funds_reinstated", "won", NoticeKind.CHARGEBACK_WON),
        ("closed", "won", NoticeKind.CHARGEBACK_WON),
        ("closed", "lost", NoticeKind.OTHER),
        ("closed", "warning_closed", NoticeKind.OTHER),
        ("updated", "under_review", NoticeKind.OTHER),
    ],
)
def test_only_disputes_that_move_money_are_taken_for_it(stand, topic, status, kind):
    moved = [{"fee": 1500, "currency": "usd"}]  # a fee in another currency is not known in ours
    thing = {
        "id": "dp_1", "payment_intent": "pi_1", "amount": 8000, "currency": "eur", "status": status,
        "balance_transactions": moved,
    }  # fmt: skip
    notice = stand.gateway.notice_read(*stand.processor.event(f"charge.dispute.{topic}", thing))
    assert (notice.kind, notice.fee) == (kind, None)
    if kind is not NoticeKind.OTHER:
        assert (notice.reference, notice.amount, notice.dispute) == ("pi_1", EUR_80, "dp_1")


@pytest.mark.parametrize(
    ("amount", "units"),
    [
        (Money("12.34", "EUR"), 1234),
        (Money(500, "JPY"), 500),
        (Money("1.230", "KWD"), 1230),
        (Money(5, "ISK"), 500),
        (Money(7, "UGX"), 700),
    ],
    ids=str,
)
def test_amounts_go_there_and_back(amount, units):
    assert to_stripe(amount) == units
    back = from_stripe(units, amount.currency.code.lower())
    assert (back, str(back.amount)) == (amount, str(amount.amount))


def test_the_last_digit_of_three_decimals_is_refused_not_rounded():
    with pytest.raises(GatewayRefused):
        to_stripe(Money("1.234", "KWD"))
