"""Folios as they are shown: with what is owed and what may be done."""

from collections.abc import Sequence

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
    for property_id in {window.property_id for window in windows}:
        mine = [window for window in windows if window.property_id == property_id]
        balances = window_balances(property_id, [window.pk for window in mine])
        for window in mine:
            window.balance = balances[window.pk]
    return windows


def accounts_shown(accounts: Sequence[CityAccount]) -> Sequence[CityAccount]:
    """Give debtors a ``balance``; one query for each property among them."""
    for property_id in {account.property_id for account in accounts}:
        mine = [account for account in accounts if account.property_id == property_id]
        balances = account_balances(property_id, [account.pk for account in mine])
        for account in mine:
            account.balance = balances[account.pk]
    return accounts
