"""Documents, made by the services."""

from datetime import timedelta

from hotel.folios.choices import JournalKind, Ledger
from hotel.folios.domain.documents import fingerprint
from hotel.folios.domain.receivables import REMINDER_DAYS
from hotel.folios.models import (
    CityAccount,
    CityAllocation,
    CityReminder,
    FiscalSeries,
    Folio,
    Invoice,
    InvoicedPosting,
    InvoicePdf,
    Journal,
)
from hotel.folios.services.city_ledger import city_ledger_transfer, city_payment_post
from hotel.folios.services.codes import standard_code
from hotel.folios.services.credit_notes import invoice_cancel
from hotel.folios.services.invoices import invoice_issue
from hotel.folios.services.journal import EntryData, event_begin, journal_record
from hotel.folios.services.receivables import allocation_make
from hotel.folios.services.reminders import reminder_send
from hotel.messaging.services.templates import templates_seed
from hotel.properties.models import Property
from hotel.reservations.models import Reservation
from tests.factories.folios import charge_make, city_account_make, folio_make, money, vat_make
from tests.factories.reservations import reservation_make


def drinks_make(place: Property, *amounts) -> Folio:
    """A house account with taxed drinks."""
    vat_make(place)
    folio = folio_make(place)
    for amount in amounts or (11,):
        charge_make(folio, amount)
    return folio


def invoice_make(place: Property, folio: Folio | None = None, **over) -> Invoice:
    """The invoice of a drink, or of what is on the first window of a folio."""
    return invoice_issue(window=(folio or drinks_make(place)).windows.get(number=1), **over)


def credit_note_make(place: Property) -> Invoice:
    """A cancelled invoice's credit note."""
    return invoice_cancel(invoice=invoice_make(place), reason="Wrong payer")


def deposit_make(place: Property, stay: Reservation | None = None, amount=100) -> Journal:
    """A deposit by card, untaxed."""
    stay = stay or reservation_make(place)
    code, sum_ = standard_code(place, "card"), money(place, amount)
    event = event_begin(place=place, kind=JournalKind.DEPOSIT)
    return journal_record(
        event,
        [
            EntryData(ledger=Ledger.PAYMENT, amount=sum_, code=code, reservation=stay),
            EntryData(ledger=Ledger.DEPOSIT, amount=-sum_, code=code, reservation=stay),
        ],
    )


def fiscal_series_make(place: Property) -> FiscalSeries:
    """The series of an invoice."""
    return invoice_make(place).series


def invoiced_posting_make(place: Property) -> InvoicedPosting:
    """A drink on its invoice."""
    return InvoicedPosting.objects.get(invoice=invoice_make(place))


def invoice_pdf_make(place: Property) -> InvoicePdf:
    """The printed form of an invoice; not a real file."""
    return InvoicePdf.objects.create(
        property=place, invoice=invoice_make(place), content=b"%PDF-", content_hash=fingerprint("%PDF-")
    )


def city_owes(account: CityAccount, amount=11) -> int:
    """A drink moved to a debtor; the id of the item."""
    folio = drinks_make(account.property, amount)
    posting = city_ledger_transfer(window=folio.windows.get(), account=account)
    return posting.entries.get(ledger="city").pk


def city_paid(account: CityAccount, amount=11) -> int:
    """What a debtor paid by bank; the id of the payment."""
    place = account.property
    journal = city_payment_post(
        account=account, code=standard_code(place, "bank"), amount=money(place, amount)
    )
    return journal.entries.get(ledger="city").pk


def city_allocation_make(place: Property, number: str = "CA") -> CityAllocation:
    """A payment on an item."""
    account = city_account_make(place, number)
    debit_id, credit_id = city_owes(account), city_paid(account)
    return allocation_make(account=account, debit_id=debit_id, credit_id=credit_id)


def city_reminder_make(place: Property, number: str = "CR") -> CityReminder:
    """A reminder of an item that is overdue."""
    templates_seed(place=place)
    account = city_account_make(place, number, email="debtor@example.com", payment_days=0)
    city_owes(account)
    late = account.property.business_date + timedelta(days=REMINDER_DAYS[0])
    Property.objects.filter(pk=place.pk).update(business_date=late)
    account.property.business_date = late
    return reminder_send(account=account)
