"""Two people at their desks: what one does is painted at the other's, and nobody loses what he types."""

import re

import pytest
from playwright.sync_api import expect

from hotel.accounts.models import StaffSession
from hotel.reservations.models import Reservation
from tests.browser.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FRESH_MS = 1000


@pytest.fixture
def other(desk):
    """A second person, signed in on a browser of his own."""
    context = desk.page.context.browser.new_context(locale="en-GB")
    page = context.new_page()
    page.goto(f"{desk.address}/login")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    yield page
    context.close()


def stay_of(desk, name: str) -> int:
    return desk.ask(lambda: Reservation.objects.get(primary_guest__last_name=name).pk)


def opened(desk, path: str) -> None:
    """Open a page and wait until it hears."""
    with desk.page.expect_websocket():
        desk.open(path)
    desk.page.wait_for_timeout(300)


def assign(desk, other, room: str) -> None:
    """The other person gives a room to Anna Moser's stay."""
    other.goto(f"{desk.address}/dashboard/rack")
    other.get_by_label("Room for Anna Moser").select_option(label=room)
    other.get_by_role("button", name="Assign Anna Moser").click()
    expect(other.get_by_role("status").first).to_contain_text("a room was assigned")


def row_of(page, name: str):
    return page.locator("tr", has_text=name)


WATCH = """room => new MutationObserver((_, seen) => {
  const list = document.querySelector('#arrivals').closest('section');
  if (list.textContent.includes(room)) { window.painted = Date.now(); seen.disconnect(); }
}).observe(document.body, { childList: true, subtree: true, characterData: true })"""


def test_what_another_does_is_painted_within_a_second(desk, other):
    desk.sign_in("bo")
    opened(desk, "/dashboard")
    expect(row_of(desk.page, "Anna Moser").get_by_text("no room")).to_be_visible()
    desk.page.evaluate(WATCH, "102")

    assign(desk, other, "102")
    told = desk.page.evaluate("Date.now()")

    expect(row_of(desk.page, "Anna Moser").get_by_text("102")).to_be_visible()
    assert desk.page.evaluate("window.painted") - told <= FRESH_MS


def test_the_rack_follows(desk, other):
    desk.sign_in("bo")
    opened(desk, "/dashboard/rack")
    expect(desk.page.locator("#lane")).to_be_visible()

    assign(desk, other, "103")

    expect(desk.page.locator("tr", has=desk.page.get_by_role("rowheader", name="103"))).to_contain_text(
        "Moser"
    )


def test_focus_half_typed_words_and_what_is_folded_out_stay(desk, other):
    page, stay = desk.page, stay_of(desk, "Moser")
    desk.sign_in("bo")
    opened(desk, f"/dashboard/reservations/{stay}")
    page.locator("summary", has_text="Write a note").click()
    page.get_by_label("Department").fill("Front")
    page.get_by_label("Text").fill("Late arr")
    version = page.locator("input[name=version]").first.input_value()

    assign(desk, other, "102")

    expect(page.locator("dd strong", has_text="102")).to_be_visible()
    page.keyboard.type("ival")
    expect(page.get_by_label("Text")).to_be_focused()
    assert page.get_by_label("Text").input_value() == "Late arrival"
    assert page.get_by_label("Department").input_value() == "Front"
    assert page.locator("input[name=version]").first.input_value() == str(int(version) + 1)


def test_a_form_in_work_keeps_the_version_that_its_person_saw(desk, other):
    page, stay = desk.page, stay_of(desk, "Moser")
    desk.sign_in("bo")
    opened(desk, f"/dashboard/reservations/{stay}")
    page.locator("summary", has_text="Cancel stay").click()
    page.get_by_label("Reason").fill("Ill")
    seen = page.locator("form:has([name=reason]) [name=version]").input_value()

    assign(desk, other, "102")

    expect(page.locator("dd strong", has_text="102")).to_be_visible()
    assert page.locator("form:has([name=reason]) [name=version]").input_value() == seen
    page.get_by_role("button", name="Cancel stay").click()
    expect(page.get_by_role("status").first).to_contain_text("nothing of yours was done")
    assert desk.ask(lambda: Reservation.objects.get(pk=stay).status) == "confirmed"


def test_a_socket_that_was_cut_is_opened_again_and_nothing_is_missed(desk, other):
    sockets = []

    desk.page.route_web_socket(
        "**/ws/desk/*", lambda socket: (sockets.append(socket), socket.connect_to_server())
    )
    desk.sign_in("bo")
    desk.open("/dashboard")
    desk.page.wait_for_timeout(500)
    before = len(sockets)

    sockets[-1].close()
    assign(desk, other, "102")

    expect(row_of(desk.page, "Anna Moser").get_by_text("102")).to_be_visible(timeout=10_000)
    desk.page.wait_for_timeout(1500)
    assert len(sockets) == before + 1
    expect(desk.page.locator("#net")).to_be_hidden()


def test_without_a_socket_the_page_looks_again_and_says_so(desk, other):
    desk.sign_in("bo")
    desk.page.route_web_socket("**/ws/desk/*", lambda socket: socket.close())
    desk.page.clock.install()
    desk.open("/dashboard")
    desk.page.clock.run_for(3_000)
    words = desk.page.locator("#net")
    expect(words).to_have_text(re.compile(r"No live updates since \d\d:\d\d( [AP]M)?, refreshing every 20 s"))
    assign(desk, other, "102")
    expect(row_of(desk.page, "Anna Moser").get_by_text("no room")).to_be_visible()

    desk.page.clock.run_for(20_000)

    expect(row_of(desk.page, "Anna Moser").get_by_text("102")).to_be_visible()


def test_a_page_of_another_property_is_read_anew(desk, other):
    other.goto(f"{desk.address}/dashboard")
    other.get_by_label("Property").select_option(label="Alpha")
    other.get_by_role("button", name="Switch").click()
    second = other.context.new_page()
    with second.expect_websocket():
        second.goto(f"{desk.address}/dashboard")
    second.wait_for_timeout(300)
    other.get_by_label("Property").select_option(label="Beta")
    other.get_by_role("button", name="Switch").click()
    expect(other.get_by_role("status").first).to_contain_text("You work at Beta now")
    desk.sign_in("bo")
    assign(desk, desk.page, "102")

    expect(second.locator(".place strong, .place option:checked")).to_have_text("Beta")


def test_whoever_is_signed_out_is_shown_so(desk, other):
    desk.sign_in("bo")
    opened(desk, "/dashboard")
    desk.ask(lambda: StaffSession.objects.filter(user__username="bo").delete())

    assign(desk, other, "102")

    expect(desk.page.get_by_role("button", name="Log in")).to_be_visible()
