"""Codes, folios, postings and the journal."""

from hotel.folios.models.codes import TransactionCode
from hotel.folios.models.folios import MAX_WINDOWS, Folio, FolioWindow
from hotel.folios.models.journal import CityAccount, Journal, LedgerDay, LedgerEntry
from hotel.folios.models.postings import Posting, PostingTax
from hotel.folios.models.routing import RoutingRule

__all__ = [
    "MAX_WINDOWS",
    "CityAccount",
    "Folio",
    "FolioWindow",
    "Journal",
    "LedgerDay",
    "LedgerEntry",
    "Posting",
    "PostingTax",
    "RoutingRule",
    "TransactionCode",
]
