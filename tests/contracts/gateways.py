"""What every card processor's adapter keeps, whoever the provider is: spoken to over real HTTP, and lied to.

A provider's test gives a ``stand``: the adapter, and a processor on the loopback that speaks the provider's wire
format and lies on demand. Example in ``tests/hotel/folios/adapters/test_simulator.py``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from moneyed import Money

from hotel.core.exceptions import ExternalFailure
from hotel.folios.adapters.base import (
    Declined,
    ForgedNotice,
    Gateway,
    GatewayRefused,
    NoticeKind,
    Order,
    OrderKind,
    OutcomeUnknown,
    PageOrder,
    ReceiptStatus,
)
from hotel.folios.adapters.simulator.server import Lie

TIMEOUT = httpx.Timeout(0.25, connect=0.25)
SECRETS = ("key-of-the-house", "secret-of-webhooks")
DONE_UNHEARD = [Lie.SILENT_AFTER, Lie.HANG_UP, Lie.GARBAGE, Lie.BROKEN]
EUR_80 = Money("80.00", "EUR")
EUR_120 = Money("120.00", "EUR")


@dataclass
class Stand:
    """An adapter and the processor it speaks to.

    Attributes:
        gateway: the adapter.
        processor: has ``lies`` and ``page_lies`` (queues), ``released`` and ``late_arrived`` (events), ``stop()``.
        card: token of a good card; ``bad_card`` of one that is always declined.
        totals: payment reference to (authorised, captured, refunded) as the processor has it.
        give_card: what a guest does at a page, by its URL.
        notice: a genuine webhook of a payment or page: (kind, reference) to (body, headers).
    """

    gateway: Gateway
    processor: Any
    card: str
    bad_card: str
    totals: Callable[[str], tuple[Money, Money, Money]]
    give_card: Callable[[str], None]
    notice: Callable[[NoticeKind, str], tuple[bytes, dict[str, str]]]


class GatewayContract:
    """Inherit, and give a fixture ``stand``."""

    def order(self, stand: Stand, kind: OrderKind, amount: Money = EUR_120, **more) -> Order:
        given = {} if "reference" in more else {"token": stand.card}
        return Order(kind, **{"key": f"{kind}-1", "amount": amount, **given, **more})

    def prepared(self, stand: Stand, kind: OrderKind) -> Order:
        """An order of this kind that can be carried out, nothing of it done yet."""
        if kind in (OrderKind.AUTHORISE, OrderKind.CHARGE):
            return self.order(stand, kind, EUR_80)
        first = OrderKind.CHARGE if kind is OrderKind.REFUND else OrderKind.AUTHORISE
        made = stand.gateway.perform(self.order(stand, first, EUR_80, key="first"))
        amount = EUR_120 if kind is OrderKind.TOP_UP else EUR_80
        return self.order(stand, kind, amount, reference=made.reference)

    def test_a_card_is_authorised_topped_up_captured_and_refunded(self, stand):
        made = stand.gateway.perform(self.order(stand, OrderKind.AUTHORISE, EUR_80))
        assert (made.status, made.amount) == (ReceiptStatus.AUTHORISED, EUR_80)
        reference = made.reference
        topped = stand.gateway.perform(self.order(stand, OrderKind.TOP_UP, reference=reference))
        assert (topped.status, topped.amount, topped.reference) == (
            ReceiptStatus.AUTHORISED,
            EUR_120,
            reference,
        )
        captured = stand.gateway.perform(
            self.order(stand, OrderKind.CAPTURE, Money("100.00", "EUR"), reference=reference)
        )
        assert (captured.status, captured.amount) == (ReceiptStatus.CAPTURED, Money("100.00", "EUR"))
        refunded = stand.gateway.perform(
            self.order(stand, OrderKind.REFUND, Money("30.50", "EUR"), reference=reference)
        )
        assert (refunded.status, refunded.amount) == (ReceiptStatus.REFUNDED, Money("30.50", "EUR"))
        assert refunded.operation
        assert stand.totals(reference) == (EUR_120, Money("100.00", "EUR"), Money("30.50", "EUR"))

    def test_a_card_is_charged_at_once(self, stand):
        made = stand.gateway.perform(self.order(stand, OrderKind.CHARGE))
        assert made.status is ReceiptStatus.CAPTURED
        assert stand.totals(made.reference)[1] == EUR_120

    def test_a_void_lets_go_of_an_authorisation(self, stand):
        order = self.prepared(stand, OrderKind.VOID)
        assert stand.gateway.perform(order).status is ReceiptStatus.VOIDED
        with pytest.raises(GatewayRefused):
            stand.gateway.perform(self.order(stand, OrderKind.CAPTURE, EUR_80, reference=order.reference))
        assert stand.totals(order.reference)[1] == Money("0.00", "EUR")

    @pytest.mark.parametrize("amount", [Money(12000, "JPY"), Money("1.250", "KWD")], ids=str)
    def test_currencies_without_and_with_three_decimals(self, stand, amount):
        made = stand.gateway.perform(self.order(stand, OrderKind.CHARGE, amount))
        assert made.amount == amount
        assert stand.totals(made.reference)[1] == amount

    @pytest.mark.parametrize("kind", list(OrderKind))
    def test_one_key_moves_money_once(self, stand, kind):
        order = self.prepared(stand, kind)
        first = stand.gateway.perform(order)
        totals = stand.totals(first.reference)
        assert stand.gateway.perform(order) == first
        assert stand.totals(first.reference) == totals

    @pytest.mark.parametrize("kind", list(OrderKind))
    def test_what_became_of_an_order_can_be_asked(self, stand, kind):
        order = self.prepared(stand, kind)
        assert stand.gateway.outcome(order) is None
        made = stand.gateway.perform(order)
        told = stand.gateway.outcome(order)
        assert (told.status, told.reference, told.amount) == (made.status, made.reference, made.amount)

    def test_a_declined_card_moves_nothing_and_is_declined_again(self, stand):
        order = self.order(stand, OrderKind.CHARGE, token=stand.bad_card)
        for _ in range(2):
            with pytest.raises(Declined):
                stand.gateway.perform(order)
        with pytest.raises(Declined):
            stand.gateway.outcome(order)

    @pytest.mark.parametrize("kind", [OrderKind.CHARGE, OrderKind.CAPTURE, OrderKind.VOID, OrderKind.REFUND])
    @pytest.mark.parametrize("lie", DONE_UNHEARD)
    def test_done_but_not_heard_is_unknown_then_found_and_never_done_twice(self, stand, kind, lie):
        order = self.prepared(stand, kind)
        stand.processor.lies.append(lie)
        with pytest.raises(OutcomeUnknown):
            stand.gateway.perform(order)
        found = stand.gateway.outcome(order)
        assert found.amount == EUR_80
        totals = stand.totals(found.reference)
        assert stand.gateway.perform(order).reference == found.reference
        assert stand.totals(found.reference) == totals

    def test_not_done_and_not_heard_is_unknown_then_done_by_asking_again(self, stand):
        order = self.prepared(stand, OrderKind.CAPTURE)
        stand.processor.lies.append(Lie.SILENT_BEFORE)
        with pytest.raises(OutcomeUnknown):
            stand.gateway.perform(order)
        assert stand.gateway.outcome(order) is None
        assert stand.gateway.perform(order).amount == EUR_80

    def test_an_order_that_arrives_late_after_its_repetition_does_nothing(self, stand):
        order = self.prepared(stand, OrderKind.REFUND)
        stand.processor.lies.append(Lie.LATE)
        with pytest.raises(OutcomeUnknown):
            stand.gateway.perform(order)
        assert stand.gateway.perform(order).amount == EUR_80
        stand.processor.released.set()
        assert stand.processor.late_arrived.wait(timeout=60)
        assert stand.totals(order.reference)[2] == EUR_80

    def test_an_answer_about_another_amount_is_not_believed(self, stand):
        order = self.prepared(stand, OrderKind.CAPTURE)
        stand.processor.lies.append(Lie.WRONG)
        with pytest.raises(OutcomeUnknown):
            stand.gateway.perform(order)
        assert stand.gateway.outcome(order).amount == EUR_80

    def test_a_second_answer_is_not_taken_for_that_of_the_next_order(self, stand):
        stand.processor.lies.append(Lie.TWICE)
        first = stand.gateway.perform(self.order(stand, OrderKind.CHARGE, EUR_80, key="a"))
        second = stand.gateway.perform(self.order(stand, OrderKind.CHARGE, EUR_120, key="b"))
        assert (first.amount, second.amount) == (EUR_80, EUR_120)
        assert first.reference != second.reference

    def test_a_busy_processor_refuses_for_the_moment(self, stand):
        order = self.prepared(stand, OrderKind.CAPTURE)
        stand.processor.lies.append(Lie.BUSY)
        with pytest.raises((GatewayRefused, OutcomeUnknown)) as caught:
            stand.gateway.perform(order)
        assert getattr(caught.value, "is_temporary", True)
        assert stand.gateway.perform(order).amount == EUR_80

    def test_a_processor_that_is_not_there_was_never_asked(self, stand):
        stand.processor.stop()
        with pytest.raises(GatewayRefused) as caught:
            stand.gateway.perform(self.order(stand, OrderKind.CHARGE))
        assert (caught.value.code, caught.value.is_temporary) == ("unreachable", True)

    def test_more_than_captured_is_not_refunded(self, stand):
        order = self.prepared(stand, OrderKind.REFUND)
        with pytest.raises(GatewayRefused) as caught:
            stand.gateway.perform(self.order(stand, OrderKind.REFUND, EUR_120, reference=order.reference))
        assert not caught.value.is_temporary
        assert stand.totals(order.reference)[2] == Money("0.00", "EUR")

    def test_one_key_is_not_taken_for_another_order(self, stand):
        stand.gateway.perform(self.order(stand, OrderKind.CHARGE, EUR_80, key="same"))
        with pytest.raises(GatewayRefused):
            stand.gateway.perform(self.order(stand, OrderKind.CHARGE, EUR_120, key="same"))

    def test_a_guest_gives_a_card_at_the_processors_page(self, stand):
        order = PageOrder("page-1", "http://127.0.0.1/back")
        page = stand.gateway.page_open(order)
        assert (page.is_open, page.card, page.receipt) == (True, None, None)
        assert stand.gateway.page_open(order) == page
        stand.give_card(page.url)
        filled = stand.gateway.page_read(page.reference)
        assert (filled.is_open, filled.url, filled.receipt) == (False, "", None)
        assert (filled.card.brand, filled.card.last4, filled.card.expires) == ("visa", "4242", "2030-12")
        charged = stand.gateway.perform(self.order(stand, OrderKind.CHARGE, token=filled.card.token))
        assert charged.amount == EUR_120

    def test_a_forgotten_card_is_charged_no_more_but_what_it_paid_goes_back(self, stand):
        page = stand.gateway.page_open(PageOrder("page-6", "http://127.0.0.1/back"))
        stand.give_card(page.url)
        card = stand.gateway.page_read(page.reference).card
        paid = stand.gateway.perform(self.order(stand, OrderKind.CHARGE, key="c1", token=card.token))
        for _ in range(2):
            stand.gateway.card_forget(card.token)
        with pytest.raises(GatewayRefused):
            stand.gateway.perform(self.order(stand, OrderKind.CHARGE, key="c2", token=card.token))
        refund = self.order(stand, OrderKind.REFUND, key="r1", reference=paid.reference)
        assert stand.gateway.perform(refund).amount == EUR_120

    def test_a_guest_pays_at_the_processors_page(self, stand):
        page = stand.gateway.page_open(PageOrder("page-2", "http://127.0.0.1/back", EUR_80, "Your stay"))
        stand.give_card(page.url)
        receipt = stand.gateway.page_read(page.reference).receipt
        assert (receipt.status, receipt.amount) == (ReceiptStatus.CAPTURED, EUR_80)
        assert stand.totals(receipt.reference)[1] == EUR_80
        refund = self.order(stand, OrderKind.REFUND, EUR_80, reference=receipt.reference)
        assert stand.gateway.perform(refund).status is ReceiptStatus.REFUNDED

    def test_a_closed_page_takes_neither_card_nor_money(self, stand):
        page = stand.gateway.page_open(PageOrder("page-3", "http://127.0.0.1/back", EUR_80))
        closed = stand.gateway.page_close(page.reference)
        assert (closed.reference, closed.is_open, closed.url) == (page.reference, False, "")
        stand.give_card(page.url)
        assert stand.gateway.page_close(page.reference) == stand.gateway.page_read(page.reference) == closed
        assert (closed.card, closed.receipt) == (None, None)

    def test_closing_a_page_that_was_paid_tells_of_the_payment(self, stand):
        page = stand.gateway.page_open(PageOrder("page-4", "http://127.0.0.1/back", EUR_80))
        stand.give_card(page.url)
        closed = stand.gateway.page_close(page.reference)
        assert (closed.is_open, closed.card.last4, closed.receipt.amount) == (False, "4242", EUR_80)
        assert closed == stand.gateway.page_read(page.reference)

    @pytest.mark.parametrize("lie", DONE_UNHEARD)
    def test_a_page_made_or_closed_but_not_heard_of_is_unknown_and_there_is_one(self, stand, lie):
        order = PageOrder("page-5", "http://127.0.0.1/back", EUR_80)
        stand.processor.page_lies.append(lie)
        with pytest.raises(OutcomeUnknown):
            stand.gateway.page_open(order)
        page = stand.gateway.page_open(order)
        assert page == stand.gateway.page_open(order)
        stand.processor.page_lies.append(lie)
        with pytest.raises(OutcomeUnknown):
            stand.gateway.page_close(page.reference)
        assert not stand.gateway.page_read(page.reference).is_open

    @pytest.mark.parametrize("kind", sorted(set(NoticeKind) - {NoticeKind.OTHER}))
    def test_a_genuine_notice_is_read(self, stand, kind):
        body, headers = stand.notice(kind, "ref-1")
        notice = stand.gateway.notice_read(body, headers)
        assert (notice.kind, notice.reference) == (kind, "ref-1")
        assert notice.event
        is_dispute = kind in (NoticeKind.CHARGEBACK, NoticeKind.CHARGEBACK_WON)
        told = (EUR_80, "dp-1", Money(15, "EUR")) if is_dispute else (None, "", None)
        assert (notice.amount, notice.dispute, notice.fee) == told
        assert stand.gateway.notice_read(body, {n.upper(): v for n, v in headers.items()}) == notice

    def test_a_forged_notice_is_refused(self, stand):
        body, headers = stand.notice(NoticeKind.PAYMENT, "ref-1")
        name, value = next((n, v) for n, v in headers.items() if "signature" in n.lower())
        forgeries = [
            (body.replace(b"ref-1", b"ref-2"), headers),
            (body, {}),
            (body, {name: value[:-4] + "0000"}),
            (body, {name: "nonsense"}),
            (b"{}", headers),
        ]
        for forged in forgeries:
            with pytest.raises(ForgedNotice):
                stand.gateway.notice_read(*forged)

    @pytest.mark.parametrize("lie", [Lie.SILENT_AFTER, Lie.BROKEN, Lie.BUSY, Lie.DECLINE])
    def test_errors_tell_no_secret(self, stand, lie):
        order = self.prepared(stand, OrderKind.CAPTURE)
        stand.processor.lies.append(lie)
        with pytest.raises(ExternalFailure) as caught:
            stand.gateway.perform(order)
        told = f"{caught.value.message} {caught.value.extra} {stand.gateway.credentials!r}"
        assert not [secret for secret in SECRETS if secret in told]
