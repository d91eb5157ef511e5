"""What of a window is on no document yet, and who stands on the next one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef

from hotel.core.money import quantum
from hotel.folios.choices import CodeKind, DocumentKind
from hotel.folios.domain.document_words import code_text
from hotel.folios.domain.documents import Paid, Party, StayData
from hotel.folios.domain.invoicing import Item, ItemTax
from hotel.folios.models import FolioWindow, InvoicedPosting, Posting
from hotel.guests.models import Company, Guest
from hotel.properties.models import Property
from hotel.rates.choices import TaxMethod
from hotel.rates.models import TaxRule
from hotel.reservations.models import Reservation

Rates = Mapping[str, list[tuple[date, date | None, Decimal]]]
_PAYING = frozenset({CodeKind.PAYMENT, CodeKind.DEPOSIT, CodeKind.CITY_LEDGER})


@dataclass(frozen=True)
class Uninvoiced:
    """The postings of a window that are on no standing document, in order.

    Attributes:
        lines: charges and what lowers them; also deposits whose tax was paid with them.
        payments: money, deposits and transfers to the city ledger.
        corrections: by id of the invoice whose lines they correct; they belong on a credit note.
    """

    lines: list[Posting] = field(default_factory=list)
    payments: list[Posting] = field(default_factory=list)
    corrections: dict[int, list[Posting]] = field(default_factory=lambda: defaultdict(list))


def uninvoiced(window: FolioWindow) -> Uninvoiced:
    """Read a window; five queries, however much is on it."""
    standing = InvoicedPosting.objects.filter(
        property=window.property_id, posting=OuterRef("pk"), released_by=None
    )
    rows = (
        Posting.objects.at(window.property_id)
        .filter(~Exists(standing), window=window)
        .select_related("code")
        .prefetch_related("taxes__code")
        .order_by("pk")
    )
    found, corrected = Uninvoiced(), _invoices_of({_origin(row) for row in rows if _origin(row)})
    for row in rows:
        invoice_id = corrected.get(_origin(row))
        if not is_line(row):
            found.payments.append(row)
        elif invoice_id is None:
            found.lines.append(row)
        else:
            found.corrections[invoice_id].append(row)
            corrected[row.pk] = invoice_id
    return found


def is_line(posting: Posting) -> bool:
    """Whether a posting is among the lines of a document, or among its payments; reads code and taxes.

    A deposit whose tax was paid with it lowers the total by its net amount and tax: the advance invoice has them.
    """
    if posting.code.kind == CodeKind.DEPOSIT:
        return bool(posting.taxes.all())
    return posting.code.kind not in _PAYING


def items(postings: Collection[Posting], language: str) -> list[Item]:
    """Postings as plain values, with codes and taxes read; one query for the rates of the taxes."""
    if not postings:
        return []
    place_id = next(iter(postings)).property_id
    rates = tax_rates(place_id, {tax.code.code for posting in postings for tax in posting.taxes.all()})
    return [_item(posting, language, rates) for posting in postings]


def payments(postings: Iterable[Posting], language: str) -> list[Paid]:
    """Payments as plain values: above zero what was paid."""
    return [Paid(row.business_date, _text(row, language), -_exact(row.gross.amount, row)) for row in postings]


def tax_rates(property_id: int, codes: Collection[str]) -> Rates:
    """The versions of taxes that are a share, by code: first day, first day no longer, rate."""
    found: dict[str, list[tuple[date, date | None, Decimal]]] = {}
    rows = TaxRule.objects.at(property_id).filter(code__in=codes, method=TaxMethod.PERCENT)
    for rule in rows.only("code", "valid_from", "valid_until", "rate"):
        found.setdefault(rule.code, []).append((rule.valid_from, rule.valid_until, rule.rate or Decimal(0)))
    return found


def rate_on(rates: Rates, code: str, day: date) -> Decimal | None:
    """The rate of a tax on a business day; None for taxes that are no share."""
    for first, end, rate in rates.get(code, ()):
        if first <= day and (end is None or day < end):
            return rate
    return None


def seller_of(place: Property) -> Party:
    """The hotel as its documents name it."""
    lines = [line.strip() for line in place.address.splitlines() if line.strip()]
    return Party(
        name=place.name,
        address=tuple(lines),
        country=place.country,
        tax_number=place.tax_number,
        email=place.email,
        phone=place.phone,
    )


def payee_of(window: FolioWindow) -> tuple[Party, str]:
    """Who pays for a window, and the language he is written to: its own payer, else the guest of the stay."""
    if window.company is not None:
        return party_of(window.company), ""
    stay = window.folio.reservation
    guest = window.guest or (stay.primary_guest if stay is not None else None)
    if guest is None:
        return Party(name=window.folio.name or str(window.folio)), ""
    return party_of(guest), guest.language


def party_of(profile: Guest | Company) -> Party:
    """A guest or company as a document names them."""
    if isinstance(profile, Company):
        name, tax_number = profile.name, profile.tax_number
    else:
        name, tax_number = f"{profile.salutation} {profile.full_name}".strip(), ""
    place = f"{profile.postal_code} {profile.city}".strip()
    return Party(
        name=name,
        address=tuple(line for line in (profile.street, place, profile.region) if line),
        country=profile.country,
        tax_number=tax_number,
        email=profile.email,
    )


def stay_of(reservation: Reservation | None) -> StayData | None:
    """The stay as a document names it; the last room that it had."""
    if reservation is None:
        return None
    last = reservation.assignments.filter(released_at=None).select_related("room").order_by("arrival").last()
    guest = reservation.primary_guest
    return StayData(
        number=reservation.number,
        guest="" if guest is None else guest.full_name,
        room="" if last is None else last.room.number,
        arrival=reservation.arrival,
        departure=reservation.departure,
    )


def _origin(posting: Posting) -> int:
    return posting.reverses_id or posting.adjusts_id or 0


def _invoices_of(posting_ids: Collection[int]) -> dict[int, int]:
    """The standing invoice of each posting that is among the lines of one."""
    rows = InvoicedPosting.objects.filter(
        posting__in=posting_ids, released_by=None, is_payment=False, invoice__kind=DocumentKind.INVOICE
    )
    return dict(rows.values_list("posting_id", "invoice_id"))


def _item(posting: Posting, language: str, rates: Rates) -> Item:
    return Item(
        posting_id=posting.pk,
        code=posting.code.code,
        text=_text(posting, language),
        day=posting.revenue_date,
        quantity=posting.quantity,
        net=_exact(posting.net.amount, posting),
        gross=_exact(posting.gross.amount, posting),
        taxes=tuple(
            ItemTax(
                code=tax.code.code,
                name=tax.code.name,
                rate=rate_on(rates, tax.code.code, posting.revenue_date),
                base=_exact(tax.base.amount, posting),
                amount=_exact(tax.amount.amount, posting),
            )
            for tax in posting.taxes.all()
        ),
    )


def _text(posting: Posting, language: str) -> str:
    """Its own text; that of a standard code in the language, also before the text of what a rebate is of."""
    name, text = posting.code.name, posting.description
    known = code_text(posting.code.code, language) if posting.code.is_standard else ""
    if not known or not (text == name or text.startswith(f"{name}: ")):
        return text
    of = text.removeprefix(name).removeprefix(": ")
    return f"{known}: {of}" if of and not name.startswith(f"{of}, ") else known


def _exact(amount: Decimal, posting: Posting) -> Decimal:
    """An amount of the ledger on the currency's minor unit."""
    return amount.quantize(quantum(posting.gross.currency.code))
