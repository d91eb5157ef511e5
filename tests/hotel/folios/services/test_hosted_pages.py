"""Pages at the processor: a card is kept without its number ever being here, a payment is booked once."""

import uuid
from datetime import timedelta

import httpx
import pytest
import time_machine
from django.db import IntegrityError, transaction

from hotel.core.clock import now
from hotel.core.exceptions import RuleBroken
from hotel.folios.adapters.base import GatewayError
from hotel.folios.models import CardToken, GatewayAccount, HostedPage
from hotel.folios.services.card_payments import payment_capture
from hotel.folios.services.hosted_pages import card_page_open, card_remove, page_check
from hotel.folios.services.refunds import payment_refund
from hotel.folios.tasks import payments_reconcile
from tests.factories.guests import guest_make
from tests.factories.payments import card_token_make
from tests.hotel.folios.desk import GOOD

BACK = "https://hotel.example.com/back"


def page_of(desk, **over):
    return card_page_open(place=desk.place, return_url=BACK, **{"guest": None, "key": uuid.uuid4(), **over})


def give_card(page, number=GOOD):
    return httpx.post(page.url, data={"number": number, "expiry": "11/31"})


def test_a_guest_gives_a_card_and_we_keep_its_first_and_last_digits(desk):
    guest = guest_make(desk.place)
    page = page_of(desk, guest=guest)
    assert (page.status, page_check(page_id=page.pk).status) == ("open", "open")
    assert give_card(page).headers["Location"] == BACK
    done = page_check(page_id=page.pk)
    card = done.card
    assert (done.status, done.url, done.next_check_at) == ("done", "", None)
    assert (card.brand, card.bin, card.last4, card.expires, card.guest) == (
        "visa",
        "424242",
        "4242",
        "2031-11",
        guest,
    )
    assert page_check(page_id=page.pk).card == card
    assert CardToken.objects.filter(guest=guest).count() == 1


def test_a_page_is_looked_at_by_itself(desk):
    page = page_of(desk)
    give_card(page)
    assert payments_reconcile() == 0
    with time_machine.travel(now() + timedelta(minutes=3)):
        assert payments_reconcile() == 1
    page.refresh_from_db()
    assert page.status == "done"


def test_a_repeated_key_opens_one_page(desk):
    key = uuid.uuid4()
    assert page_of(desk, key=key).reference == page_of(desk, key=key).reference
    assert (HostedPage.objects.count(), len(desk.simulator.book.pages)) == (1, 1)


def test_a_page_that_the_processor_did_not_make_is_made_later(desk):
    url, key = desk.simulator.url, uuid.uuid4()
    desk.simulator.stop()
    with pytest.raises(GatewayError):
        page_of(desk, key=key)
    page = HostedPage.objects.get()
    assert (page.reference, page.status) == ("", "open")
    desk.simulator.start(int(url.rpartition(":")[2]))
    assert page_of(desk, key=key).reference
    assert HostedPage.objects.count() == 1


def test_without_an_account_there_is_no_page(stage):
    with pytest.raises(RuleBroken) as caught:
        card_page_open(place=stage.alpha, guest=None, return_url=BACK, key=uuid.uuid4())
    assert (caught.value.code, HostedPage.objects.count(), GatewayAccount.objects.count()) == (
        "no_gateway",
        0,
        0,
    )


def test_a_removed_card_stays_with_its_payments_and_the_processor_forgets_it(desk):
    taken, reserved, token = desk.charged(80), desk.authorised(50), desk.card.token
    assert card_remove(card=desk.card).is_active is False
    assert payments_reconcile() == 1

    card = CardToken.objects.get(pk=desk.card.pk)
    assert (card.token, card.forget_at, card.last4) == (f"erased-{card.pk}", None, "4242")
    assert token not in desk.simulator.book.cards
    assert card_remove(card=card).forget_at is None
    assert payments_reconcile() == 0
    assert payment_capture(payment=reserved, key=uuid.uuid4().hex).status == "captured"
    assert payment_refund(payment=taken, amount=desk.money(30), key="r1").status == "refunded"
    assert desk.moved() == (130, 30)


@pytest.mark.parametrize(
    "values", [{"token": GOOD}, {"last4": "424242"}, {"bin": "42424242424242"}, {"expires": "12/30"}]
)
def test_the_database_takes_nothing_that_looks_like_a_card_number(stage, values):
    with pytest.raises((IntegrityError, Exception)) as caught, transaction.atomic():
        card_token_make(stage.alpha, **values)
    assert isinstance(caught.value.__cause__ or caught.value, Exception)
    assert CardToken.objects.count() == 0
