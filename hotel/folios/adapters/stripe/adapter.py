"""Stripe by its own SDK: payment intents, refunds, hosted checkout pages, webhooks.

An authorisation is two calls: the intent is made (no money moves), then confirmed. Both carry our key, and the intent
remembers it in its metadata, by which it is found when an answer was lost.
Source: Stripe's API reference, "Payment Intents", "Idempotent requests", "Checkout"; docs/algorithms/payments.md.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

import httpx
import stripe
from django.conf import settings
from moneyed import Money

from hotel.folios.adapters.base import (
    Card,
    Credentials,
    Declined,
    ForgedNotice,
    GatewayRefused,
    Notice,
    NoticeKind,
    Order,
    OrderKind,
    OutcomeUnknown,
    Page,
    PageOrder,
    Receipt,
    ReceiptStatus,
    receipt_checked,
)
from hotel.folios.adapters.http import NOT_SENT, one_call_client
from hotel.folios.adapters.stripe.amounts import from_stripe, to_stripe

KEY = "auberge_key"
_EXPANDED = ["payment_intent.payment_method", "setup_intent.payment_method"]
_SIGNATURE = "stripe-signature"
_TOLERANCE_SECONDS = 300
_STATUS = {
    "requires_capture": ReceiptStatus.AUTHORISED,
    "succeeded": ReceiptStatus.CAPTURED,
    "canceled": ReceiptStatus.VOIDED,
}


class _Transport(stripe.HTTPClient):
    """The SDK's way to the network, without its pool: see ``one_call_client``."""

    name = "httpx"

    def __init__(self, client: httpx.Client) -> None:
        super().__init__()
        self.client = client

    def request(self, method: str, url: str, headers: Any, post_data: Any = None, **more: Any) -> Any:
        """See stripe.HTTPClient."""
        try:
            response = self.client.request(method, url, headers=dict(headers), content=post_data)
        except httpx.HTTPError as error:
            raise stripe.APIConnectionError(f"No answer ({type(error).__name__}).") from error
        return response.content, response.status_code, response.headers

    def close(self) -> None:
        """See stripe.HTTPClient."""
        self.client.close()


