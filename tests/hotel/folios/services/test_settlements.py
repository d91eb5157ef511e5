"""Money on folios: payments lower what is owed, refunds raise it."""

import pytest
from moneyed import Money

from hotel.contracts.folios import PaymentReceived, RefundIssued
from hotel.core.exceptions import InvalidInput
from hotel.core.models import OutboxMessage
from hotel.folios.models import Posting
from hotel.folios.services.codes import standard_code
from hotel.folios.services.posting_data import Memo
from hotel.folios.services.settlements import payment_post
from tests.factories.folios import folio_make, money, payment_make


def test_a_payment_lowers_what_the_guest_owes(cast, entries):
    posting = payment_make(folio_make(cast.alpha), 50, code="card", actor=cast.bo)

    assert (posting.net, posting.gross, posting.actor) == (Money(-50, "EUR"), Money(-50, "EUR"), cast.bo)
    assert entries(posting) == [("guest", "card", "-50.000"), ("payment", "card", "50.000")]
    (told,) = OutboxMessage.objects.filter(topic=PaymentReceived.__name__)
    assert (told.payload["amount"], told.payload["code"], told.payload["posting_id"]) == (
        "50.00",
        "card",
        posting.pk,
    )


def test_a_refund_raises_it_again(cast, entries):
    posting = payment_make(folio_make(cast.alpha), 20, is_refund=True)

    assert posting.gross == Money(20, "EUR")
    assert entries(posting) == [("guest", "cash", "20.000"), ("payment", "cash", "-20.000")]
    (told,) = OutboxMessage.objects.filter(topic=RefundIssued.__name__)
    assert told.payload["amount"] == "20.00"


def test_the_same_source_key_pays_once(cast):
    folio, memo = folio_make(cast.alpha), Memo(source="gateway", source_key="pay_1")
    first, again = (payment_make(folio, 50, memo=memo) for _ in range(2))

    assert first.pk == again.pk
    assert Posting.objects.count() == 1


@pytest.mark.parametrize("code", ["room", "deposit_transfer", "city_ledger"])
def test_only_ways_of_payment_pay(cast, code):
    folio = folio_make(cast.alpha)
    with pytest.raises(InvalidInput) as refused:
        payment_post(
            window=folio.windows.get(), code=standard_code(cast.alpha, code), amount=money(cast.alpha, 5)
        )
    assert refused.value.code == "code_invalid"
    assert not Posting.objects.exists()


@pytest.mark.parametrize("amount", ["0", "-5", "0.001"])
def test_amounts_that_cannot_be_paid_are_refused(cast, amount):
    with pytest.raises(InvalidInput) as refused:
        payment_make(folio_make(cast.alpha), amount)
    assert refused.value.code == "amount_invalid"
    assert not Posting.objects.exists()
