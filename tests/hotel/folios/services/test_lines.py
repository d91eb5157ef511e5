"""A posting as a line again: its own values, or those of what it becomes."""

from decimal import Decimal

from hotel.folios.services.folios import window_open
from hotel.folios.services.lines import line_of
from tests.factories.folios import charge_make, folio_make, posting_make, routing_rule_make


def test_a_line_is_what_the_posting_is(cast):
    posting = posting_make(cast.alpha, quantity=Decimal(2))
    line = line_of(posting)
    assert (line.window_id, line.code, line.net, line.revenue_date) == (
        posting.window_id,
        posting.code,
        posting.net,
        posting.revenue_date,
    )
    assert (line.description, line.quantity, line.source_key) == ("Beverage", Decimal(2), "")
    assert [(tax.code.code, tax.amount) for tax in line.taxes] == [("VAT", posting.taxes.get().amount)]


def test_quantity_and_routing_follow_what_the_line_is(cast):
    folio, payer = folio_make(cast.alpha), folio_make(cast.alpha, name="Payer")
    rule = routing_rule_make(cast.alpha, folio=folio, window=payer.windows.get())
    posting = charge_make(folio, 10, quantity=Decimal(2))

    back, part = line_of(posting, reverses=posting), line_of(posting, moved_from=posting, is_first=False)
    moved = line_of(posting, window=window_open(folio=folio), moved_from=posting)

    assert [(line.quantity, line.routing_rule_id) for line in (back, part, moved)] == [
        (Decimal(-2), rule.pk),
        (Decimal(0), rule.pk),
        (Decimal(2), None),
    ]
    assert moved.folio_id == folio.pk
