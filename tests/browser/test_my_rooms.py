"""An attendant's phone: with the network, without it, and back again."""

import re

import pytest
from playwright.sync_api import expect

from hotel.accounts.models import Role, User
from hotel.accounts.services.desk import pin_set
from hotel.accounts.services.roles import role_assign
from hotel.operations.models import Task, TaskChange, WorkOrder
from hotel.operations.services.tasks import task_assign, task_create
from tests.browser.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATH = "/dashboard/hk/rooms"
CUT = re.compile(
    r"ERR_INTERNET_DISCONNECTED|ERR_NETWORK|409 \(Conflict\)|403 \(Forbidden\)|WebSocket|Failed to fetch|htmx:sendError"
)


@pytest.fixture
def phone(desk, hotel):
    """Di's phone, with three rooms to clean; a network that is cut on purpose is no complaint."""

    def furnish():
        di = User.objects.get(username="di")
        di.set_password(PASSWORD)
        di.save()
        for room in hotel.rooms[:3]:
            task_create(place=hotel.place, values={"kind": "deep", "room": room, "assignee": di})

    desk.ask(furnish)
    desk.page.set_viewport_size({"width": 375, "height": 720})
    desk.sign_in("di")
    yield desk
    desk.complaints[:] = [text for text in desk.complaints if not CUT.search(text)]


def opened(phone):
    """The page, kept by its worker."""
    phone.open(PATH)
    phone.page.evaluate("navigator.serviceWorker.ready")
    eventually(phone, "async () => (await (await caches.open('hk-pages')).keys()).length === 1")


def eventually(phone, question):
    """Ask the page until it says yes."""
    for _ in range(100):
        if phone.page.evaluate(question):
            return
        phone.page.wait_for_timeout(100)
    raise AssertionError(question)


def job(phone, number):
    return phone.page.locator(".job", has=phone.page.get_by_role("heading", name=number, exact=True))


def press(phone, number, words):
    job(phone, number).get_by_role("button", name=re.compile(words)).click()


def say(phone, number, field, text, words):
    where = job(phone, number)
    where.locator("summary").click()
    where.get_by_label(field).fill(text)
    where.get_by_role("button", name=words).click()


def happened(phone):
    rows = TaskChange.objects.order_by("pk").values_list("task__room__number", "kind", "note")
    return phone.ask(lambda: list(rows))


def test_with_a_network_an_act_is_done_at_once_and_the_page_follows(phone):
    opened(phone)
    press(phone, "101", "Start")
    expect(job(phone, "101").get_by_role("button", name=re.compile("Done"))).to_be_visible()
    press(phone, "101", "Done")
    expect(phone.page.locator(".over-jobs")).to_contain_text("101")
    assert phone.overflow() == 0
    assert happened(phone) == [("101", "started", ""), ("101", "done", "")]


def test_three_acts_without_a_network_are_each_done_once_when_it_is_back(phone):
    opened(phone)
    phone.page.context.set_offline(True)
    press(phone, "101", "Start")
    press(phone, "101", "Done")
    say(phone, "102", "What is broken", "The tap drips", "Report a repair")
    words = phone.page.locator("#hk-net [role=status]")
    expect(words).to_have_text(
        "3 to send · No network. Go on working: what you do is kept here and sent later."
    )
    assert happened(phone) == []

    phone.page.reload()  # the list, and what waits, are kept
    expect(words).to_contain_text("3 to send")
    expect(job(phone, "101").get_by_role("button")).to_have_count(0)

    phone.page.context.set_offline(False)
    expect(words).to_be_hidden()
    expect(phone.page.locator(".over-jobs")).to_contain_text("101")
    assert happened(phone) == [("101", "started", ""), ("101", "done", "")]
    assert phone.ask(lambda: list(WorkOrder.objects.values_list("title", "room__number"))) == [
        ("The tap drips", "102")
    ]
    phone.page.reload()
    phone.page.wait_for_timeout(1000)
    assert len(happened(phone)) == 2


