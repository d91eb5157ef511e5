"""Payment links: a signed address, one open page at a time, paid once."""

from datetime import timedelta

import httpx
import pytest
import time_machine

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, NotFound, PmsError
from hotel.folios.adapters.base import GatewayError
from hotel.folios.adapters.simulator.server import Lie
from hotel.folios.models import CardToken, HostedPage, Payment, PaymentLink
from hotel.folios.services.folios import folio_close
from hotel.folios.services.payment_links import (
    link_cancel,
    link_check,
    link_create,
    link_follow,
    link_read,
    link_url,
)
from hotel.folios.tasks import payments_reconcile
from tests.factories.reservations import reservation_make
from tests.hotel.folios.desk import BAD, GOOD
from tests.together import together

UNHEARD = [Lie.SILENT_AFTER, Lie.HANG_UP, Lie.GARBAGE, Lie.BROKEN]


def later(**delta):
    return time_machine.travel(now() + timedelta(**delta), tick=True)


def link_of(desk, **over):
    values = {
        "target": desk.window,
        "amount": desk.money(80),
        "expires_at": now() + timedelta(days=2),
        **over,
    }
    return link_create(**values)


def pay(page, number=GOOD):
    return httpx.post(page.url, data={"number": number, "expiry": "11/31"})


def test_a_guest_follows_the_link_pays_and_the_money_is_on_his_window(desk):
    link = link_of(desk, description="Your stay")
    page = link_follow(link=link)
    assert "EUR 80.00" in httpx.get(page.url).text
    assert pay(page).headers["Location"] == link_url(link)
    paid = link_check(link=link_read(token=link_url(link).rpartition("/")[2]))
    assert (paid.status, paid.payment.status, desk.booked()) == ("paid", "captured", 80)
    assert (paid.payment.window, paid.payment.card.last4) == (desk.window, "4242")
    assert link_check(link=paid).status == "paid"
    assert (desk.booked(), desk.moved()) == (80, (80, 0))
    with pytest.raises(Conflict) as caught:
        link_follow(link=paid)
    assert caught.value.code == "link_closed"


def test_a_deposit_is_paid_by_link_before_the_stay(desk):
    stay = reservation_make(desk.place)
    page = link_follow(link=link_of(desk, target=stay))
    pay(page)
    paid = link_check(link=PaymentLink.objects.get())
    assert (paid.status, paid.payment.reservation, paid.payment.status) == ("paid", stay, "captured")
    assert CardToken.objects.get(pk=paid.payment.card_id).guest_id == stay.primary_guest_id


def test_clicking_twice_leads_to_the_same_page(desk):
    link = link_of(desk)
    pages = [link_follow(link=link).url for _ in range(2)]
    assert pages[0] == pages[1]
    assert (HostedPage.objects.count(), Payment.objects.count()) == (1, 1)


def test_a_declined_card_leaves_the_link_open_for_another(desk):
    link = link_of(desk)
    page = link_follow(link=link)
    assert pay(page, BAD).status_code == 402
    assert link_check(link=link).status == "open"
    pay(page)
    assert link_check(link=link).status == "paid"
    assert desk.moved() == (80, 0)


def test_a_page_that_closed_unused_is_followed_by_a_new_one(desk):
    link = link_of(desk)
    first = link_follow(link=link)
    desk.simulator.book.pages[first.reference]["is_open"] = False
    second = link_follow(link=link)
    assert second.reference != first.reference
    assert sorted(Payment.objects.values_list("status", flat=True)) == ["failed", "pending"]
    pay(second)
    assert (link_check(link=link).status, desk.booked()) == ("paid", 80)


def test_an_address_we_did_not_sign_is_no_link(desk):
    link = link_of(desk)
    good = link_url(link).rpartition("/")[2]
    for token in ("x", str(link.pk), str(link.public_id), good[:-2] + "00", f"{link.public_id}:forged"):
        with pytest.raises(NotFound):
            link_read(token=token)
    assert link_read(token=good) == link


def test_a_link_ends(desk):
    link = link_of(desk)
    with time_machine.travel(now() + timedelta(days=3)), pytest.raises(Conflict) as caught:
        link_follow(link=link)
    assert (caught.value.code, Payment.objects.count()) == ("link_expired", 0)


def test_who_opened_the_page_before_the_link_was_cancelled_cannot_pay(desk):
    link = link_of(desk)
    page = link_follow(link=link)
    assert link_cancel(link=link).status == "cancelled"
    assert pay(page).status_code == 409
    page.refresh_from_db()
    assert (page.status, page.payment.status, page.payment.failure_code) == (
        "expired",
        "failed",
        "page_expired",
    )
    assert (desk.moved(), desk.booked()) == ((0, 0), 0)
    for command in (link_cancel, link_follow):
        with pytest.raises(Conflict):
            command(link=link)


def test_who_paid_at_the_moment_of_the_cancellation_has_paid(desk):
    link = link_of(desk)
    pay(link_follow(link=link))
    assert (link_cancel(link=link).status, desk.booked(), desk.moved()) == ("paid", 80, (80, 0))


