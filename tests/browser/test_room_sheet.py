"""Rooms by sheet in a real browser: looked at and taken by keyboard, on a phone and in the dark."""

import importlib.util

import pytest
from playwright.sync_api import expect

from hotel.rooms.domain.room_sheet import TAKEN
from hotel.rooms.models import Room
from tests.browser.test_desk import tab_to
from tests.browser.test_hotel_day import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHEET = "/dashboard/rooms/sheet"
LINES = [",".join(TAKEN), "501,DBL,,,,,yes,no,Under the roof,"]


def looked_at(desk, *lines):
    desk.open(SHEET)
    sheet = {"name": "rooms.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
    desk.page.get_by_label("Sheet (XLSX or CSV)").set_input_files(sheet)
    desk.page.get_by_role("button", name="Look at what it does").click()
    expect(desk.page.get_by_role("region", name="What the sheet does")).to_be_visible()


def test_a_room_is_opened_by_a_sheet_and_the_keyboard(desk):
    desk.sign_in("ada")
    expect(desk.page.get_by_role("heading", name="Today")).to_be_visible()
    looked_at(desk, *LINES)
    tab_to(desk.page, "Take all of it")
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_role("status")).to_contain_text("1 room was opened.")
    assert desk.ask(lambda: Room.objects.get(number="501").notes) == "Under the roof"


@pytest.mark.skipif(importlib.util.find_spec("axe_playwright_python") is None, reason="axe is not installed")
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_a_sheet_of_rooms_reads_well_everywhere(desk, scheme, width):
    desk.page.emulate_media(color_scheme=scheme)
    desk.page.set_viewport_size({"width": width, "height": 800})
    desk.sign_in("ada")
    expect(desk.page.get_by_role("heading", name="Today")).to_be_visible()
    looked_at(desk, *LINES, "502,IGLOO,,,,,yes,no,,")
    assert (faults_of(desk.page), desk.overflow()) == ([], 0)
