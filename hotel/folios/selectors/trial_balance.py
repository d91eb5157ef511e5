"""The trial balance of a business day: opening + movements = closing for every ledger, together zero."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from moneyed import Money

from hotel.core.money import rounded, total
from hotel.folios.choices import Ledger
from hotel.properties.models import Property

# Only the days since the last frozen one are added up, however long the history is. That day is a value by itself and
# not a table to join, so that the index of entries is entered at it.
_LINES = """
    WITH frozen AS (
        SELECT coalesce(max(business_date), '-infinity') AS day FROM folios_ledgerday
         WHERE property_id = %(place)s AND business_date < %(day)s
    ), sums AS (
        SELECT ledger, currency, closing AS opening, 0 AS debits, 0 AS credits
          FROM folios_ledgerday WHERE property_id = %(place)s AND business_date = (SELECT day FROM frozen)
         UNION ALL
        SELECT ledger, currency, sum(amount) FILTER (WHERE business_date < %(day)s),
               sum(amount) FILTER (WHERE business_date = %(day)s AND amount > 0),
               sum(amount) FILTER (WHERE business_date = %(day)s AND amount < 0)
          FROM folios_ledgerentry
         WHERE property_id = %(place)s AND business_date <= %(day)s AND business_date > (SELECT day FROM frozen)
         GROUP BY ledger, currency
    )
    SELECT ledger, currency, coalesce(sum(opening), 0), coalesce(sum(debits), 0), coalesce(sum(credits), 0)
      FROM sums GROUP BY ledger, currency
"""
_MOVED = """
    SELECT entry.ledger, code.code, code.name, code."group", entry.currency, sum(entry.amount), count(*)
      FROM folios_ledgerentry AS entry LEFT JOIN folios_transactioncode AS code ON code.id = entry.code_id
     WHERE entry.property_id = %s AND entry.business_date = %s
     GROUP BY entry.ledger, code.id, entry.currency
     ORDER BY entry.ledger, code.code NULLS FIRST, entry.currency
"""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One ledger on one day. Debits are positive, credits negative; the three together are the closing balance."""

    ledger: Ledger
    opening: Money
    debits: Money
    credits: Money

    @property
    def closing(self) -> Money:
        """What the ledger stands at when the day ends, or now."""
        return self.opening + self.debits + self.credits


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """All ledgers on one business day, in the property's currency, in the order of ``Ledger``."""

    business_date: date
    currency: str
    lines: tuple[LedgerLine, ...]

    @property
    def difference(self) -> Money:
        """What the closing balances add up to: zero, or something is wrong."""
        return total((line.closing for line in self.lines), self.currency)

    def line(self, ledger: Ledger) -> LedgerLine:
        """The line of one ledger."""
        return next(line for line in self.lines if line.ledger == ledger)


@dataclass(frozen=True, slots=True)
class Movement:
    """What one code moved on one ledger on a day; ``code`` and ``group`` are empty where there is none."""

    ledger: str
    code: str
    name: str
    group: str
    amount: Money
    entries: int


def trial_balance(place: Property, day: date) -> TrialBalance:
    """The trial balance of a business day; of the open one as it stands now. One query, flat in history.

    Args:
        place: the property.
        day: business date; before the first entry every balance is zero.
    """
    currency = str(place.currency)
    with connection.cursor() as cursor:
        cursor.execute(_LINES, {"place": place.pk, "day": day})
        found = {row[0]: [rounded(Money(amount, row[1])) for amount in row[2:]] for row in cursor.fetchall()}
    nothing = [rounded(Money(0, currency))] * 3
    lines = (LedgerLine(ledger, *found.get(ledger.value, nothing)) for ledger in Ledger)
    return TrialBalance(day, currency, tuple(lines))


def movements(place: Property, day: date) -> list[Movement]:
    """What each code moved on each ledger on a business day, by ledger and code. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, [place.pk, day])
        return [
            Movement(ledger, code or "", name or "", group or "", rounded(Money(amount, currency)), entries)
            for ledger, code, name, group, currency, amount, entries in cursor.fetchall()
        ]
