"""Names with a fixed meaning; the words of the features reference §1.3 and §2.6."""

from django.db.models import TextChoices


class CodeKind(TextChoices):
    """What a transaction code posts; decides the ledger that stands against the guest's."""

    CHARGE = "charge", "Charge"
    ADJUSTMENT = "adjustment", "Adjustment of a charge"
    PACKAGE = "package", "Allowance of a package, until it is consumed"
    NON_REVENUE = "non_revenue", "Passed on, such as a tip or cash paid out"
    TAX = "tax", "Tax"
    PAYMENT = "payment", "Payment"
    DEPOSIT = "deposit", "Deposit"
    CITY_LEDGER = "city_ledger", "Transfer to an account of the city ledger"


class Ledger(TextChoices):
    """The ledgers of a property. Debits are positive: what guests and accounts owe, what was paid in."""

    GUEST = "guest", "Guest"
    DEPOSIT = "deposit", "Deposits"
    CITY = "city", "City ledger"
    PACKAGE = "package", "Package allowances"
    REVENUE = "revenue", "Revenue"
    NON_REVENUE = "non_revenue", "Passed on"
    TAX = "tax", "Taxes"
    PAYMENT = "payment", "Payments"
    FX = "fx", "Exchange differences"
    OVER_SHORT = "over_short", "Over and short of tills"
    WRITE_OFF = "write_off", "Written off"
    FEE = "fee", "Fees of card processors"


class FolioKind(TextChoices):
    """Whose account a folio is."""

    GUEST = "guest", "Guest"
    HOUSE = "house", "House account"
    MASTER = "master", "Master of a group"
    EXTERNAL = "external", "Not staying here"


class FolioStatus(TextChoices):
    """Whether anything can be posted."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class JournalKind(TextChoices):
    """Business events that the journal records."""

    CHARGE = "charge", "Charges posted"
    PAYMENT = "payment", "Payment or refund"
    DEPOSIT = "deposit", "Deposit received or paid back"
    DEPOSIT_TRANSFER = "deposit_transfer", "Deposits moved to the guest's folio"
    CITY_TRANSFER = "city_transfer", "Balance moved to the city ledger"
    CITY_PAYMENT = "city_payment", "Payment of a city-ledger account"
    REVERSAL = "reversal", "Posting reversed"
    ADJUSTMENT = "adjustment", "Posting adjusted"
    TRANSFER = "transfer", "Postings moved"
    SPLIT = "split", "Posting split"
    PACKAGE = "package", "Allowance consumed or left over"
    TILL = "till", "Till counted, dropped or paid out"
    EXCHANGE = "exchange", "Currency exchanged"
    WRITE_OFF = "write_off", "Item of a city-ledger account given up"
    FEE = "fee", "Fee of a card processor, or its return"


class LimitPer(TextChoices):
    """What the amount of a routing limit counts for."""

    DAY = "day", "Each revenue day"
    TOTAL = "total", "All days together"


class Provider(TextChoices):
    """Card processors we have an adapter for."""

    SIMULATOR = "simulator", "Simulator (no money moves)"
    STRIPE = "stripe", "Stripe"


class PaymentKind(TextChoices):
    """Which way money went, and who sent it."""

    PAYMENT = "payment", "Payment"
    REFUND = "refund", "Refund"
    CHARGEBACK = "chargeback", "Chargeback by the guest's bank"
    REINSTATED = "reinstated", "Chargeback given back: the dispute is won"


class PaymentStatus(TextChoices):
    """How far a payment is; docs/algorithms/payments.md shows what leads where."""

    PENDING = "pending", "Begun"
    AUTHORISED = "authorised", "Reserved on the card"
    CAPTURED = "captured", "Paid"
    PARTIALLY_REFUNDED = "partially_refunded", "Paid back in part"
    REFUNDED = "refunded", "Paid back"
    REINSTATED = "reinstated", "Taken back, and given back again"
    VOIDED = "voided", "Let go"
    FAILED = "failed", "Failed"
    UNKNOWN = "unknown", "Being clarified with the processor"


class CallKind(TextChoices):
    """What a processor is asked to do; the words of ``OrderKind``."""

    AUTHORISE = "authorise", "Authorise"
    CHARGE = "charge", "Charge"
    TOP_UP = "top_up", "Top up"
    CAPTURE = "capture", "Capture"
    VOID = "void", "Void"
    REFUND = "refund", "Refund"


class CallStatus(TextChoices):
    """Whether the outcome of an order is certain."""

    OPEN = "open", "Being sent or clarified"
    DONE = "done", "Done"
    DECLINED = "declined", "Declined by the bank"
    REFUSED = "refused", "Not done"


class PageStatus(TextChoices):
    """How a hosted page stands."""

    OPEN = "open", "Open"
    DONE = "done", "Filled in"
    EXPIRED = "expired", "Not used"


class LinkStatus(TextChoices):
    """How a payment link stands; one whose time is over stays open and is refused."""

    OPEN = "open", "Open"
    PAID = "paid", "Paid"
    CANCELLED = "cancelled", "Cancelled"


class SessionStatus(TextChoices):
    """Whether a till takes cash."""

    OPEN = "open", "Open"
    CLOSED = "closed", "Counted and closed"


class CashKind(TextChoices):
    """Why cash went into or out of a till."""

    FLOAT = "float", "Cash to begin with"
    PAYMENT = "payment", "Payment"
    CHANGE = "change", "Change given"
    REFUND = "refund", "Refund"
    DROP = "drop", "Dropped into the safe"
    PAID_OUT = "paid_out", "Paid out"
    COUNT = "count", "Over or short when counted"


class DocumentKind(TextChoices):
    """Documents for payers; each kind but the pro forma has a series of numbers without gaps."""

    PRO_FORMA = "pro_forma", "Pro forma invoice"
    DEPOSIT_RECEIPT = "deposit_receipt", "Receipt for a deposit"
    ADVANCE = "advance", "Invoice for an advance payment"
    INVOICE = "invoice", "Invoice"
    CREDIT_NOTE = "credit_note", "Credit note"
