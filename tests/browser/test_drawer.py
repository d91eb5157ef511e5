"""Small acts beside the page one works on: the drawer, and the toasts that tell what was done."""

import importlib.util

import pytest
from playwright.sync_api import expect

from hotel.properties.choices import SettingKey
from hotel.properties.services.settings import setting_set
from hotel.reservations.models import Reservation
from tests.browser.test_hotel_day import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Each of these would load the page anew; the drawer must not.
MARK = "window.isStillHere = true"
MARKED = "window.isStillHere === true"


def opened(desk, name="bo"):
    """Today as a person sees it, with the drawer of the guest who comes."""
    desk.sign_in(name)
    desk.page.get_by_role("heading", name="Arrivals").wait_for()
    desk.page.wait_for_load_state()  # before its script is there a link is a link
    desk.page.evaluate(MARK)
    desk.page.get_by_role("link", name="Check in Anna Moser").click()
    drawer = desk.page.get_by_role("dialog", name="Check in Anna Moser")
    expect(drawer.get_by_role("heading", level=1)).to_be_focused()
    return drawer


def pressed(drawer):
    """Give the guest room 101, and in."""
    drawer.get_by_label("Room", exact=True).select_option(label="101 · Dbl · Clean")
    drawer.get_by_role("button", name="Check in").click()


def settled(page):
    """The page behind has been told; nothing is asked of the house any more."""
    expect(page.locator(".kpi", has_text="Arrivals due")).to_contain_text("1 arrived")


def test_a_guest_is_checked_in_from_today_without_leaving_it(desk):
    page, drawer = desk.page, opened(desk)

    drawer.get_by_label("Room", exact=True).select_option(label="101 · Dbl · Clean")
    drawer.get_by_role("button", name="Check in").dblclick()

    expect(drawer).to_be_hidden()
    expect(page.locator("#toasts").get_by_role("status")).to_contain_text("the guest is in house")
    settled(page)
    assert page.evaluate(MARKED)
    assert desk.ask(
        lambda: list(Reservation.objects.filter(status="in_house").values_list("version", flat=True))
    ) == [3]

    page.get_by_role("button", name="What was told").click()
    told = page.get_by_role("dialog", name="What was told")
    expect(told.get_by_role("listitem")).to_have_count(1)
    expect(told.get_by_role("listitem")).to_contain_text("the guest is in house")


def test_what_is_refused_stays_in_the_drawer_with_what_was_typed(desk):
    page, place = desk.page, desk.house.place
    desk.ask(
        lambda: setting_set(
            place=place, key=SettingKey.REGISTRATION, value="document", valid_from=place.business_date
        )
    )
    drawer = opened(desk)
    before = desk.ask(lambda: list(Reservation.objects.order_by("pk").values_list("status", "version")))

    pressed(drawer)

    expect(drawer.get_by_role("alert")).to_be_visible()
    expect(drawer.get_by_label("Room", exact=True)).not_to_have_value("")
    assert page.evaluate(MARKED)
    assert (
        desk.ask(lambda: list(Reservation.objects.order_by("pk").values_list("status", "version"))) == before
    )
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(page.get_by_role("link", name="Check in Anna Moser")).to_be_focused()


def test_without_a_network_the_drawer_says_so_and_sends_nothing(desk):
    page, drawer = desk.page, opened(desk)
    drawer.get_by_label("Room", exact=True).select_option(label="101 · Dbl · Clean")
    page.context.set_offline(True)

    drawer.get_by_role("button", name="Check in").click()

    expect(page.locator("#toasts").get_by_role("alert")).to_contain_text("Look how it stands")
    page.context.set_offline(False)
    assert not desk.ask(lambda: Reservation.objects.filter(status="in_house").exists())
    drawer.get_by_role("button", name="Check in").click()
    expect(drawer).to_be_hidden()
    settled(page)
    assert desk.ask(lambda: Reservation.objects.filter(status="in_house").count()) == 1
    desk.complaints[:] = [text for text in desk.complaints if "ERR_INTERNET_DISCONNECTED" not in text]


def test_toasts_of_one_person_are_not_the_next_ones(desk):
    page, drawer = desk.page, opened(desk)
    pressed(drawer)
    expect(page.get_by_role("button", name="What was told")).to_be_visible()
    settled(page)

    page.get_by_role("button", name="Log out").click()
    desk.sign_in("ada")

    page.get_by_role("heading", name="Arrivals").wait_for()
    expect(page.get_by_role("button", name="What was told")).to_be_hidden()
    assert page.evaluate("sessionStorage.getItem('told')").count("in house") == 0


@pytest.mark.skipif(not importlib.util.find_spec("axe_playwright_python"), reason="axe is not installed")
@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_drawer(desk, theme, width):
    desk.page.emulate_media(color_scheme=theme)
    desk.page.set_viewport_size({"width": width, "height": 800})
    drawer = opened(desk)

    assert faults_of(desk.page) == []
    assert desk.overflow() == 0
    box = drawer.bounding_box()
    assert (box["x"] + box["width"], box["y"], box["height"]) == (width, 0, 800)
    assert box["width"] == min(width, 34 * 16)
    pressed(drawer)
    settled(desk.page)
    expect(desk.page.locator("#toasts .notice")).to_be_visible()
    assert faults_of(desk.page) == []
