"""The simulated processor and its client: the contract, its memory, its doors."""

import json
from datetime import timedelta

import httpx
import pytest
import time_machine
from moneyed import Money

from hotel.core.clock import now
from hotel.folios.adapters.base import (
    Credentials,
    Declined,
    ForgedNotice,
    GatewayRefused,
    NoticeKind,
    OrderKind,
    PageOrder,
)
from hotel.folios.adapters.simulator.adapter import SimulatorGateway
from hotel.folios.adapters.simulator.book import DECLINED_CARD, Book, Refusal
from hotel.folios.adapters.simulator.server import simulator_running
from tests.contracts.gateways import SECRETS, TIMEOUT, GatewayContract, Stand

GOOD_CARD = "4242 4242 4242 4242"


@pytest.fixture
def stand():
    api_key, secret = SECRETS
    with simulator_running(api_key=api_key, webhook_secret=secret, hold_seconds=1) as simulator:

        def totals(reference):
            known = simulator.book.payments[reference]
            return tuple(
                Money(known[name], known["currency"]) for name in ("authorised", "captured", "refunded")
            )

        def give_card(url, number=GOOD_CARD):
            httpx.post(url, data={"number": number, "expiry": "12/30"})

        def notice(kind, reference):
            dispute = {"amount": "80.00", "currency": "EUR", "dispute": "dp-1", "fee": "15.00"}
            more = dispute if kind.value.startswith("chargeback") else {}
            told = simulator.notice("", kind.value, reference, **more)
            return told.body, told.headers

        yield Stand(
            SimulatorGateway(Credentials(api_key, secret), simulator.url, TIMEOUT),
            simulator,
            simulator.book.card_add(GOOD_CARD, "12/30"),
            simulator.book.card_add(DECLINED_CARD, "12/30"),
            totals,
            give_card,
            notice,
        )


class TestContract(GatewayContract):
    pass


def test_a_notice_is_too_old_after_five_minutes(stand):
    body, headers = stand.notice(NoticeKind.PAYMENT, "ref-1")
    with time_machine.travel(now() + timedelta(minutes=6)), pytest.raises(ForgedNotice):
        stand.gateway.notice_read(body, headers)


def test_a_signed_body_that_is_no_notice_is_refused(stand):
    told = stand.processor.signed("", b'{"event": 1}')
    with pytest.raises(ForgedNotice):
        stand.gateway.notice_read(told.body, told.headers)


def test_a_topic_unknown_to_us_is_read_as_other(stand):
    told = stand.processor.notice("", "payout", "po_1")
    assert stand.gateway.notice_read(told.body, told.headers).kind is NoticeKind.OTHER


def test_a_wrong_key_is_refused(stand):
    gateway = SimulatorGateway(Credentials("wrong", "wrong"), stand.processor.url, TIMEOUT)
    with pytest.raises(GatewayRefused) as caught:
        gateway.page_open(PageOrder("p", "http://127.0.0.1/back"))
    assert caught.value.code == "unauthorised"
    assert stand.processor.book.pages == {}


def test_the_page_shows_what_is_due_and_leads_the_guest_back(stand):
    amount = Money("80.00", "EUR")
    page = stand.gateway.page_open(PageOrder("p", "http://127.0.0.1/back?x=1", amount, "<b>Suite</b>"))
    shown = httpx.get(page.url)
    assert "EUR 80.00" in shown.text
    assert "&lt;b&gt;Suite&lt;/b&gt;" in shown.text
    answer = httpx.post(page.url, data={"number": GOOD_CARD, "expiry": "12/30"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "http://127.0.0.1/back?x=1")
    again = httpx.post(page.url, data={"number": GOOD_CARD, "expiry": "12/30"})
    assert again.status_code == 409
    assert len(stand.processor.book.payments) == 1


def test_a_declined_card_leaves_the_page_open(stand):
    page = stand.gateway.page_open(PageOrder("p", "http://127.0.0.1/back", Money("80.00", "EUR")))
    answer = httpx.post(page.url, data={"number": DECLINED_CARD, "expiry": "12/30"})
    assert (answer.status_code, "declines" in answer.text) == (402, True)
    read = stand.gateway.page_read(page.reference)
    assert (read.is_open, read.receipt) == (True, None)


def test_a_card_number_is_checked_and_not_kept():
    book = Book()
    for number, expiry in [("4242424242424241", "12/30"), (GOOD_CARD, "13/30"), ("abc", "12/30")]:
        with pytest.raises(Refusal):
            book.card_add(number, expiry)
    token = book.card_add(GOOD_CARD, "01/31")
    assert book.cards[token] == {
        "token": token, "brand": "visa", "bin": "424242", "last4": "4242", "expires": "2031-01", "is_declined": False,
    }  # fmt: skip


def test_what_it_knows_survives_a_restart(tmp_path):
    file = tmp_path / "book.json"
    book = Book(file)
    order = {"kind": "charge", "card": book.card_add(GOOD_CARD, "12/30"), "amount": "5.00", "currency": "EUR"}
    answer = book.order("k", order)
    assert Book(file).told("k") == answer
    assert "4242424242424242" not in file.read_text()


def test_lies_and_chargebacks_are_ordered_over_the_wire(stand):
    api_key = {"Authorization": f"Bearer {SECRETS[0]}"}
    url = f"{stand.processor.url}/control/lies"
    assert httpx.post(url, json={"lies": ["decline"]}).status_code == 401
    assert httpx.post(url, json={"lies": ["no such lie"]}, headers=api_key).status_code == 400
    assert httpx.post(url, json={"lies": ["decline"]}, headers=api_key).status_code == 200
    contract = TestContract()
    with pytest.raises(Declined):
        stand.gateway.perform(contract.order(stand, OrderKind.CHARGE))
    made = stand.gateway.perform(contract.order(stand, OrderKind.CHARGE, key="next"))
    httpx.post(
        f"{stand.processor.url}/control/chargebacks", json={"payment": made.reference}, headers=api_key
    )
    told = json.loads(stand.processor.told[-1].body)
    assert (told["topic"], told["reference"], told["amount"]) == ("chargeback", made.reference, "120.00")
    won = f"{stand.processor.url}/control/chargebacks/won"
    assert httpx.post(won, json={"dispute": "dp_unknown"}, headers=api_key).status_code == 404
    assert httpx.post(won, json={"dispute": told["dispute"]}, headers=api_key).status_code == 200
    given = json.loads(stand.processor.told[-1].body)
    assert (given["topic"], given["dispute"], given["amount"]) == (
        "chargeback_won",
        told["dispute"],
        "120.00",
    )
