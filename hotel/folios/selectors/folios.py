"""Folios as they are shown: with what is owed and what may be done."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from moneyed import Money

from hotel.folios.domain.lifecycle import Situation, actions
from hotel.folios.models import CityAccount, Folio, FolioWindow
from hotel.folios.selectors.balances import account_balances, window_balances


def folios_shown(folios: Sequence[Folio]) -> Sequence[Folio]:
    """Give folios, read with ``whole()``, and their windows a ``balance``, and folios their ``actions``.

    One query for each property among them.
    """
    windows_shown([window for folio in folios for window in folio.windows.all()])
    for folio in folios:
        mine = [window.balance for window in folio.windows.all()]
        folio.balance = sum(mine[1:], mine[0])
        folio.actions = actions(Situation(folio.status, any(amount.amount for amount in mine)))
    return folios


def windows_shown(windows: Sequence[FolioWindow]) -> Sequence[FolioWindow]:
    """Give windows a ``balance``; one query for each property among them."""
    _balances_shown(windows, window_balances)
    return windows


def accounts_shown(accounts: Sequence[CityAccount]) -> Sequence[CityAccount]:
    """Give debtors a ``balance``; one query for each property among them."""
    _balances_shown(accounts, account_balances)
    return accounts


def _balances_shown(
    rows: Sequence[Any], balances_of: Callable[[int, list[int]], Mapping[int, Money]]
) -> None:
    for property_id in {row.property_id for row in rows}:
        mine = [row for row in rows if row.property_id == property_id]
        balances = balances_of(property_id, [row.pk for row in mine])
        for row in mine:
            row.balance = balances[row.pk]
