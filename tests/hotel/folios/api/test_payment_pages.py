"""Cards, card pages, links, accounts at processors and their webhooks over the API."""

from datetime import timedelta

import httpx
import pytest

from hotel.core.clock import now
from hotel.folios.models import CardToken, GatewayAccount, GatewayNotice, HostedPage, PaymentLink
from tests.contracts.base import assert_problem
from tests.contracts.crud import CreateContract, ReadContract, UpdateContract
from tests.contracts.permissions import Case, assert_case
from tests.contracts.stage import ALL_RIGHTS
from tests.factories.folios import folio_window_make
from tests.factories.guests import guest_make
from tests.factories.payments import card_token_make, gateway_account_make, payment_link_make
from tests.hotel.folios.desk import GOOD

CARDS, PAGES, LINKS = "/api/v1/payments/cards", "/api/v1/payments/card-pages", "/api/v1/payments/links"
ACCOUNTS = "/api/v1/payments/gateway-accounts"


class TestCards(ReadContract):
    model, url, area, factory = CardToken, CARDS, "folios", staticmethod(card_token_make)

    def make(self, place, n):
        return card_token_make(place)


class TestLinks(ReadContract, CreateContract):
    model, url, area, write = PaymentLink, LINKS, "folios", "post"

    def make(self, place, n):
        return payment_link_make(place)

    def create(self, place):
        gateway_account_make(place)
        return {
            "window": folio_window_make(place).pk,
            "amount": {"amount": "80", "currency": str(place.currency)},
            "expires_at": (now() + timedelta(days=2)).isoformat(),
        }


class TestAccounts(ReadContract, CreateContract, UpdateContract):
    model, url, area = GatewayAccount, ACCOUNTS, "folios"
    update = {"name": "New name"}

    def make(self, place, n):
        return gateway_account_make(place, name=f"A{n}")

    def create(self, place):
        return {
            "property": place.pk, "provider": "stripe", "name": "Ours", "api_key": "sk_live_1", "webhook_secret": "whsec_never_shown",
        }  # fmt: skip


@pytest.fixture
def client(stage):
    return stage.client_of(ALL_RIGHTS)


def test_keys_of_an_account_are_never_shown(client, stage):
    body = TestAccounts().create(stage.alpha)
    made = client.post(ACCOUNTS, body)
    shown = client.get(f"{ACCOUNTS}/{made.json()['id']}")
    for answer in (made, shown, client.get(ACCOUNTS)):
        assert b"sk_live_1" not in answer.content
        assert b"whsec_never_shown" not in answer.content
    assert made.json()["webhook_path"].endswith(GatewayAccount.objects.get().slug)


def test_a_card_is_given_at_the_processors_page(client, desk):
    guest = guest_make(desk.place)
    body = {"property": desk.place.pk, "guest_id": guest.pk, "return_url": "https://hotel.example.com/back"}
    page = client.post(PAGES, body, key="same").json()
    assert client.post(PAGES, body, key="same").json() == page
    assert (page["status"], HostedPage.objects.count()) == ("open", 1)
    httpx.post(page["url"], data={"number": GOOD, "expiry": "11/31"})
    done = client.post(f"{PAGES}/{page['id']}/check", {}).json()
    card = client.get(f"{CARDS}/{done['card']}").json()
    assert (done["status"], card["last4"], card["bin"], card["guest"]) == ("done", "4242", "424242", guest.pk)
    assert "token" not in card
    removed = client.post(f"{CARDS}/{card['id']}/remove", {})
    assert removed.json()["is_active"] is False


def test_a_guest_one_may_not_see_does_not_exist(client, desk, stage):
    body = {
        "property": desk.place.pk,
        "guest_id": guest_make(stage.beta).pk,
        "return_url": "https://h.example.com",
    }
    assert_problem(client.post(PAGES, body), 404, "not_found")
    assert HostedPage.objects.count() == 0


@pytest.mark.parametrize(
    "case",
    [
        Case("post", f"{LINKS}/{{link}}/cancel", "post_folios_area", body={}, outsider=(404,)),
        Case("post", f"{CARDS}/{{card}}/remove", "post_folios_area", body={}, outsider=(404,)),
        Case("get", PAGES, "view_folios_area"),
    ],
    ids=str,
)
def test_permissions(case, stage):
    assert_case(case, stage, link=payment_link_make(stage.alpha).pk, card=card_token_make(stage.alpha).pk)


def test_a_webhook_is_kept_once_and_a_forged_one_refused(stage, desk):
    url, client = f"/api/v1/payments/webhooks/{desk.account.slug}", stage.client()
    told = desk.simulator.notice("", "payment", "pay_1")

    def send(body, path=url, **headers):
        return client.generic(
            "POST", path, body, content_type="application/json", headers=headers or told.headers
        )

    assert [send(told.body).json() for _ in range(2)] == [{"is_new": True}, {"is_new": False}]
    forged = desk.simulator.signed("", told.body, secret="guessed")
    assert_problem(send(told.body, **forged.headers), 400, "signature_invalid")
    assert_problem(send(told.body + b" "), 400, "signature_invalid")
    assert_problem(send(told.body, path="/api/v1/payments/webhooks/guessed"), 404, "not_found")
    assert GatewayNotice.objects.count() == 1
