"""The grid of rates by hand: typed, filled, pasted, undone, reviewed and published."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from hotel.rates.domain.grid import Edit
from hotel.rates.selectors.grid import rate_grid
from hotel.rates.services.grid import cells_publish
from tests.cast import TODAY
from tests.factories.rates import rate_plan_make
from tests.factories.reservations import group_block_make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATH = "/dashboard/rates"


@pytest.fixture
def grid(desk):
    desk.sign_in("ada")
    desk.open(PATH)
    return desk


def cell(desk, column, kind="double"):
    """A night of the plan on a type, 0 being today."""
    pk = getattr(desk.house, kind).pk
    return desk.page.locator(f'tr[data-type="{pk}"] td').nth(column)


def type_in(desk, text):
    desk.page.keyboard.type(text)
    desk.page.keyboard.press("Enter")


def tokens(desk, count, kind="double"):
    def asked():
        house = desk.house
        found = rate_grid(house.place, TODAY, TODAY + timedelta(days=count))
        return [found.cell(house.plan.pk, getattr(house, kind).pk, night).token for night in found.nights]

    return desk.ask(asked)


def test_by_keys_from_the_cell_to_the_guest(grid):
    page = grid.page
    cell(grid, 1).click()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.type("120 2n a")
    page.keyboard.press("Control+Enter")
    expect(cell(grid, 3)).to_have_text("1202n CTA")
    page.keyboard.press("ArrowDown")  # the suite, beneath
    type_in(grid, "+10%")
    expect(cell(grid, 3, "suite")).to_have_class(re.compile("new"))
    expect(page.get_by_role("button", name="Review changes").first).to_contain_text("(4)")
    page.reload()
    expect(cell(grid, 2)).to_have_text("1202n CTA")
    assert tokens(grid, 4) == ["100.00;;"] * 4
    page.get_by_role("button", name="Review changes").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="4 nights change")).to_be_visible()
    page.get_by_role("button", name="Publish 4 nights").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("4 nights are published.")).to_be_visible()
    expect(page.locator("td.new")).to_have_count(0)
    assert (
        page.evaluate(
            "sessionStorage.getItem(Object.keys(sessionStorage).find((key) => /^rates:\\d+:\\d+$/.test(key)))"
        )
        is None
    )
    assert tokens(grid, 5) == ["100.00;;", *["120.00;2;a"] * 3, "100.00;;"]
    assert tokens(grid, 4, "suite") == [*["250.00;;"] * 3, "275.00;;"]


def test_pasted_from_a_spreadsheet_undone_and_discarded(grid):
    page = grid.page
    cell(grid, 0).click()
    page.evaluate(
        """() => { const data = new DataTransfer(); data.setData("text/plain", "110\\t111,50\\tx9\\r\\n260\\t\\t262\\r\\n");
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); }"""
    )
    expect(page.locator("#rates-say")).to_have_text("4 nights changed. 1 did not fit and were left out")
    expect(cell(grid, 1)).to_have_text("111.50")
    expect(cell(grid, 2, "suite")).to_have_text("262")
    cell(grid, 5).click()
    type_in(grid, "cheap")
    expect(page.locator("#rates-say")).to_contain_text("no price and no rule")
    page.keyboard.press("Escape")
    type_in(grid, "99")
    expect(cell(grid, 5)).to_have_text("99")
    page.keyboard.press("Control+z")
    expect(cell(grid, 5)).to_have_text("100")
    page.keyboard.press("Control+z")
    expect(page.locator("td.new")).to_have_count(0)
    assert tokens(grid, 3) == ["100.00;;"] * 3


def test_what_others_publish_appears_and_what_one_typed_stays(grid):
    page = grid.page
    cell(grid, 1).click()
    type_in(grid, "120")
    type_in(grid, "260")  # Enter went down, to the suite
    page.wait_for_timeout(500)

    def published():
        house = grid.house
        nights = [TODAY + timedelta(days=step) for step in (1, 2)]
        edits = [Edit(house.plan.pk, house.double.pk, night, "100.00;;", "130.00;;") for night in nights]
        cells_publish(place=house.place, edits=edits)

    grid.ask(published)
    expect(cell(grid, 2)).to_have_text("130")
    expect(cell(grid, 1)).to_have_text("120")
    expect(cell(grid, 1)).to_have_class(re.compile("new.*behind"))
    expect(page.locator("#rates-say")).to_contain_text("1 of your nights were changed by somebody else")
    page.get_by_role("button", name="Review changes").first.click()
    expect(page.get_by_role("heading", name="Changed by somebody else meanwhile")).to_be_visible()
    page.get_by_role("button", name="Publish 1 night").click()
    expect(page.get_by_text("1 night is published.")).to_be_visible()
    assert tokens(grid, 3) == ["100.00;;", "130.00;;", "130.00;;"]
    assert tokens(grid, 2, "suite") == ["250.00;;", "260.00;;"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_fits_a_phone(grid, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = grid.page
    page.emulate_media(color_scheme=scheme)
    grid.ask(
        lambda: rate_plan_make(grid.house.place, "NRF", parent=grid.house.plan, offset_rate=Decimal("-0.1"))
    )
    block = grid.ask(lambda: group_block_make(grid.house.place, rooms=2).pk)
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 800})
        for path in (
            PATH,
            f"{PATH}?as=list&days=30",
            f"{PATH}?open=all",
            "/dashboard/revenue",
            f"/dashboard/blocks/{block}",
        ):
            grid.open(path)
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            assert grid.overflow() == 0, (width, path)
            found = axe.run(page).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], (width, path)


def test_on_a_phone_nights_are_a_list(grid):
    page = grid.page
    page.set_viewport_size({"width": 375, "height": 800})
    grid.open(PATH)
    expect(page.locator("#rates")).to_be_hidden()
    day = date.fromisoformat(str(TODAY)) + timedelta(days=1)
    page.locator(f'[name="price-{day}"]').fill("115")
    page.get_by_role("button", name="Review these nights").click()
    page.get_by_role("button", name="Publish 1 night").click()
    expect(page.get_by_text("1 night is published.")).to_be_visible()
    assert tokens(grid, 2) == ["100.00;;", "115.00;;"]
