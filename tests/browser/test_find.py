"""Hands on keys: the palette over any page, and single keys that can be turned off."""

import importlib.util

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def begin(desk):
    """Sign in and wait for the first page: keys go to the page that is there."""
    desk.sign_in("bo")
    expect(desk.page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    desk.page.wait_for_load_state()


def test_the_palette_finds_and_leads_there(desk):
    page = desk.page
    begin(desk)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Find or do")).to_be_visible()
    page.keyboard.type("moser")
    expect(page.locator("#palette-hits")).to_contain_text("Anna Moser")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#palette-hits a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Anna Moser")


def test_keys_lead_to_pages_and_walk_lists_but_not_while_somebody_types(desk):
    page = desk.page
    begin(desk)
    for key in "gc":
        page.keyboard.press(key)
    expect(page.get_by_role("heading", name="Tape chart", level=1)).to_be_visible()
    page.wait_for_load_state()  # the scripts that hear keys come after the words
    for key in "gt":
        page.keyboard.press(key)
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Anna Moser", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Anna Moser")

    page.keyboard.press("Control+k")
    page.keyboard.type("gt?")
    assert page.locator("#palette-q").input_value() == "gt?"
    expect(page.get_by_role("heading", level=1)).to_contain_text("Anna Moser")


def test_keys_are_told_and_can_be_turned_off(desk):
    page = desk.page
    begin(desk)
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("Night audit")
    keys.get_by_role("link", name="Change").click()
    page.get_by_label("Keys without Ctrl lead somewhere").uncheck()
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("status")).to_contain_text("Kept.")

    desk.open("/dashboard")
    for key in "gc?":
        page.keyboard.press(key)
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    expect(keys).to_be_hidden()
    page.keyboard.press("Control+k")
    page.get_by_role("button", name="Keys").click()
    expect(keys).to_contain_text("Keys without Ctrl are off.")


@pytest.mark.skipif(importlib.util.find_spec("axe_playwright_python") is None, reason="axe is not installed")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_open_dialogs(desk, scheme):
    from axe_playwright_python.sync_playwright import Axe

    desk.page.emulate_media(color_scheme=scheme)
    begin(desk)
    faults = []
    desk.page.keyboard.press("Control+k")
    desk.page.keyboard.type("moser")
    expect(desk.page.locator("#palette-hits a")).to_have_count(2)  # her stay, and she herself
    faults += Axe().run(desk.page).response["violations"]
    desk.page.get_by_role("button", name="Keys").click()
    faults += Axe().run(desk.page).response["violations"]

    assert [(fault["id"], node["html"][:120]) for fault in faults for node in fault["nodes"]] == []
