"""How far a payment is, what may be done with it, and what the outcome of an order makes of it: one table.

Source: docs/algorithms/payments.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from hotel.core.actions import Action
from hotel.core.words import _, in_sentence
from hotel.folios.choices import PaymentStatus

PENDING, AUTHORISED, CAPTURED = "pending", "authorised", "captured"
PARTIALLY_REFUNDED, REFUNDED, VOIDED = "partially_refunded", "refunded", "voided"
FAILED, UNKNOWN = "failed", "unknown"

# A processor remembers a key for a day; within this time an order may be sent again under it.
KEY_REMEMBERED = timedelta(hours=23)


@dataclass(frozen=True)
class Standing:
    """What the table needs to know of a payment.

    Attributes:
        kind: payment, refund, chargeback or reinstated.
        status: see the constants.
        is_card: a processor holds it.
        captured: taken, in the payment's currency.
        taken_back: refunded, being refunded and charged back.
        is_in_flight: an order to the processor is open.
        is_cash: banknotes and coins, which no bank takes back.
    """

    kind: str
    status: str
    is_card: bool
    captured: Decimal = Decimal(0)
    taken_back: Decimal = Decimal(0)
    is_in_flight: bool = False
    is_cash: bool = False

    @property
    def refundable(self) -> Decimal:
        """What may still be paid back; never below zero."""
        return max(self.captured - self.taken_back, Decimal(0))


# command -> (the right it needs on the area ``folios``, the statuses it starts from)
COMMANDS: Mapping[str, tuple[str, frozenset[str]]] = {
    "capture": ("post", frozenset({AUTHORISED})),
    "top_up": ("post", frozenset({AUTHORISED})),
    "void": ("adjust", frozenset({AUTHORISED})),
    "refund": ("adjust", frozenset({CAPTURED, PARTIALLY_REFUNDED})),
    "chargeback": ("adjust", frozenset({CAPTURED, PARTIALLY_REFUNDED, REFUNDED})),
    "reinstate": ("adjust", frozenset({REFUNDED})),
    "clarify": ("post", frozenset({PENDING, AUTHORISED, CAPTURED, PARTIALLY_REFUNDED, UNKNOWN})),
}


def action(name: str, standing: Standing) -> Action:
    """Whether a command may be given now.

    Raises:
        KeyError: no such command.
    """
    _verb, sources = COMMANDS[name]
    if name == "clarify":
        if standing.is_in_flight:
            return Action(name, True)
        return Action(name, False, "payment_is_clear", _("The processor has nothing open for this payment."))
    if standing.is_in_flight:
        reason = _("The processor is still working on this payment. It will be clarified by itself.")
        return Action(name, False, "payment_in_flight", reason)
    if name == "reinstate" and standing.kind != "chargeback":
        return Action(name, False, "payment_kind", _("Only what a bank took back can be given back by it."))
    if name != "reinstate" and standing.kind != "payment":
        return Action(
            name, False, "payment_kind", _("Only a payment can be changed, not what takes it back.")
        )
    if standing.status not in sources:
        reason = _("The payment is %(status)s.") % {
            "status": in_sentence(PaymentStatus(standing.status).label, english=standing.status)
        }
        return Action(name, False, "payment_status", reason)
    if name == "chargeback" and standing.is_cash:
        return Action(
            name, False, "cash_is_final", _("No bank takes banknotes and coins back. Pay it back instead.")
        )
    if name == "refund" and not standing.refundable:
        return Action(name, False, "nothing_to_refund", _("All of it was taken back already."))
    return Action(name, True)


def actions(standing: Standing) -> list[Action]:
    """All commands in the order of the table, each allowed or denied with its reason."""
    return [
        replace(
            action(name, standing), verb=verb, area="folios", approval="refund" if name == "refund" else ""
        )
        for name, (verb, _sources) in COMMANDS.items()
    ]


def status_after(order: str, *, is_done: bool) -> str:
    """The status of a payment, or of a refund, when the outcome of an order is certain.

    Args:
        order: authorise, charge, top_up, capture, void or refund.
        is_done: carried out; else declined, refused or never arrived.
    """
    done = {"authorise": AUTHORISED, "charge": CAPTURED, "top_up": AUTHORISED, "capture": CAPTURED}
    done |= {"void": VOIDED, "refund": REFUNDED}
    failed = {"authorise": FAILED, "charge": FAILED, "refund": FAILED}
    return done[order] if is_done else failed.get(order, AUTHORISED)


def status_by_refunds(captured: Decimal, refunded: Decimal) -> str:
    """The status of a payment of which so much has been paid back for certain."""
    if not refunded:
        return CAPTURED
    return REFUNDED if refunded >= captured else PARTIALLY_REFUNDED


def may_send_again(first_sent_at: datetime, moment: datetime) -> bool:
    """Whether the processor still remembers the key, so that a repetition cannot be carried out twice."""
    return moment - first_sent_at < KEY_REMEMBERED
