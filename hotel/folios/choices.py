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


class LimitPer(TextChoices):
    """What the amount of a routing limit counts for."""

    DAY = "day", "Each revenue day"
    TOTAL = "total", "All days together"