def test_an_act_that_came_too_late_is_told_on_a_card_and_changes_nothing(phone):
    opened(phone)
    phone.page.context.set_offline(True)
    press(phone, "102", "Start")
    say(phone, "103", "Note", "A stain", "Write a note")

    def handed_over():
        task = Task.objects.get(room__number="102")
        ada = User.objects.get(username="ada")
        task_assign(task=task, assignee=User.objects.get(username="bo"), actor=ada)

    phone.ask(handed_over)
    phone.page.context.set_offline(False)

    card = phone.page.locator(".card-told")
    expect(card).to_contain_text("102, Start: This did not count. It is a task of bo now.")
    assert happened(phone) == [("102", "assigned", "bo"), ("103", "noted", "A stain")]
    phone.page.reload()
    expect(card).to_have_count(1)  # until it is seen
    card.get_by_role("button", name="I have seen it").click()
    expect(card).to_have_count(0)
    expect(job(phone, "102")).to_have_count(0)


def test_signing_out_leaves_nothing_behind(phone):
    opened(phone)
    phone.page.get_by_role("button", name="Log out").click()
    expect(phone.page.get_by_role("button", name="Log in")).to_be_visible()
    left = "async () => [(await caches.keys()).length, (await indexedDB.databases()).length]"
    assert phone.page.evaluate(left) == [0, 0]
    phone.page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        phone.page.goto(phone.address + PATH)
    phone.page.context.set_offline(False)


def test_signing_out_from_another_page_does_too(phone, hotel):
    place = hotel.place
    phone.ask(
        lambda: role_assign(
            user=User.objects.get(username="di"),
            role=Role.objects.get(chain=place.chain, code="front_desk"),
            place=place,
        )
    )
    opened(phone)
    phone.open("/dashboard/reservations")
    phone.page.get_by_role("button", name="Log out").click()
    expect(phone.page.get_by_role("button", name="Log in")).to_be_visible()
    eventually(phone, "async () => (await caches.keys()).length === 0")


def test_locking_a_shared_desk_leaves_nothing_behind_but_sends_first(phone):
    phone.ask(lambda: pin_set(user=User.objects.get(username="di"), pin="482915"))
    phone.page.context.clear_cookies()
    phone.sign_in("di")  # a seat opens with the sign-in
    opened(phone)
    phone.page.context.set_offline(True)
    press(phone, "101", "Start")
    words = phone.page.locator("#hk-net [role=status]")
    for leave in ("Lock", "Log out"):
        phone.page.get_by_role("button", name=leave, exact=True).click()
        phone.page.wait_for_timeout(500)
        expect(words).to_contain_text("1 to send")
        assert phone.page.url == phone.address + PATH
    expect(phone.page).to_have_url(phone.address + PATH)

    phone.page.context.set_offline(False)
    expect(words).to_be_hidden()
    phone.page.get_by_role("button", name="Lock", exact=True).click()
    expect(phone.page).to_have_url(phone.address + "/lock")
    eventually(phone, "async () => (await caches.keys()).length === 0")
    assert happened(phone) == [("101", "started", "")]


def test_who_is_signed_out_elsewhere_keeps_what_is_to_be_sent(phone):
    opened(phone)
    phone.page.context.set_offline(True)
    press(phone, "101", "Start")
    words = phone.page.locator("#hk-net [role=status]")
    expect(words).to_contain_text("1 to send")
    phone.page.context.clear_cookies()
    phone.page.context.set_offline(False)
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    expect(words).to_have_text("1 to send · Sign in again to send what is kept here.")
    phone.open(PATH)
    phone.page.get_by_label("Username").fill("di")
    phone.page.get_by_label("Password").fill(PASSWORD)
    phone.page.get_by_role("button", name="Log in").click()
    expect(job(phone, "101").get_by_role("button", name=re.compile("Done"))).to_be_visible()
    phone.page.wait_for_function("document.querySelector('#hk-net [role=status]').hidden")
    assert happened(phone) == [("101", "started", "")]
