"""Corrections are further postings: nothing that was posted is touched."""

import pytest
from moneyed import Money

from hotel.core.exceptions import Conflict
from hotel.folios.models import Posting
from hotel.folios.selectors.balances import folio_balances
from hotel.folios.services.corrections import PostingReversed, posting_reverse
from hotel.folios.services.folios import folio_close
from hotel.folios.services.journal import WindowClosed
from tests.factories.folios import charge_make, folio_make, payment_make, posting_make, vat_make
from tests.together import together


def test_a_reversal_is_the_posting_with_all_signs_turned(cast, entries):
    posting = posting_make(cast.alpha, amount=11)

    reversal = posting_reverse(posting=posting, actor=cast.bo, reason="Wrong guest")

    assert (reversal.net, reversal.gross) == (Money(-10, "EUR"), Money(-11, "EUR"))
    assert (reversal.reverses, reversal.window, reversal.revenue_date) == (
        posting,
        posting.window,
        posting.revenue_date,
    )
    assert entries(reversal) == [
        ("guest", "beverage", "-11.000"),
        ("revenue", "beverage", "10.000"),
        ("tax", "VAT", "1.000"),
    ]
    assert (reversal.journal.kind, reversal.journal.reason, reversal.actor) == (
        "reversal",
        "Wrong guest",
        cast.bo,
    )
    assert folio_balances(cast.alpha.pk, [posting.window.folio_id]) == {
        posting.window.folio_id: Money(0, "EUR")
    }


def test_a_payment_is_taken_back_alike(cast, entries):
    payment = payment_make(folio_make(cast.alpha), 50)

    assert entries(posting_reverse(posting=payment)) == [
        ("guest", "cash", "50.000"),
        ("payment", "cash", "-50.000"),
    ]


def test_a_posting_is_reversed_once(cast):
    posting = posting_make(cast.alpha)
    reversal = posting_reverse(posting=posting)

    with pytest.raises(PostingReversed):
        posting_reverse(posting=posting)
    with pytest.raises(Conflict) as refused:
        posting_reverse(posting=reversal)

    assert refused.value.code == "posting_is_reversal"
    assert Posting.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_reverse_at_once_one_does(cast):
    posting = posting_make(cast.alpha)

    answers = together(*[lambda: posting_reverse(posting=Posting.objects.get(pk=posting.pk))] * 2)

    assert sorted(type(answer).__name__ for answer in answers) == ["Posting", "PostingReversed"]
    assert Posting.objects.count() == 2


def test_nothing_is_reversed_on_a_closed_folio(cast):
    vat_make(cast.alpha)
    folio = folio_make(cast.alpha)
    posting = charge_make(folio, 11)
    payment_make(folio, 11)
    folio_close(folio=folio)
    with pytest.raises(WindowClosed):
        posting_reverse(posting=Posting.objects.get(pk=posting.pk))
    assert Posting.objects.count() == 2
