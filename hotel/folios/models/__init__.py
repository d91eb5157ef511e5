"""Codes, folios, postings, the journal and documents."""

from hotel.folios.models.allowances import Allowance
from hotel.folios.models.codes import TransactionCode
from hotel.folios.models.folios import MAX_WINDOWS, Folio, FolioWindow
from hotel.folios.models.gateways import GatewayAccount, GatewayCall, GatewayNotice, HostedPage
from hotel.folios.models.invoices import FiscalSeries, Invoice, InvoicedPosting, InvoicePdf
from hotel.folios.models.journal import CityAccount, Journal, LedgerDay, LedgerEntry
from hotel.folios.models.payments import CardToken, Payment, PaymentLink
from hotel.folios.models.postings import Posting, PostingTax
from hotel.folios.models.receivables import CityAllocation, CityReminder
from hotel.folios.models.routing import RoutingRule
from hotel.folios.models.tills import CashierSession, CashMovement, ExchangeRate

__all__ = [
    "MAX_WINDOWS",
    "Allowance",
    "CardToken",
    "CashMovement",
    "CashierSession",
    "CityAccount",
    "CityAllocation",
    "CityReminder",
    "ExchangeRate",
    "FiscalSeries",
    "Folio",
    "FolioWindow",
    "GatewayAccount",
    "GatewayCall",
    "GatewayNotice",
    "HostedPage",
    "Invoice",
    "InvoicePdf",
    "InvoicedPosting",
    "Journal",
    "LedgerDay",
    "LedgerEntry",
    "Payment",
    "PaymentLink",
    "Posting",
    "PostingTax",
    "RoutingRule",
    "TransactionCode",
]
