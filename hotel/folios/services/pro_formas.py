"""Pro forma invoices of stays: what is on a window and not invoiced, and what is still to be posted on it.

Nothing is stored or locked. What is to come is drawn up by the rules that post it, so both agree to the cent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from hotel.core.exceptions import NotFound
from hotel.core.money import exponent
from hotel.core.words import _
from hotel.folios.choices import DocumentKind, FolioKind, FolioStatus, JournalKind
from hotel.folios.domain.document_words import code_text, language_chosen
from hotel.folios.domain.documents import Draft, Paid, Party
from hotel.folios.domain.invoicing import Item, ItemTax
from hotel.folios.models import Folio
from hotel.folios.selectors.deposits import deposits_held
from hotel.folios.selectors.invoicing import Rates, party_of, rate_on, seller_of, stay_of, tax_rates
from hotel.folios.services.invoices import pro_forma
from hotel.folios.services.journal import Event
from hotel.folios.services.posting_data import PostingData
from hotel.folios.services.routing import lines_foreseen, not_yet_posted
from hotel.reservations.models import Reservation

MAIN = 1  # the window that deposits are used on


def folio_foreseen(reservation: Reservation) -> Folio:
    """The open folio of a stay; before it has one, an unsaved one that knows the stay."""
    rows = Folio.objects.at(reservation.property_id).filter(
        reservation=reservation, kind=FolioKind.GUEST, status=FolioStatus.OPEN
    )
    found = rows.first()
    if found is None:
        return Folio(pk=0, property=reservation.property, reservation=reservation)
    found.property, found.reservation = reservation.property, reservation
    return found


def stay_pro_forma(
    *, folio: Folio, coming: Mapping[str, Sequence[PostingData]], window: int = MAIN, language: str = ""
) -> Draft:
    """What the invoice of a stay would say at its end.

    Args:
        folio: from ``folio_foreseen``.
        coming: source to the lines that it will post, in order of the sources within a night; what was posted before is
            left out.
        window: its number; coming lines go along the routing rules.
        language: of the document; else that of the guest, of the property, or English.

    Returns:
        A document without a number; deposits not yet used count as paid on the first window.

    Raises:
        NotFound: the folio has no such window.
    """
    stay, place = folio.reservation, folio.property
    assert stay is not None  # noqa: S101  (see folio_foreseen)
    rows = folio.windows.filter(number=window) if folio.pk else None
    target = rows.first() if rows is not None else None
    if target is None and (folio.pk or window != MAIN):
        raise NotFound(_("There is no such window."))
    draft = _opening(stay, language) if target is None else pro_forma(window=target, language=language)
    lines = _to_come(folio, window, coming)
    rates = tax_rates(place.pk, {tax.code.code for line in lines for tax in line.taxes})
    items = [_item(line, draft.language, rates) for line in lines]
    held = deposits_held(place, [stay.pk])[stay.pk].amount if window == MAIN else None
    paid = list(draft.payments)
    if held:
        text = code_text("deposit_transfer", draft.language)
        paid.append(Paid(place.business_date, text, held.amount))
    return replace(draft, items=[*draft.items, *items], payments=paid)


def _to_come(folio: Folio, window: int, coming: Mapping[str, Sequence[PostingData]]) -> list[PostingData]:
    """The lines, or parts of them, that will be on a window, in the order in which the audits post them."""
    place = folio.property
    fresh = [line for source, lines in coming.items() for line in not_yet_posted(place, source, lines)]
    fresh.sort(key=_night)
    if not folio.pk or not fresh:
        return fresh
    event = Event(place=place, day=place.business_date, kind=JournalKind.CHARGE)
    placed = lines_foreseen(event, fresh)
    mine = (folio.pk, window)
    return [item.line for item in placed if (item.window.folio_id, item.window.number) == mine]


def _night(line: PostingData) -> date:
    assert line.revenue_date is not None  # noqa: S101  (what is to come is for a night)
    return line.revenue_date


def _opening(stay: Reservation, language: str) -> Draft:
    """Of a stay that has no folio yet: who pays and what for, without lines."""
    place, guest = stay.property, stay.primary_guest
    currency = str(place.currency)
    return Draft(
        kind=DocumentKind.PRO_FORMA,
        language=language_chosen(language, "" if guest is None else guest.language, place.language),
        currency=currency,
        exponent=exponent(currency),
        issued_on=place.business_date,
        seller=seller_of(place),
        payee=Party(name=stay.number) if guest is None else party_of(guest),
        items=[],
        stay=stay_of(stay),
    )


def _item(line: PostingData, language: str, rates: Rates) -> Item:
    day = _night(line)
    is_standard = line.code.is_standard and line.description in ("", line.code.name)
    return Item(
        posting_id=0,
        code=line.code.code,
        text=(is_standard and code_text(line.code.code, language)) or line.description or line.code.name,
        day=day,
        quantity=line.quantity,
        net=line.net.amount,
        gross=line.amounts.gross.amount,
        taxes=tuple(
            ItemTax(
                code=tax.code.code,
                name=tax.code.name,
                rate=rate_on(rates, tax.code.code, day),
                base=tax.base.amount,
                amount=tax.amount.amount,
            )
            for tax in line.taxes
        ),
    )
