"""A guest's cards: given out without their tokens, taken from him, forgotten by the processor; payments stay."""

from datetime import timedelta
from decimal import Decimal

import httpx
import pytest
import time_machine

from hotel.core.clock import now
from hotel.core.exceptions import RuleBroken
from hotel.core.plugs import plugs
from hotel.folios.adapters.base import GatewayError
from hotel.folios.adapters.simulator.server import Lie
from hotel.folios.models import CardToken, HostedPage, Payment
from hotel.folios.selectors.payments import cards_due
from hotel.folios.services.card_payments import payment_authorise
from hotel.folios.services.hosted_pages import card_remove, page_check, page_made
from hotel.folios.services.privacy import card_forget, guest_cards_erase, guest_cards_export
from hotel.folios.services.refunds import payment_refund
from hotel.folios.tasks import payments_reconcile
from tests.factories.guests import guest_make
from tests.factories.payments import card_token_make, hosted_page_make
from tests.hotel.folios.desk import GOOD


@pytest.fixture
def gus(desk):
    """Whose card the desk has."""
    guest = guest_make(desk.place)
    CardToken.objects.filter(pk=desk.card.pk).update(guest=guest)
    desk.card.refresh_from_db()
    return guest


def test_the_provider_is_plugged_in():
    (provider,) = (one for plug in plugs() for one in plug.privacy if one.name == "cards")
    assert provider.erase == "hotel.folios.services.privacy.guest_cards_erase"


def test_the_export_shows_what_the_guest_would_recognise_and_no_token(desk, gus):
    payment = desk.charged(80)
    (card,) = guest_cards_export(guest_id=gus.pk)
    assert card == {
        "property": "Alpha",
        "brand": "visa",
        "last4": "4242",
        "expires": "2030-12",
        "is_active": True,
        "kept_since": desk.card.created_at,
        "payments": [payment.number],
    }
    assert desk.card.token not in str(card)
    assert guest_cards_export(guest_id=gus.pk + 1) == []


def test_an_erased_card_is_used_no_more_and_the_processor_forgets_it(desk, gus):
    payment, token = desk.charged(80), desk.card.token
    assert guest_cards_erase(guest_id=gus.pk) == 1
    with pytest.raises(RuleBroken) as caught:
        payment_authorise(data=desk.data(), card=CardToken.objects.get(pk=desk.card.pk))
    assert (caught.value.code, token in desk.simulator.book.cards) == ("card_removed", True)
    assert payments_reconcile() == 1
    card = CardToken.objects.get(pk=desk.card.pk)
    assert (card.guest, card.is_active, card.bin, card.forget_at) == (None, False, "", None)
    assert (card.token, token in desk.simulator.book.cards) == (f"erased-{card.pk}", False)
    assert (guest_cards_erase(guest_id=gus.pk), guest_cards_export(guest_id=gus.pk)) == (0, [])
    assert (payments_reconcile(), CardToken.objects.filter(is_active=True).count()) == (0, 1)
    # What the law needs is there, and the payment can be paid back.
    kept = Payment.objects.get()
    assert (kept.number, kept.captured_amount, kept.card.brand, kept.card.last4) == (
        payment.number, 80, "visa", "4242",
    )  # fmt: skip
    refund = payment_refund(payment=kept, amount=desk.money(30), key="r1")
    assert (refund.status, desk.moved()) == ("refunded", (80, Decimal(30)))


def test_a_card_that_was_removed_before_is_still_his(desk, gus):
    card_remove(card=desk.card)
    payments_reconcile()
    assert [card["is_active"] for card in guest_cards_export(guest_id=gus.pk)] == [False]

    assert guest_cards_erase(guest_id=gus.pk) == 1

    card = CardToken.objects.get(pk=desk.card.pk)
    assert (card.guest, card.bin, card.forget_at) == (None, "", None)
    assert (guest_cards_erase(guest_id=gus.pk), guest_cards_export(guest_id=gus.pk)) == (0, [])


def test_a_card_of_nobody_that_paid_for_the_guest_is_his(desk, gus):
    CardToken.objects.filter(pk=desk.card.pk).update(guest=None)
    type(desk.window).objects.filter(pk=desk.window.pk).update(guest=gus)
    assert guest_cards_export(guest_id=gus.pk) == []
    desk.charged(80)
    assert [card["last4"] for card in guest_cards_export(guest_id=gus.pk)] == ["4242"]
    assert guest_cards_erase(guest_id=gus.pk) == 1


def test_the_cards_of_others_stay(desk, gus):
    other = card_token_make(desk.place, account=desk.account, guest=guest_make(desk.place))
    guest_cards_erase(guest_id=gus.pk)
    payments_reconcile()
    other.refresh_from_db()
    assert (other.is_active, other.forget_at, other.guest_id is None) == (True, None, False)


def test_a_processor_that_does_not_answer_is_asked_again(desk, gus):
    guest_cards_erase(guest_id=gus.pk)
    desk.simulator.stop()
    (due,) = cards_due()
    with pytest.raises(GatewayError):
        card_forget(card_id=due)
    card = CardToken.objects.get(pk=due)
    assert (card.token, card.forget_at > now(), cards_due()) == (desk.card.token, True, [])
    with time_machine.travel(now() + timedelta(minutes=11)):
        assert cards_due() == [due]


def test_a_card_waits_for_an_order_that_is_not_clear(desk, gus):
    desk.simulator.lies.append(Lie.SILENT_BEFORE)
    payment = desk.charged(80)
    guest_cards_erase(guest_id=gus.pk)
    assert (payment.status, card_forget(card_id=desk.card.pk)) == ("unknown", False)
    assert desk.card.token in desk.simulator.book.cards
    with time_machine.travel(now() + timedelta(minutes=11), tick=True):
        assert payments_reconcile() == 2
    payment.refresh_from_db()
    assert (payment.status, desk.card.token in desk.simulator.book.cards) == ("captured", False)


def test_a_page_that_waits_for_a_card_is_given_up(desk, gus):
    page = page_made(hosted_page_make(desk.place, guest=gus))
    url = page.url
    guest_cards_erase(guest_id=gus.pk)
    httpx.post(url, data={"number": GOOD, "expiry": "11/31"})
    assert page_check(page_id=page.pk).status == "expired"
    kept = HostedPage.objects.get()
    assert (kept.guest, kept.url, CardToken.objects.count()) == (None, "", 2)
