"""A rooming list in a real browser: pasted, looked at, corrected and picked up by keyboard; on a phone and in the dark."""

import importlib.util

import pytest
from playwright.sync_api import expect

from hotel.reservations.models import Reservation
from hotel.reservations.services.pick_up import RoomingRow, rooming_list_pick_up
from tests.browser.test_desk import tab_to
from tests.browser.test_hotel_day import faults_of
from tests.factories.reservations import group_block_make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = "Nachname\tVorname\tTeilt mit\tAnreise\nBerg\tAnna\t1\t\nBerg\tTom\t1\t\nRoth\tEva\t\tsomeday"


def block_of(desk):
    block = desk.ask(lambda: group_block_make(desk.house.place, rooms=2))
    desk.sign_in("bo")
    expect(desk.page.get_by_role("heading", name="Today")).to_be_visible()
    desk.open(f"/dashboard/blocks/{block.pk}")
    return block


def test_a_list_is_pasted_looked_at_corrected_and_picked_up_by_keyboard(desk):
    page, block = desk.page, block_of(desk)
    expect(page.get_by_role("region", name="Nobody is picked up yet")).to_be_visible()
    page.get_by_role("link", name="Paste a rooming list").first.focus()
    page.keyboard.press("Enter")
    paste = page.get_by_label("Paste the cells, with their first line")
    paste.fill(LIST)
    page.get_by_role("button", name="Look at what it does").click()
    told = page.get_by_role("region", name="What picking up does")
    expect(told).to_contain_text("Arrival: “someday” is no day.")
    expect(page.get_by_role("button", name="Pick up")).to_have_count(0)
    expect(paste).to_have_value(LIST)

    paste.fill(LIST.replace("someday", ""))
    page.get_by_role("button", name="Look at what it does").click()
    expect(told).to_contain_text("4 nights of the block")
    tab_to(page, "Pick up 2 rooms")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("2 rooms were picked up.")
    expect(page).to_have_url(f"{desk.address}/dashboard/blocks/{block.pk}")
    expect(page.get_by_role("img", name="Pick-up by booking day: room nights")).to_be_visible()
    page.get_by_text("As a table").click()
    expect(page.get_by_role("table", name="Pick-up by booking day")).to_contain_text("100")
    guests = desk.ask(
        lambda: [str(stay.primary_guest) for stay in Reservation.objects.filter(block=block).order_by("pk")]
    )
    assert guests == ["Anna Berg", "Eva Roth"]


@pytest.mark.skipif(importlib.util.find_spec("axe_playwright_python") is None, reason="axe is not installed")
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_a_preview_reads_well_everywhere(desk, scheme, width):
    page = desk.page
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    block = block_of(desk)
    assert (faults_of(page), desk.overflow()) == ([], 0)
    row = RoomingRow(2, "Ida", "Fink", "DBL", block.arrival, block.departure)
    desk.ask(lambda: rooming_list_pick_up(block=block, rows=[row], actor=None))
    desk.open(f"/dashboard/blocks/{block.pk}")
    expect(page.get_by_role("img", name="Pick-up by booking day: room nights")).to_be_visible()
    assert (faults_of(page), desk.overflow()) == ([], 0)
    desk.open(f"/dashboard/blocks/{block.pk}/rooming-list")
    page.get_by_label("Paste the cells, with their first line").fill(LIST)
    page.get_by_role("button", name="Look at what it does").click()
    expect(page.get_by_role("region", name="What picking up does")).to_be_visible()
    assert (faults_of(page), desk.overflow()) == ([], 0)
