"""What is owed: balances of windows, folios and debtors, each read from its ledger in one query."""

from collections.abc import Collection

from django.db import connection
from moneyed import Money

from hotel.core.money import total, zero
from hotel.folios.choices import FolioStatus
from hotel.folios.models import Folio

# Only indexed columns, so that a balance is read from the index ``ledger_entry_window`` alone.
_BALANCES = """
    SELECT payer.id, payer.folio_id, folio.currency,
           (SELECT coalesce(sum(entry.amount), 0) FROM folios_ledgerentry AS entry
             WHERE entry.property_id = payer.property_id AND entry.window_id = payer.id AND entry.ledger = 'guest')
      FROM folios_foliowindow AS payer JOIN folios_folio AS folio ON folio.id = payer.folio_id
     WHERE payer.property_id = %s AND payer.{column} = ANY(%s)
     ORDER BY payer.id
"""
_ACCOUNTS = """
    SELECT account.id, place.currency,
           (SELECT coalesce(sum(entry.amount), 0) FROM folios_ledgerentry AS entry
             WHERE entry.property_id = account.property_id AND entry.account_id = account.id
               AND entry.ledger = 'city')
      FROM folios_cityaccount AS account JOIN properties_property AS place ON place.id = account.property_id
     WHERE account.property_id = %s AND account.id = ANY(%s)
     ORDER BY account.id
"""


def window_balances(property_id: int, window_ids: Collection[int]) -> dict[int, Money]:
    """What each window owes by window id, credits negative; in the property's currency. One query."""
    return {window_id: amount for window_id, _, amount in _balances("id", property_id, window_ids)}


def folio_balances(property_id: int, folio_ids: Collection[int]) -> dict[int, Money]:
    """What each folio owes over all its windows, by folio id. One query."""
    found: dict[int, list[Money]] = {}
    for _, folio_id, amount in _balances("folio_id", property_id, folio_ids):
        found.setdefault(folio_id, []).append(amount)
    return {folio_id: total(some, some[0].currency.code) for folio_id, some in found.items()}


def stays_owing(property_id: int, stay_ids: Collection[int]) -> set[int]:
    """Those of the stays with an open folio of which a window owes something; two queries, none without stays."""
    if not stay_ids:
        return set()
    folios = Folio.objects.at(property_id).filter(status=FolioStatus.OPEN, reservation__in=stay_ids)
    stays = dict(folios.order_by().values_list("pk", "reservation_id"))
    return {
        stays[folio_id]
        for _, folio_id, amount in _balances("folio_id", property_id, stays)
        if amount.amount > 0
    }


def _balances(column: str, property_id: int, ids: Collection[int]) -> list[tuple[int, int, Money]]:
    with connection.cursor() as cursor:
        cursor.execute(_BALANCES.format(column=column), [property_id, list(ids)])
        return [
            (window_id, folio_id, zero(currency) + Money(amount, currency))
            for window_id, folio_id, currency, amount in cursor.fetchall()
        ]


def account_balances(property_id: int, account_ids: Collection[int]) -> dict[int, Money]:
    """What each debtor of the city ledger owes, by account id. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_ACCOUNTS, [property_id, list(account_ids)])
        return {
            account_id: zero(currency) + Money(amount, currency)
            for account_id, currency, amount in cursor.fetchall()
        }