class StripeGateway:
    """See Gateway. Retries are ours, not the SDK's, because each is written down."""

    def __init__(self, credentials: Credentials, url: str = "", timeout: httpx.Timeout | None = None) -> None:
        self.credentials = credentials
        client = stripe.StripeClient(
            credentials.api_key,
            http_client=_Transport(one_call_client(timeout)),
            max_network_retries=0,
            base_addresses={"api": url or settings.STRIPE_API_BASE},
        )
        self.intents, self.refunds = client.v1.payment_intents, client.v1.refunds
        self.pages, self.customers = client.v1.checkout.sessions, client.v1.customers

    def perform(self, order: Order) -> Receipt:
        """See Gateway."""
        deeds: dict[OrderKind, Callable[[Order], Receipt]] = {
            OrderKind.AUTHORISE: self._authorise,
            OrderKind.CHARGE: self._authorise,
            OrderKind.REFUND: self._refund,
        }
        with _understood():
            return receipt_checked(order, deeds.get(order.kind, self._change)(order))

    def outcome(self, order: Order) -> Receipt | None:
        """See Gateway."""
        with _understood():
            if order.kind is OrderKind.REFUND:
                return self._refund_found(order)
            intent = self._intent_found(order)
            if intent is None:
                return None
            _refuse_declined(order, intent)
            return _if_done(order, intent)

    def page_open(self, order: PageOrder) -> Page:
        """See Gateway. Stripe adds nothing to the address the guest returns to: we ask by our own key."""
        given: Any = {
            "mode": "payment" if order.amount else "setup",
            "client_reference_id": order.key,
            "payment_method_types": ["card"],
            "customer_creation": "always",
            "success_url": order.return_url,
            "cancel_url": order.return_url,
            "expand": _EXPANDED,
        }
        if order.amount:
            name = order.description or "Payment"
            price = {"currency": order.amount.currency.code.lower(), "unit_amount": to_stripe(order.amount)}
            line = {"quantity": 1, "price_data": {**price, "product_data": {"name": name}}}
            kept = {"setup_future_usage": "off_session", "metadata": {KEY: order.key}}
            given |= {"line_items": [line], "payment_intent_data": kept}
        with _understood():
            return _page(self.pages.create(given, {"idempotency_key": order.key}).to_dict())

    def page_read(self, reference: str) -> Page:
        """See Gateway."""
        with _understood():
            return _page(self.pages.retrieve(reference, {"expand": _EXPANDED}).to_dict())

    def page_close(self, reference: str) -> Page:
        """See Gateway. Stripe refuses to close a page that was used or closed already: then we ask how it stands."""
        with _understood():
            try:
                return _page(self.pages.expire(reference, {"expand": _EXPANDED}).to_dict())
            except stripe.InvalidRequestError:
                return self.page_read(reference)

    def card_forget(self, token: str) -> None:
        """See Gateway. Each page makes a customer of its own, who is deleted with his cards.

        A method without a customer was for one payment and cannot be charged again.
        """
        customer = token.rpartition(":")[0]
        if not customer:
            return
        with _understood():
            try:
                self.customers.delete(customer)
            except stripe.InvalidRequestError as error:
                if error.code != "resource_missing":
                    raise

    def notice_read(self, body: bytes, headers: Mapping[str, str]) -> Notice:
        """See Gateway."""
        header = next((value for name, value in headers.items() if name.lower() == _SIGNATURE), "")
        try:
            secret = self.credentials.webhook_secret
            stripe.WebhookSignature.verify_header(body, header, secret, _TOLERANCE_SECONDS)
            event = json.loads(body)
            return _notice(event["id"], event["type"], event["data"]["object"])
        except (stripe.SignatureVerificationError, ValueError, KeyError, TypeError) as error:
            raise ForgedNotice("The signature is not Stripe's, or the body is not an event.") from error

    def _authorise(self, order: Order) -> Receipt:
        customer, _, method = order.token.rpartition(":")
        given: Any = {
            "amount": to_stripe(order.amount),
            "currency": order.amount.currency.code.lower(),
            "payment_method": method,
            "payment_method_types": ["card"],
            "capture_method": "automatic" if order.kind is OrderKind.CHARGE else "manual",
            "metadata": {KEY: order.key},
        }
        if customer:
            given["customer"] = customer
        if order.description:
            given["description"] = order.description
        if order.kind is OrderKind.AUTHORISE:
            asked = {"request_incremental_authorization": "if_available"}
            given["payment_method_options"] = {"card": asked}
        intent = self.intents.create(given, {"idempotency_key": order.key})
        sent: Any = {"off_session": True}
        confirmed = self.intents.confirm(intent.id, sent, {"idempotency_key": f"{order.key}:confirm"})
        return _receipt(order, confirmed.to_dict())

    def _change(self, order: Order) -> Receipt:
        amount = to_stripe(order.amount)
        call: Any = {
            OrderKind.TOP_UP: partial(
                self.intents.increment_authorization, order.reference, {"amount": amount}
            ),
            OrderKind.CAPTURE: partial(self.intents.capture, order.reference, {"amount_to_capture": amount}),
            OrderKind.VOID: partial(self.intents.cancel, order.reference, {}),
        }[order.kind]
        return _receipt(order, call({"idempotency_key": order.key}).to_dict())

    def _refund(self, order: Order) -> Receipt:
        given: Any = {
            "payment_intent": order.reference,
            "amount": to_stripe(order.amount),
            "metadata": {KEY: order.key},
        }
        return _refunded(order, self.refunds.create(given, {"idempotency_key": order.key}).to_dict())

    def _refund_found(self, order: Order) -> Receipt | None:
        made = self.refunds.list({"payment_intent": order.reference, "limit": 100})
        for refund in made.auto_paging_iter():
            if (told := refund.to_dict())["metadata"].get(KEY) == order.key:
                return receipt_checked(order, _refunded(order, told))
        return None

    def _intent_found(self, order: Order) -> dict[str, Any] | None:
        if order.reference:
            return self.intents.retrieve(order.reference).to_dict()
        found = self.intents.search({"query": f"metadata['{KEY}']:'{order.key}'"}).data
        # The index lags behind: the intent itself is asked how it stands.
        return self.intents.retrieve(found[0].id).to_dict() if found else None


