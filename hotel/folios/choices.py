"""Names with a fixed meaning; the words of the features reference §1.3 and §2.6."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CodeKind(TextChoices):
    """What a transaction code posts; decides the ledger that stands against the guest's."""

    CHARGE = "charge", _("Charge")
    ADJUSTMENT = "adjustment", _("Adjustment of a charge")
    PACKAGE = "package", _("Allowance of a package, until it is consumed")
    NON_REVENUE = "non_revenue", _("Passed on, such as a tip or cash paid out")
    TAX = "tax", _("Tax")
    PAYMENT = "payment", _("Payment")
    DEPOSIT = "deposit", _("Deposit")
    CITY_LEDGER = "city_ledger", _("Transfer to an account of the city ledger")


class Ledger(TextChoices):
    """The ledgers of a property. Debits are positive: what guests and accounts owe, what was paid in."""

    GUEST = "guest", _("Guest")
    DEPOSIT = "deposit", _("Deposits")
    CITY = "city", _("City ledger")
    PACKAGE = "package", _("Package allowances")
    REVENUE = "revenue", _("Revenue")
    NON_REVENUE = "non_revenue", _("Passed on")
    TAX = "tax", _("Taxes")
    PAYMENT = "payment", _("Payments")
    FX = "fx", _("Exchange differences")
    OVER_SHORT = "over_short", _("Over and short of tills")
    WRITE_OFF = "write_off", _("Written off")
    FEE = "fee", _("Fees of card processors")


class FolioKind(TextChoices):
    """Whose account a folio is."""

    GUEST = "guest", _("Guest")
    HOUSE = "house", _("House account")
    MASTER = "master", _("Master of a group")
    EXTERNAL = "external", _("Not staying here")


class FolioStatus(TextChoices):
    """Whether anything can be posted."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class JournalKind(TextChoices):
    """Business events that the journal records."""

    CHARGE = "charge", _("Charges posted")
    PAYMENT = "payment", _("Payment or refund")
    DEPOSIT = "deposit", _("Deposit received or paid back")
    DEPOSIT_TRANSFER = "deposit_transfer", _("Deposits moved to the guest's folio")
    CITY_TRANSFER = "city_transfer", _("Balance moved to the city ledger")
    CITY_PAYMENT = "city_payment", _("Payment of a city-ledger account")
    REVERSAL = "reversal", _("Posting reversed")
    ADJUSTMENT = "adjustment", _("Posting adjusted")
    TRANSFER = "transfer", _("Postings moved")
    SPLIT = "split", _("Posting split")
    PACKAGE = "package", _("Allowance consumed or left over")
    TILL = "till", _("Till counted, dropped or paid out")
    EXCHANGE = "exchange", _("Currency exchanged")
    WRITE_OFF = "write_off", _("Item of a city-ledger account given up")
    FEE = "fee", _("Fee of a card processor, or its return")


class LimitPer(TextChoices):
    """What the amount of a routing limit counts for."""

    DAY = "day", _("Each revenue day")
    TOTAL = "total", _("All days together")


class Provider(TextChoices):
    """Card processors we have an adapter for."""

    SIMULATOR = "simulator", _("Simulator (no money moves)")
    STRIPE = "stripe", _("Stripe")


class PaymentKind(TextChoices):
    """Which way money went, and who sent it."""

    PAYMENT = "payment", _("Payment")
    REFUND = "refund", _("Refund")
    CHARGEBACK = "chargeback", _("Chargeback by the guest's bank")
    REINSTATED = "reinstated", _("Chargeback given back: the dispute is won")


class PaymentStatus(TextChoices):
    """How far a payment is; docs/algorithms/payments.md shows what leads where."""

    PENDING = "pending", _("Begun")
    AUTHORISED = "authorised", _("Reserved on the card")
    CAPTURED = "captured", _("Paid")
    PARTIALLY_REFUNDED = "partially_refunded", _("Paid back in part")
    REFUNDED = "refunded", _("Paid back")
    REINSTATED = "reinstated", _("Taken back, and given back again")
    VOIDED = "voided", _("Let go")
    FAILED = "failed", _("Failed")
    UNKNOWN = "unknown", _("Being clarified with the processor")


class CallKind(TextChoices):
    """What a processor is asked to do; the words of ``OrderKind``."""

    AUTHORISE = "authorise", _("Authorise")
    CHARGE = "charge", _("Charge")
    TOP_UP = "top_up", _("Top up")
    CAPTURE = "capture", _("Capture")
    VOID = "void", _("Void")
    REFUND = "refund", _("Refund")


class CallStatus(TextChoices):
    """Whether the outcome of an order is certain."""

    OPEN = "open", _("Being sent or clarified")
    DONE = "done", _("Done")
    DECLINED = "declined", _("Declined by the bank")
    REFUSED = "refused", _("Not done")


class PageStatus(TextChoices):
    """How a hosted page stands."""

    OPEN = "open", _("Open")
    DONE = "done", _("Filled in")
    EXPIRED = "expired", _("Not used")


class LinkStatus(TextChoices):
    """How a payment link stands; one whose time is over stays open and is refused."""

    OPEN = "open", _("Open")
    PAID = "paid", _("Paid")
    CANCELLED = "cancelled", _("Cancelled")


class SessionStatus(TextChoices):
    """Whether a till takes cash."""

    OPEN = "open", _("Open")
    CLOSED = "closed", _("Counted and closed")


class CashKind(TextChoices):
    """Why cash went into or out of a till."""

    FLOAT = "float", _("Cash to begin with")
    PAYMENT = "payment", _("Payment")
    CHANGE = "change", _("Change given")
    REFUND = "refund", _("Refund")
    DROP = "drop", _("Dropped into the safe")
    PAID_OUT = "paid_out", _("Paid out")
    COUNT = "count", _("Over or short when counted")


class DocumentKind(TextChoices):
    """Documents for payers; each kind but the pro forma has a series of numbers without gaps."""

    PRO_FORMA = "pro_forma", _("Pro forma invoice")
    DEPOSIT_RECEIPT = "deposit_receipt", _("Receipt for a deposit")
    ADVANCE = "advance", _("Invoice for an advance payment")
    INVOICE = "invoice", _("Invoice")
    CREDIT_NOTE = "credit_note", _("Credit note")
