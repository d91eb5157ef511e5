"""How a document stands."""

from moneyed import Money

from hotel.folios.selectors.documents import corrections_of, credited, document_state
from hotel.folios.services.corrections import posting_reverse
from hotel.folios.services.credit_notes import credit_note_issue
from tests.factories.documents import credit_note_make, drinks_make, invoice_make


def test_corrections_wait_until_they_are_credited(cast):
    folio = drinks_make(cast.alpha, 11)
    invoice = invoice_make(cast.alpha, folio)
    assert (document_state(invoice).has_corrections, credited(invoice)) == (False, Money("0.00", "EUR"))
    reversal = posting_reverse(posting=folio.windows.get().postings.get())
    assert corrections_of(invoice) == [reversal]
    assert document_state(invoice).has_corrections
    credit_note_issue(invoice=invoice, reason="Mistake")
    assert (corrections_of(invoice), credited(invoice)) == ([], Money("11.00", "EUR"))


def test_a_cancelled_document_says_so(cast):
    note = credit_note_make(cast.alpha)
    assert document_state(note.corrects).is_cancelled
    assert not document_state(note).is_cancelled
