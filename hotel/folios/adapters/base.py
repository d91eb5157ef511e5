"""What every card processor's adapter promises, in values that know neither our models nor a provider.

Card numbers never reach the house: guests type them into a page that the processor hosts, and we get a token, the
brand, the first six and the last four digits.
Source: docs/algorithms/payments.md; security reference §4.6.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from moneyed import Money

from hotel.core.exceptions import ExternalFailure


class OrderKind(StrEnum):
    """What we ask a processor to do."""

    AUTHORISE = "authorise"
    CHARGE = "charge"
    TOP_UP = "top_up"
    CAPTURE = "capture"
    VOID = "void"
    REFUND = "refund"


class ReceiptStatus(StrEnum):
    """What a processor did."""

    AUTHORISED = "authorised"
    CAPTURED = "captured"
    VOIDED = "voided"
    REFUNDED = "refunded"


class NoticeKind(StrEnum):
    """What a processor tells us of its own accord; anything else is ``OTHER`` and only kept."""

    PAYMENT = "payment"
    PAGE = "page"
    CHARGEBACK = "chargeback"
    CHARGEBACK_WON = "chargeback_won"
    OTHER = "other"


DONE_BY = {
    OrderKind.AUTHORISE: ReceiptStatus.AUTHORISED,
    OrderKind.CHARGE: ReceiptStatus.CAPTURED,
    OrderKind.TOP_UP: ReceiptStatus.AUTHORISED,
    OrderKind.CAPTURE: ReceiptStatus.CAPTURED,
    OrderKind.VOID: ReceiptStatus.VOIDED,
    OrderKind.REFUND: ReceiptStatus.REFUNDED,
}


@dataclass(frozen=True)
class Credentials:
    """Whose account at the processor.

    Attributes:
        api_key: authenticates our calls.
        webhook_secret: signs the processor's calls to us.
    """

    api_key: str = field(repr=False)
    webhook_secret: str = field(repr=False)


@dataclass(frozen=True)
class Card:
    """A card as far as we may know it.

    Attributes:
        token: stands for the card at this processor, in this account only.
        brand: ``visa``, ``mastercard`` …, lower case.
        bin: first six digits; empty when the processor does not tell.
        last4: last four digits.
        expires: month of expiry, ``YYYY-MM``, valid to its end.
    """

    token: str
    brand: str
    bin: str
    last4: str
    expires: str


@dataclass(frozen=True)
class Order:
    """One request to move money or to reserve it.

    Attributes:
        kind: what to do.
        key: ours, unique; a processor carries out one key once, however often it is sent.
        amount: authorise, charge, capture, refund: this much; top up: the new total; void: what is released.
        reference: the processor's id of the payment; empty for authorise and charge.
        token: of the card; needed for authorise and charge only.
        description: for the guest's statement.
        notify_url: where the processor may tell of changes; processors with a fixed address ignore it.
    """

    kind: OrderKind
    key: str
    amount: Money
    reference: str = ""
    token: str = ""
    description: str = ""
    notify_url: str = ""


@dataclass(frozen=True)
class Receipt:
    """What a processor did with an order.

    Attributes:
        status: what was done.
        reference: the processor's id of the payment.
        amount: of this step; for a top up the new total.
        operation: the processor's id of this step, such as of the refund; may be empty.
    """

    status: ReceiptStatus
    reference: str
    amount: Money
    operation: str = ""


@dataclass(frozen=True)
class PageOrder:
    """A page at the processor where a guest gives a card, and pays when there is an amount.

    Attributes:
        key: ours, unique; the same key gets the same page.
        return_url: where the guest's browser goes afterwards.
        amount: to be paid; None only keeps the card.
        description: shown to the guest.
        notify_url: see Order.
    """

    key: str
    return_url: str
    amount: Money | None = None
    description: str = ""
    notify_url: str = ""


@dataclass(frozen=True)
class Page:
    """A hosted page.

    Attributes:
        reference: the processor's id of it.
        url: where to send the guest; empty once it is closed.
        is_open: whether the guest may still use it.
        card: what he gave; None as long as he did not.
        receipt: of the payment; None as long as nothing was paid.
    """

    reference: str
    url: str
    is_open: bool
    card: Card | None = None
    receipt: Receipt | None = None


@dataclass(frozen=True)
class Notice:
    """A webhook whose signature was right: a pointer, not the truth; we ask the processor what is the case.

    Attributes:
        event: the processor's id of the event, the same when it is told again.
        kind: what it is about.
        reference: id of the payment or page.
        topic: the processor's own word for it.
        amount: of a chargeback, taken back or given back; None else.
        dispute: the processor's id of the dispute, the same in all events about it.
        fee: kept by the processor for a chargeback, or given back when it is won, in the currency of the amount; None
            when he tells of none.
    """

    event: str
    kind: NoticeKind
    reference: str
    topic: str
    amount: Money | None = None
    dispute: str = ""
    fee: Money | None = None


class GatewayError(ExternalFailure):
    """A processor did not do what it was asked."""

    code = "gateway_error"


class Declined(GatewayError):
    """The bank said no. Nothing moved; the same order will be declined again."""

    status = 422
    code = "payment_declined"


class GatewayRefused(GatewayError):
    """The processor did not take the order, or was never reached. Nothing moved.

    Attributes:
        is_temporary: whether the same order may work later.
    """

    code = "gateway_refused"

    def __init__(self, message: str, *, code: str = "", is_temporary: bool = False) -> None:
        super().__init__(message, code=code)
        self.is_temporary = is_temporary


class OutcomeUnknown(GatewayError):
    """The order may have been carried out or not: no answer, or one that makes no sense. Ask again."""

    code = "outcome_unknown"


class ForgedNotice(GatewayError):
    """A webhook that this processor did not sign, or signed too long ago."""

    status = 400
    code = "signature_invalid"


class Gateway(Protocol):
    """One account at a card processor. Called outside any transaction; gives up within about ten seconds."""

    def perform(self, order: Order) -> Receipt:
        """Carry out an order; the same key again gives the same receipt.

        Raises:
            Declined, GatewayRefused: nothing moved.
            OutcomeUnknown: it may have.
        """
        ...

    def outcome(self, order: Order) -> Receipt | None:
        """What became of an order sent before; None when it was not carried out (yet). Moves nothing.

        Raises:
            Declined: it was declined.
            OutcomeUnknown, GatewayRefused: the processor does not tell now.
        """
        ...

    def page_open(self, order: PageOrder) -> Page:
        """Make a hosted page. Raises like ``perform``; no money moves by it."""
        ...

    def page_read(self, reference: str) -> Page:
        """How a hosted page stands now. Raises like ``outcome``."""
        ...

    def page_close(self, reference: str) -> Page:
        """Let nobody use a hosted page from now on; the same page again is closed already.

        Returns:
            How it stands afterwards, with the receipt when the guest was quicker; still open while he is paying.

        Raises:
            As ``outcome``: it may be closed, or not.
        """
        ...

    def card_forget(self, token: str) -> None:
        """Let nobody charge a kept card from now on, and forget whose it was; payments made with it can be paid back.

        Repeatable: a card that the processor does not know (any more) is forgotten already.

        Raises:
            As ``outcome``: it may be forgotten, or not.
        """
        ...

    def notice_read(self, body: bytes, headers: Mapping[str, str]) -> Notice:
        """Check and read a webhook.

        Args:
            body: the very bytes received.
            headers: names in any case.

        Raises:
            ForgedNotice: the signature is wrong, missing or too old, or the body makes no sense.
        """
        ...


@cache
def gateway_for(provider: str, credentials: Credentials) -> Gateway:
    """The adapter that settings name for a provider, for one account. Safe for any number of threads.

    Raises:
        KeyError: settings know no such provider.
    """
    return import_string(settings.PAYMENT_PROVIDERS[provider])(credentials)


def receipt_checked(order: Order, receipt: Receipt) -> Receipt:
    """The receipt, if it is one for this order.

    Raises:
        OutcomeUnknown: it tells of another amount, another payment or another deed.
    """
    told = (receipt.status, receipt.amount, order.reference or receipt.reference)
    if told != (DONE_BY[order.kind], order.amount, receipt.reference) or not receipt.reference:
        raise OutcomeUnknown(f"The processor answered an order of {order.amount} by something else.")
    return receipt
