"""The first run in a real browser: from an empty house to a booking for tonight, by keyboard alone."""

import importlib.util
from datetime import timedelta

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from hotel.accounts.models import User
from hotel.core.clock import now
from hotel.dashboard.services.opening import hotel_open
from hotel.properties.models import Property
from hotel.reservations.models import Reservation
from hotel.rooms.models import Room
from tests.browser.conftest import PASSWORD
from tests.browser.test_hotel_day import faults_of
from tests.factories.accounts import user_make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAME_OF_FOCUSED = """() => {
    const e = document.activeElement;
    const label = e.labels && e.labels.length ? e.labels[0].innerText : "";
    return (label || e.innerText || e.getAttribute("aria-label") || "").trim();
}"""
FURTHEST = 150
SETUP = "/dashboard/setup"


@pytest.fixture
def hotel(server, transactional_db):
    """Nothing but the owner, as ``createsuperuser`` leaves it."""
    cache.clear()
    User.objects.create_superuser(username="owner", email="owner@example.com", password=PASSWORD)


class Keys:
    """Hands on keys: nothing is clicked."""

    def __init__(self, page) -> None:
        self.page = page

    def to(self, name: str) -> None:
        """Tab on until the field, link or button of a name has the focus."""
        for _ in range(FURTHEST):
            if self.page.evaluate(NAME_OF_FOCUSED).startswith(name):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{name!r} is not reached by Tab on {self.page.url}")

    def fill(self, name: str, text: str) -> None:
        """Write over what a field says."""
        self.to(name)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def pick(self, name: str, text: str) -> None:
        """Choose from a list by its first letters."""
        self.to(name)
        self.page.keyboard.type(text)

    def press(self, name: str) -> None:
        """Follow a link or press a button, and wait for the page it leads to."""
        self.to(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


def test_from_an_empty_house_to_a_booking_for_tonight_by_keyboard(desk):
    page, keys = desk.page, Keys(desk.page)
    desk.open("/login")
    keys.fill("Username", "owner")
    keys.fill("Password", PASSWORD)
    keys.press("Log in")
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome")

    keys.press("Set up my hotel")
    keys.pick("Country", "Austria")
    keys.press("Next")
    keys.fill("Name of the hotel", "Lake House")
    keys.fill("Short code", "LAKE")
    keys.press("Open the hotel")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rooms")

    keys.fill("Name, as guests read it", "Standard double")
    keys.fill("Short code", "STD")
    keys.press("Add the type")
    keys.fill("Numbers", "101-104, 201-204")
    keys.press("Show the rooms")
    expect(page.get_by_text("8 rooms would be made")).to_be_visible()
    keys.press("Make these rooms")
    expect(page.get_by_text("8 rooms were made: 101 to 204.")).to_be_visible()

    keys.press("Next: prices and terms")
    keys.fill("Standard double, a night", "120")
    keys.press("Sell at these prices")
    expect(page.get_by_role("heading", level=1)).to_have_text("Taxes")
    keys.fill("On rooms (percent)", "10")
    keys.press("Charge these taxes")
    expect(page.get_by_text("From tonight on: VAT 10 %.")).to_be_visible()

    keys.press("Next: people")
    keys.fill("Name", "Nina Huber")
    keys.fill("User name", "nina")
    keys.pick("Role", "Front desk")
    keys.press("Invite")
    expect(page.get_by_text("Nina Huber can sign in as nina")).to_be_visible()

    keys.press("Ready to sell?")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your hotel is ready to sell")
    expect(page.get_by_text("8 rooms can be booked for tonight.")).to_be_visible()
    keys.press("Book a room for tonight")
    keys.press("Choose")
    keys.fill("First name", "Anna")
    keys.fill("Last name", "Moser")
    keys.press("Book this room")

    [stay] = desk.ask(lambda: list(Reservation.objects.select_related("room_type", "primary_guest")))
    place = desk.ask(Property.objects.get)
    assert (stay.arrival, stay.departure) == (place.business_date, place.business_date + timedelta(days=1))
    assert (stay.room_type.code, str(stay.total_amount)) == ("STD", "€120.00")
    assert desk.ask(Room.objects.count) == 8
    assert desk.complaints == []


@pytest.mark.skipif(importlib.util.find_spec("axe_playwright_python") is None, reason="axe is not installed")
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_axe_finds_nothing_and_no_page_scrolls_sideways(desk, settings, scheme, width):
    settings.DEMO_PASSWORD = "told"
    page = desk.page
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    desk.sign_in("owner")
    found = {}

    def look(*paths: str) -> None:
        for path in paths:
            desk.open(path)
            found[path] = (faults_of(page), desk.overflow() > 0)

    look(SETUP, f"{SETUP}/demo", f"{SETUP}/hotel", f"{SETUP}/hotel?country=AT")
    values = {"code": "LAKE", "name": "Lake House", "country": "AT", "time_zone": "Europe/Vienna"}
    values |= {"currency": "EUR", "language": "de"}
    owner = desk.ask(User.objects.get)

    def opened() -> int:
        place = hotel_open(chain=None, company="Lake", values=values, business_date=now().date(), by=owner)
        return user_make(place, username="nina").pk

    nina = desk.ask(opened)
    look(SETUP, f"{SETUP}/rooms", f"{SETUP}/rates", f"{SETUP}/taxes")
    desk.open(f"{SETUP}/rooms")
    page.get_by_label("Name, as guests read it").fill("Standard double")
    page.get_by_label("Short code").fill("STD")
    page.get_by_role("button", name="Add the type").click()
    expect(page.get_by_text("is a type now")).to_be_visible()
    double = page.get_by_label("Rooms of the type").input_value()
    look(f"{SETUP}/rooms?room_type={double}&pattern=101-150", f"{SETUP}/rates", SETUP)
    look("/dashboard/people", f"/dashboard/people/{nina}", "/dashboard/people/roles")
    assert {path: what for path, what in found.items() if what != ([], False)} == {}