@pytest.mark.parametrize("lie", UNHEARD)
def test_a_page_that_was_made_but_not_heard_of_is_found_and_paid_once(desk, lie):
    link = link_of(desk)
    desk.simulator.page_lies.append(lie)
    with pytest.raises(GatewayError):
        link_follow(link=link)
    pay(link_follow(link=link))
    desk.simulator.page_lies.append(lie)
    with pytest.raises(GatewayError):
        link_check(link=link)
    assert (link_check(link=link).status, desk.booked(), desk.moved()) == ("paid", 80, (80, 0))
    assert (len(desk.simulator.book.pages), Payment.objects.count()) == (1, 1)


def test_pages_answered_twice_or_late_are_one_page(desk):
    link = link_of(desk)
    desk.simulator.page_lies.extend([Lie.LATE, Lie.TWICE])
    with pytest.raises(GatewayError):
        link_follow(link=link)
    page = link_follow(link=link)
    desk.simulator.released.set()
    assert desk.simulator.late_arrived.wait(timeout=60)
    pay(page)
    assert (link_check(link=link).status, desk.booked(), desk.moved()) == ("paid", 80, (80, 0))
    assert len(desk.simulator.book.pages) == 1


@pytest.mark.parametrize("lie", [*UNHEARD, Lie.SILENT_BEFORE, Lie.BUSY])
def test_a_page_that_could_not_be_closed_is_closed_by_the_reconciliation(desk, lie):
    link = link_of(desk)
    page = link_follow(link=link)
    desk.simulator.page_lies.append(lie)
    assert link_cancel(link=link).status == "cancelled"
    with later(minutes=3):
        assert payments_reconcile() == 1
    assert (pay(page).status_code, desk.moved()) == (409, (0, 0))
    page.refresh_from_db()
    assert page.status == "expired"


def test_who_pays_before_the_reconciliation_closes_his_page_has_paid(desk):
    link = link_of(desk)
    page = link_follow(link=link)
    desk.simulator.page_lies.append(Lie.SILENT_BEFORE)
    link_cancel(link=link)
    pay(page)
    with later(minutes=3):
        assert payments_reconcile() == 1
    assert (link_check(link=link).status, desk.booked(), desk.moved()) == ("paid", 80, (80, 0))


def test_a_page_that_is_made_while_its_link_is_cancelled_is_closed(desk):
    link = link_of(desk)
    desk.simulator.page_lies.append(Lie.SILENT_BEFORE)
    with pytest.raises(GatewayError):
        link_follow(link=link)
    assert link_cancel(link=link).status == "cancelled"
    (known,) = desk.simulator.book.pages.values()
    assert (known["is_open"], HostedPage.objects.get().status) == (False, "expired")


def test_the_page_of_a_link_whose_time_is_over_is_closed(desk):
    page = link_follow(link=link_of(desk))
    with later(days=3):
        assert payments_reconcile() == 1
    assert (pay(page).status_code, desk.moved()) == (409, (0, 0))


@pytest.mark.django_db(transaction=True)
def test_of_paying_and_cancelling_at_once_one_wins_and_no_money_is_lost(desk):
    links = [link_of(desk) for _ in range(4)]
    pages = [link_follow(link=link) for link in links]
    acts = [
        act
        for link, page in zip(links, pages, strict=True)
        for act in (lambda link=link: link_cancel(link=link), lambda page=page: pay(page).status_code)
    ]
    answers = together(*acts)
    paid = answers[1::2].count(303)
    with later(minutes=3):
        payments_reconcile()
    statuses = [link_check(link=link).status for link in links]
    assert sorted(set(answers[1::2]) | {303, 409}) == [303, 409]
    assert (statuses.count("paid"), statuses.count("cancelled")) == (paid, 4 - paid)
    assert (desk.booked(), desk.moved()) == (80 * paid, (80 * paid, 0))


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"amount": 0}, "amount_invalid"),
        ({"amount": "0.001"}, "amount_invalid"),
        ({"hours": -1}, "expires_at_past"),
    ],
)
def test_what_makes_no_link_is_refused(desk, over, code):
    values = {"amount": desk.money(over["amount"])} if "amount" in over else {}
    if "hours" in over:
        values["expires_at"] = now() + timedelta(hours=over["hours"])
    with pytest.raises(InvalidInput) as caught:
        link_of(desk, **values)
    assert (caught.value.code, PaymentLink.objects.count()) == (code, 0)


def test_neither_a_closed_window_nor_a_property_without_an_account_has_links(desk, stage):
    folio_close(folio=desk.window.folio)
    desk.window.refresh_from_db()
    for over in ({}, {"target": reservation_make(stage.beta), "amount": None}):
        values = {**over, "amount": over.get("amount", desk.money(80))}
        if values["amount"] is None:
            from tests.factories.folios import money

            values["amount"] = money(stage.beta, 8000)
        with pytest.raises(PmsError) as caught:
            link_of(desk, **values)
        assert caught.value.code in {"window_closed", "no_gateway"}
    assert PaymentLink.objects.count() == 0
