"""The client of the simulated processor."""

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import httpx
from django.conf import settings
from moneyed import CurrencyDoesNotExist, Money

from hotel.core.clock import now
from hotel.folios.adapters.base import (
    Card,
    Credentials,
    Declined,
    ForgedNotice,
    GatewayRefused,
    Notice,
    NoticeKind,
    Order,
    OutcomeUnknown,
    Page,
    PageOrder,
    Receipt,
    ReceiptStatus,
    receipt_checked,
)
from hotel.folios.adapters.http import NOT_SENT, one_call_client
from hotel.folios.adapters.simulator.server import KEY_ID, SIGNATURE_HEADER
from hotel.messaging.domain.signatures import is_genuine

_BUSY = {429, 503}
_TOPICS = {kind.value: kind for kind in NoticeKind}


class SimulatorGateway:
    """See Gateway."""

    def __init__(self, credentials: Credentials, url: str = "", timeout: httpx.Timeout | None = None) -> None:
        self.credentials = credentials
        self.url = url or settings.SIMULATOR_URL
        self.client = one_call_client(timeout)

    def perform(self, order: Order) -> Receipt:
        """See Gateway."""
        given = {
            "kind": order.kind.value,
            "amount": str(order.amount.amount),
            "currency": order.amount.currency.code,
            "payment": order.reference,
            "card": order.token,
            "description": order.description,
            "notify_url": order.notify_url,
        }
        return receipt_checked(order, _receipt(self._call("POST", "/v1/orders", key=order.key, given=given)))

    def outcome(self, order: Order) -> Receipt | None:
        """See Gateway."""
        try:
            answer = self._call("GET", f"/v1/orders/{order.key}")
        except GatewayRefused as refusal:
            if refusal.code == "unknown_order":
                return None
            raise
        return receipt_checked(order, _receipt(answer))

    def page_open(self, order: PageOrder) -> Page:
        """See Gateway."""
        given = {
            "return_url": order.return_url,
            "amount": str(order.amount.amount) if order.amount else "",
            "currency": order.amount.currency.code if order.amount else "",
            "description": order.description,
            "notify_url": order.notify_url,
        }
        return _page(self._call("POST", "/v1/pages", key=order.key, given=given))

    def page_read(self, reference: str) -> Page:
        """See Gateway."""
        return _page(self._call("GET", f"/v1/pages/{reference}"))

    def page_close(self, reference: str) -> Page:
        """See Gateway."""
        return _page(self._call("DELETE", f"/v1/pages/{reference}"))

    def card_forget(self, token: str) -> None:
        """See Gateway."""
        self._call("DELETE", f"/v1/cards/{token}")

    def notice_read(self, body: bytes, headers: Mapping[str, str]) -> Notice:
        """See Gateway."""
        given = {name.lower(): value for name, value in headers.items()}
        header, secret = given.get(SIGNATURE_HEADER.lower(), ""), self.credentials.webhook_secret
        if not is_genuine(header, body, secrets={KEY_ID: secret}, moment=int(now().timestamp())):
            raise ForgedNotice("The signature is not the processor's.")
        try:
            told = json.loads(body)
            kind = _TOPICS.get(told["topic"], NoticeKind.OTHER)
            amount, fee = (
                Money(Decimal(told[name]), told["currency"]) if name in told else None
                for name in ("amount", "fee")
            )
            dispute = str(told.get("dispute", ""))
            return Notice(
                str(told["event"]), kind, str(told["reference"]), told["topic"], amount, dispute, fee
            )
        except (ValueError, KeyError, TypeError, InvalidOperation, CurrencyDoesNotExist) as error:
            raise ForgedNotice("The body is not a notice.") from error

    def _call(self, method: str, path: str, *, key: str = "", given: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {self.credentials.api_key}"}
        if key:
            headers["Idempotency-Key"] = key
        try:
            response = self.client.request(method, f"{self.url}{path}", json=given, headers=headers)
        except NOT_SENT as error:
            raise GatewayRefused(
                "The card processor cannot be reached.", code="unreachable", is_temporary=True
            ) from error
        except httpx.HTTPError as error:
            raise OutcomeUnknown(f"No answer from the card processor ({type(error).__name__}).") from error
        return _understood(response)


def _understood(response: httpx.Response) -> Any:
    try:
        answer = response.json()
        if response.is_success:
            return answer
        code, message = str(answer["error"]), str(answer["message"])
    except (ValueError, KeyError, TypeError) as error:
        raise OutcomeUnknown(f"The card processor answered {response.status_code} without sense.") from error
    if response.status_code == 402:
        raise Declined(message, code=code)
    if response.status_code in _BUSY or 400 <= response.status_code < 500:
        raise GatewayRefused(message, code=code, is_temporary=response.status_code in _BUSY)
    raise OutcomeUnknown(f"The card processor answered {response.status_code}.")


def _receipt(answer: Any) -> Receipt:
    try:
        amount = Money(Decimal(answer["amount"]), answer["currency"])
        return Receipt(ReceiptStatus(answer["status"]), answer["payment"], amount, answer["operation"])
    except (ValueError, KeyError, TypeError, InvalidOperation, CurrencyDoesNotExist) as error:
        raise OutcomeUnknown("The card processor's answer names no payment.") from error


def _page(answer: Any) -> Page:
    try:
        card = answer["card"] and Card(
            **{name: answer["card"][name] for name in ("token", "brand", "bin", "last4", "expires")}
        )
        receipt = answer["receipt"] and _receipt(answer["receipt"])
        return Page(answer["page"], answer["url"], answer["is_open"], card, receipt)
    except (KeyError, TypeError) as error:
        raise OutcomeUnknown("The card processor's answer names no page.") from error
