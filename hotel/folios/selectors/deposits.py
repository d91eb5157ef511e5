"""What is held for stays: deposits that were neither used nor paid back."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection
from moneyed import Money

from hotel.core.money import allocate, rounded, total, zero
from hotel.folios.models import TransactionCode
from hotel.properties.models import Property

# The taxes of a deposit stand in its journal; a stay's deposits are found by the index ``ledger_entry_deposit``.
_HELD = """
    SELECT entry.reservation_id, CASE WHEN entry.ledger = 'tax' THEN entry.code_id END AS code_id, -sum(entry.amount)
      FROM folios_ledgerentry AS entry
     WHERE entry.journal_id IN (SELECT deposit.journal_id FROM folios_ledgerentry AS deposit
                                 WHERE deposit.property_id = %(place)s AND deposit.ledger = 'deposit'
                                   AND deposit.reservation_id = ANY(%(stays)s))
       AND entry.ledger IN ('deposit', 'tax') AND entry.reservation_id = ANY(%(stays)s)
     GROUP BY 1, 2
     ORDER BY 1, 2 NULLS FIRST
"""


@dataclass(frozen=True, slots=True)
class DepositHeld:
    """What is held for one stay.

    Attributes:
        liability: without taxes that were owed at the payment.
        codes, taxes: those taxes, one of each per code.
    """

    liability: Money
    codes: tuple[TransactionCode, ...] = ()
    taxes: tuple[Money, ...] = ()

    @property
    def amount(self) -> Money:
        """What the guest has paid and not used."""
        return total((self.liability, *self.taxes), self.liability.currency.code)

    def taxes_of(self, part: Money) -> list[Money]:
        """The taxes of a part of what is held, one per code."""
        if not self.amount.amount:
            return list(self.taxes)
        weights = [part.amount, self.amount.amount - part.amount]
        return [allocate(tax, weights)[0] for tax in self.taxes]


def deposits_held(place: Property, reservation_ids: Collection[int]) -> dict[int, DepositHeld]:
    """What is held for stays of a property, by reservation id; nothing held is an amount of zero.

    One query, and one more for the codes of taxes when there are any.
    """
    currency = str(place.currency)
    liability = {pk: zero(currency) for pk in reservation_ids}
    taxes: dict[int, list[tuple[int, Money]]] = {pk: [] for pk in reservation_ids}
    with connection.cursor() as cursor:
        cursor.execute(_HELD, {"place": place.pk, "stays": list(reservation_ids)})
        for stay_id, code_id, held in cursor.fetchall():
            amount = rounded(Money(held, currency))
            if code_id is None:
                liability[stay_id] = amount
            elif held:
                taxes[stay_id].append((code_id, amount))
    wanted = {code_id for some in taxes.values() for code_id, _ in some}
    codes = TransactionCode.objects.in_bulk(wanted) if wanted else {}
    return {
        pk: DepositHeld(
            liability[pk],
            tuple(codes[code_id] for code_id, _ in taxes[pk]),
            tuple(amount for _, amount in taxes[pk]),
        )
        for pk in reservation_ids
    }