@contextmanager
def _understood() -> Iterator[None]:
    """Stripe's errors as ours."""
    try:
        yield
    except stripe.CardError as error:
        raise Declined(error.user_message or "Declined.", code=_word(error)) from error
    except stripe.APIConnectionError as error:
        if isinstance(error.__cause__, NOT_SENT):
            raise GatewayRefused(
                "Stripe cannot be reached.", code="unreachable", is_temporary=True
            ) from error
        raise OutcomeUnknown(f"No answer from Stripe ({type(error.__cause__).__name__}).") from error
    except stripe.RateLimitError as error:
        raise GatewayRefused("Stripe is busy.", code="busy", is_temporary=True) from error
    except (stripe.InvalidRequestError, stripe.AuthenticationError, stripe.PermissionError) as error:
        raise GatewayRefused(_text(error), code=_word(error)) from error
    except stripe.IdempotencyError as error:
        if error.http_status == 409:  # the first request with this key is still running
            raise OutcomeUnknown("Stripe is still working on this.") from error
        raise GatewayRefused(_text(error), code="key_reused") from error
    except (stripe.StripeError, KeyError, TypeError, AttributeError, ValueError) as error:
        raise OutcomeUnknown(f"Stripe's answer makes no sense ({type(error).__name__}).") from error


def _word(error: stripe.StripeError) -> str:
    decline = getattr(error.error, "decline_code", None) if error.error else None
    return str(decline or error.code or "refused")[:40]


def _text(error: stripe.StripeError) -> str:
    """Stripe's words, except where they repeat a part of our key."""
    is_about_keys = isinstance(error, stripe.AuthenticationError)
    return "Stripe does not accept our key." if is_about_keys else error.user_message or "Stripe refused."


def _refuse_declined(order: Order, intent: dict[str, Any]) -> None:
    """An intent that fell back to waiting for a card was declined."""
    failure = intent.get("last_payment_error")
    if failure and intent["status"] == "requires_payment_method" and not order.reference:
        code = failure.get("decline_code") or failure.get("code") or "declined"
        raise Declined(failure.get("message") or "Declined.", code=code)


def _if_done(order: Order, intent: dict[str, Any]) -> Receipt | None:
    """A receipt when the intent shows that the order was carried out."""
    wanted = {
        OrderKind.AUTHORISE: {"requires_capture", "succeeded"},
        OrderKind.CHARGE: {"succeeded"},
        OrderKind.TOP_UP: {"requires_capture"},
        OrderKind.CAPTURE: {"succeeded"},
        OrderKind.VOID: {"canceled"},
    }[order.kind]
    if intent["status"] == "processing":
        raise OutcomeUnknown("Stripe is still working on this.")
    if intent["status"] not in wanted:
        return None
    if order.kind is OrderKind.TOP_UP and from_stripe(intent["amount"], intent["currency"]) != order.amount:
        return None
    return receipt_checked(order, _receipt(order, intent))


def _receipt(order: Order, intent: dict[str, Any]) -> Receipt:
    if intent["status"] == "requires_action":
        raise Declined("The bank wants the guest to confirm this payment.", code="authentication_required")
    status = _STATUS.get(intent["status"])
    if status is None:
        raise OutcomeUnknown(f"Stripe is still working on this ({intent['status']}).")
    if order.kind is OrderKind.VOID:
        return Receipt(status, intent["id"], order.amount)
    units = intent["amount_received"] if status is ReceiptStatus.CAPTURED else intent["amount"]
    return Receipt(status, intent["id"], from_stripe(units, intent["currency"]))


