"""What is on no document yet."""

from datetime import date
from decimal import Decimal

from django.test.utils import CaptureQueriesContext

from hotel.folios.selectors.invoicing import party_of, rate_on, tax_rates, uninvoiced
from tests.factories.documents import drinks_make, invoice_make
from tests.factories.folios import charge_make, payment_make, vat_make
from tests.factories.guests import company_make, guest_make


def test_lines_and_payments_are_told_apart(cast):
    folio = drinks_make(cast.alpha, 11)
    payment_make(folio, 5)
    invoice_make(cast.alpha, folio)
    charge, paid = charge_make(folio, 22), payment_make(folio, 3)
    found = uninvoiced(folio.windows.get())
    assert (found.lines, found.payments, dict(found.corrections)) == ([charge], [paid], {})


def test_the_number_of_queries_does_not_depend_on_the_postings(cast, django_assert_num_queries):
    few, many = drinks_make(cast.alpha), drinks_make(cast.alpha, *[11] * 8)
    from django.db import connection

    with CaptureQueriesContext(connection) as first:
        uninvoiced(few.windows.get())
    with django_assert_num_queries(len(first)):
        uninvoiced(many.windows.get())


def test_the_rate_of_a_tax_is_that_of_the_day(cast):
    rule = vat_make(cast.alpha)
    rule.valid_until = date(2027, 6, 1)
    rule.save()
    rates = tax_rates(cast.alpha.pk, ["VAT"])
    assert rate_on(rates, "VAT", date(2027, 5, 31)) == Decimal("0.10")
    assert rate_on(rates, "VAT", date(2027, 6, 1)) is None
    assert rate_on(rates, "CITY", date(2027, 5, 31)) is None


def test_a_payer_is_named_as_on_a_letter(cast):
    guest = guest_make(cast.alpha, salutation="Dr.", first_name="Gus", last_name="Grandet", city="Saumur")
    assert (party_of(guest).name, party_of(guest).address) == ("Dr. Gus Grandet", ("Saumur",))
    assert party_of(company_make(cast.alpha, name="Ltd", tax_number="X1")).tax_number == "X1"
