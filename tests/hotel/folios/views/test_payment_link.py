"""The page of a payment link: what is due, the way to the processor, thanks; nothing for strangers."""

from datetime import timedelta
from urllib.parse import urlsplit

import httpx
import pytest
import time_machine
from django.test import Client

from hotel.core.clock import now
from hotel.folios.models import Payment
from hotel.folios.services.payment_links import link_cancel, link_url
from tests.factories.payments import payment_link_make
from tests.hotel.folios.desk import GOOD


@pytest.fixture
def link(desk):
    return payment_link_make(desk.place, window=desk.window, description="<b>Suite</b>")


def path_of(link):
    return urlsplit(link_url(link)).path


def test_a_guest_sees_what_is_due_goes_to_the_processor_and_is_thanked(desk, link):
    browser = Client()
    page = browser.get(path_of(link))
    assert (page.status_code, page["Cache-Control"]) == (
        200,
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    assert "80.00" in page.content.decode()
    assert "&lt;b&gt;Suite&lt;/b&gt;" in page.content.decode()
    there = browser.get(f"{path_of(link)}/card")
    assert (there.status_code, there["Location"].startswith(desk.simulator.url)) == (302, True)
    httpx.post(there["Location"], data={"number": GOOD, "expiry": "11/31"})
    thanks = browser.get(path_of(link)).content.decode()
    assert "Thank you" in thanks
    assert "Pay by card" not in thanks
    assert (desk.booked(), browser.get(f"{path_of(link)}/card").status_code) == (80, 409)


def test_a_token_we_did_not_sign_is_no_page(desk, link):
    assert [
        Client().get(f"/pay/{token}").status_code for token in ("x", str(link.pk), path_of(link)[5:-1])
    ] == [404] * 3


def test_a_link_that_is_over_says_so(link):
    with time_machine.travel(now() + timedelta(days=9)):
        assert "no longer valid" in Client().get(path_of(link)).content.decode()
    link_cancel(link=link)
    assert "no longer valid" in Client().get(path_of(link)).content.decode()
    assert Payment.objects.count() == 0


def test_without_the_processor_the_guest_is_asked_to_come_back(desk, link):
    desk.simulator.stop()
    answer = Client().get(f"{path_of(link)}/card")
    assert (answer.status_code, "try again" in answer.content.decode()) == (503, True)
