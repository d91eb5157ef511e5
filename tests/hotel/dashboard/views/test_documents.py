"""A document by its page: read, let off in part, credited and taken back; never changed."""

import uuid

import pytest
from moneyed import Money

from hotel.folios.models import Invoice, Posting
from hotel.folios.services.corrections import posting_reverse
from hotel.folios.services.invoices import invoice_issue
from tests.contracts.queries import queries_of
from tests.factories.folios import charge_make, guest_folio_make
from tests.factories.guests import guest_make


@pytest.fixture
def invoice(folio):
    """For two drinks of 11 and 22, which are one line, and one of food for 5."""
    for amount in (11, 22):
        charge_make(folio, amount)
    charge_make(folio, 5, code="food")
    return invoice_issue(window=folio.windows.get())


def page_of(document) -> str:
    return f"/dashboard/documents/{document.pk}"


def text_of(response) -> str:
    return response.content.decode()


def test_the_folio_leads_to_what_is_printed_and_to_the_pdf(desk, invoice, folio):
    assert f'href="{page_of(invoice)}"' in text_of(desk.get(f"/dashboard/folios/{folio.pk}"))

    answer = desk.get(page_of(invoice))

    assert answer.context["left"] == Money(38, "EUR")
    assert [line["gross"] for _, line in answer.context["lines"]] == [
        line["gross"] for line in invoice.document["lines"]
    ]
    assert f"/api/v1/invoices/{invoice.pk}/pdf" in text_of(answer)
    assert "Nothing of this document was corrected since." in text_of(answer)
    assert "Nothing was credited." in text_of(answer)


def test_a_document_is_taken_back_whole_once(desk, invoice, send, cast):
    key = uuid.uuid4()
    for _ in range(2):
        answer = send(desk, page_of(invoice), "cancel", key, reason="Wrong payer")

    note = Invoice.objects.get(corrects=invoice)
    assert (note.total, note.is_cancellation, note.actor) == (Money(-38, "EUR"), True, cast.bo)
    assert "This was done already; the second time did nothing." in text_of(answer)
    assert "This document is cancelled already." in text_of(answer)
    assert answer.context["left"] == Money(0, "EUR")
    assert "Reason: Wrong payer" in text_of(desk.get(page_of(note)))
    assert f'href="{page_of(invoice)}"' in text_of(desk.get(page_of(note)))


def test_after_the_credit_note_its_page_is_shown(desk, invoice, send):
    answer = send(desk, page_of(invoice), "cancel", reason="Wrong payer")

    note = Invoice.objects.get(corrects=invoice)
    assert answer.redirect_chain[-1][0] == page_of(note)
    assert f"Credit note {note.number_text} is issued: EUR 38.00 less is owed." in text_of(answer)
    assert "A credit note is not taken back; invoice anew." in text_of(answer)


def test_what_was_corrected_since_is_credited(desk, invoice, send):
    posting_reverse(posting=Posting.objects.get(gross=11))

    send(desk, page_of(invoice), "credit", reason="Not drunk")

    assert Invoice.objects.get(corrects=invoice).total == Money(-11, "EUR")


def test_a_part_of_a_line_is_let_off_on_folio_and_paper(desk, invoice, send):
    lines = invoice.document["lines"]
    number = 1 + next(n for n, line in enumerate(lines) if line["code"] == "food")

    answer = send(desk, page_of(invoice), "rebate", reason="Cold", **{f"line_{number}": "2.00"})

    assert Invoice.objects.get(corrects=invoice).total == Money(-2, "EUR"), text_of(answer)
    assert Posting.objects.get(adjusts__code__code="food").gross == Money(-2, "EUR")


@pytest.mark.parametrize(
    ("case", "act", "values", "told"),
    [
        ("no reason", "cancel", {}, "This field is required."),
        ("nothing corrected", "credit", {"reason": "x"}, "Nothing of this document was corrected since."),
        ("no amount", "rebate", {"reason": "x"}, "Say how much is let off at least one line."),
        ("too much", "rebate", {"reason": "x", "line_1": "5000"}, 'role="alert"'),
        ("too fine", "rebate", {"reason": "x", "line_1": "1.005"}, "no more than 2 decimal places"),
    ],
)
def test_a_refusal_is_told_on_the_form_and_credits_nothing(desk, invoice, send, case, act, values, told):
    answer = send(desk, page_of(invoice), act, **values)

    assert told in text_of(answer)
    assert Invoice.objects.count() == 1
    assert Posting.objects.count() == 3


def test_documents_need_their_right_and_stay_within_the_property(invoice, cast, signed_in, send):
    reader, stranger = signed_in(cast.rae), signed_in(cast.eve)

    assert signed_in(cast.di).get(page_of(invoice)).status_code == 403
    assert stranger.get(page_of(invoice)).status_code == 404
    assert send(stranger, page_of(invoice), "cancel", reason="x").status_code == 404
    page = text_of(reader.get(page_of(invoice)))
    assert "Take document back" not in page
    assert page.count("Your role here does not include it.") == 3
    for act in ("cancel", "credit", "rebate"):
        assert send(reader, page_of(invoice), act, reason="x").status_code == 403
    assert Invoice.objects.count() == 1


def test_a_confidential_guest_stays_so_on_documents(house, cast, signed_in):
    guest = guest_make(house.place, first_name="Greta", last_name="Garbo")
    stay = house.reserve(1, 2, primary_guest=guest, flags=frozenset({"is_confidential"}))
    folio = guest_folio_make(house.place, stay)
    charge_make(folio, 11)
    made = invoice_issue(window=folio.windows.get())

    assert "Garbo" in text_of(signed_in(cast.bo).get(page_of(made)))
    hidden = text_of(signed_in(cast.val).get(page_of(made)))
    assert ("Garbo" in hidden, "Confidential" in hidden) == (False, True)


def test_the_page_costs_the_same_for_many_lines(desk, invoice, folio):
    desk.get(page_of(invoice))
    few = len(queries_of(lambda: desk.get(page_of(invoice))))
    for code in ("beverage", "food", "room"):
        charge_make(folio, 3, code=code)
    longer = invoice_issue(window=folio.windows.get())

    assert len(queries_of(lambda: desk.get(page_of(longer)))) == few
    assert few <= 24
