"""How a document stands: what was taken back of it, and what may be done."""

from moneyed import Money

from hotel.core.money import total
from hotel.folios.domain.document_actions import DocumentState
from hotel.folios.models import Invoice, Posting
from hotel.folios.selectors.invoicing import uninvoiced


def document_state(invoice: Invoice) -> DocumentState:
    """What the table of actions needs to know of a document."""
    notes = Invoice.objects.at(invoice.property_id).filter(corrects=invoice)
    return DocumentState(
        kind=str(invoice.kind),
        is_cancelled=notes.filter(is_cancellation=True).exists(),
        has_corrections=bool(corrections_of(invoice)),
    )


def corrections_of(invoice: Invoice) -> list[Posting]:
    """Corrections of an invoice's lines that are on no credit note yet."""
    return [] if invoice.window is None else uninvoiced(invoice.window).corrections.get(invoice.pk, [])


def credited(invoice: Invoice) -> Money:
    """What credit notes have taken back of a document, above zero."""
    notes = Invoice.objects.at(invoice.property_id).filter(corrects=invoice)
    return -total((note.total for note in notes), invoice.total.currency.code)