def _refunded(order: Order, refund: dict[str, Any]) -> Receipt:
    if refund["status"] in ("failed", "canceled"):
        code = refund.get("failure_reason") or "refund_failed"
        raise Declined("The bank did not take the refund.", code=code)
    if refund["status"] != "succeeded":
        raise OutcomeUnknown(f"The refund is {refund['status']}.")
    amount = from_stripe(refund["amount"], refund["currency"])
    return Receipt(ReceiptStatus.REFUNDED, refund["payment_intent"], amount, refund["id"])


def _page(session: dict[str, Any]) -> Page:
    intent = session.get("payment_intent") or session.get("setup_intent") or {}
    method = intent.get("payment_method") if isinstance(intent, dict) else None
    card, receipt = None, None
    if isinstance(method, dict):
        card = _card(method, session.get("customer") or "")
    if session["mode"] == "payment" and intent and intent["status"] == "succeeded":
        amount = from_stripe(intent["amount_received"], intent["currency"])
        receipt = Receipt(ReceiptStatus.CAPTURED, intent["id"], amount)
    is_open = session["status"] == "open"
    return Page(session["id"], (session.get("url") or "") if is_open else "", is_open, card, receipt)


def _card(method: dict[str, Any], customer: str) -> Card:
    shown = method["card"]
    return Card(
        token=f"{customer}:{method['id']}" if customer else method["id"],
        brand=shown["brand"],
        bin=shown.get("iin") or "",
        last4=shown["last4"],
        expires=f"{shown['exp_year']:04}-{shown['exp_month']:02}",
    )


def _notice(event: str, topic: str, thing: dict[str, Any]) -> Notice:
    if (kind := _dispute_kind(topic, thing)) is not None:
        amount = from_stripe(thing["amount"], thing["currency"])
        fee = _dispute_fee(kind, thing)
        return Notice(event, kind, thing["payment_intent"], topic, amount, thing["id"], fee)
    if topic.startswith("charge.dispute."):
        return Notice(event, NoticeKind.OTHER, thing["id"], topic)
    if topic.startswith("checkout.session."):
        return Notice(event, NoticeKind.PAGE, thing["id"], topic)
    if topic.startswith("payment_intent."):
        return Notice(event, NoticeKind.PAYMENT, thing["id"], topic)
    if topic.startswith("charge."):
        return Notice(event, NoticeKind.PAYMENT, thing.get("payment_intent") or "", topic)
    return Notice(event, NoticeKind.OTHER, str(thing.get("id", "")), topic)


def _dispute_kind(topic: str, dispute: dict[str, Any]) -> NoticeKind | None:
    """What an event says of the money of a dispute; None when it moves none, such as an inquiry or a lost one.

    Source: Stripe's API reference, "Types of events", ``charge.dispute.*``; "The Dispute object", ``status``.
    """
    is_inquiry = str(dispute.get("status", "")).startswith("warning_")
    if topic == "charge.dispute.funds_withdrawn" or (topic == "charge.dispute.created" and not is_inquiry):
        return NoticeKind.CHARGEBACK
    is_won = topic == "charge.dispute.closed" and dispute["status"] == "won"
    return NoticeKind.CHARGEBACK_WON if is_won or topic == "charge.dispute.funds_reinstated" else None


def _dispute_fee(kind: NoticeKind, dispute: dict[str, Any]) -> Money | None:
    """The fee kept, or given back when the dispute is won, as its movements in the dispute's currency say."""
    sign = 1 if kind is NoticeKind.CHARGEBACK else -1
    moved = [
        sign * row["fee"]
        for row in dispute.get("balance_transactions") or ()
        if row["currency"] == dispute["currency"] and sign * row["fee"] > 0
    ]
    return from_stripe(sum(moved), dispute["currency"]) if moved else None
