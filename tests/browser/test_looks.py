"""Key pages against their pictures, and under the settings that people need: languages, large text, narrow windows, few colours.

``AUBERGE_LOOKS=keep`` writes the pictures anew: look at each before it is committed.
"""

import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from hotel.accounts.models import User
from tests.browser.test_hotel_day import furnished
from tests.factories.operations import lost_item_make, task_make, work_order_make

PICTURES = Path(__file__).parent / "looks"
QUARTER = 4  # letters become grey, so that another number of a stay is no change
NOTICED, SHARE = 40, 0.02  # of 255 levels; of all points
WIDE, PHONE = (1280, 900), (375, 800)


@pytest.fixture
def pages(desk) -> dict[str, str]:
    """Pages by the name of their picture, of a hotel in which something goes on; the general manager is signed in."""

    def made():
        _today, _walk_in, check_in, _deposit, stay, check_out, *_rest = furnished(desk.house)
        for make in (task_make, work_order_make, lost_item_make):
            make(desk.house.place)
        return {"check-in": check_in, "reservation": stay, "check-out": check_out, "folio": _rest[2]}

    found = desk.ask(made)
    desk.sign_in("ada")
    return {
        "today": "/dashboard",
        "chart": "/dashboard/chart?days=14",
        "booking": "/dashboard/bookings/new",
        "rooms": "/dashboard/rooms",
        "tasks": "/dashboard/tasks",
        "rates": "/dashboard/rates",
        "revenue": "/dashboard/revenue",
        "night-audit": "/dashboard/night-audit",
        "styles": "/dashboard/_styles",
        **found,
    }


def picture(page, size) -> Image.Image:
    """The window as it is, at a quarter of its size."""
    page.screenshot(path=(path := PICTURES / ".now.png"), animations="disabled")
    with Image.open(path) as taken:
        small = taken.convert("RGB").resize((size[0] // QUARTER, size[1] // QUARTER), Image.Resampling.BOX)
    path.unlink()
    return small


def changed(one: Image.Image, other: Image.Image) -> float:
    """The share of points that differ so that one would notice."""
    if one.size != other.size:
        return 1.0
    differs = (
        ImageChops.difference(one, other).convert("L").point(lambda level: 255 if level > NOTICED else 0)
    )
    return sum(differs.histogram()[255:]) / (one.width * one.height)


def test_key_pages_look_as_they_were_approved(desk, pages):
    is_kept = os.environ.get("AUBERGE_LOOKS") == "keep"
    desk.page.emulate_media(reduced_motion="reduce")
    found = {}
    for name, path in pages.items():
        size = PHONE if name in ("check-in", "tasks") else WIDE
        desk.page.set_viewport_size({"width": size[0], "height": size[1]})
        for theme in ("light", "dark"):
            desk.page.emulate_media(color_scheme=theme)
            desk.open(path)
            desk.page.wait_for_load_state("networkidle")
            desk.page.evaluate("document.fonts.ready")
            now, approved = picture(desk.page, size), PICTURES / f"{name}-{theme}.png"
            if is_kept:
                now.save(approved, optimize=True)
            with Image.open(approved) as before:
                found[approved.name] = changed(before.convert("RGB"), now)

    assert {name: share for name, share in found.items() if share > SHARE} == {}
    assert len(found) == 26


def test_a_page_of_another_colour_is_noticed(desk, pages):
    desk.open(pages["today"])
    desk.page.wait_for_load_state("networkidle")
    before = picture(desk.page, WIDE)
    desk.page.evaluate("document.querySelector('nav').style.backgroundColor = 'orange'")

    assert changed(before, picture(desk.page, WIDE)) > SHARE


@pytest.mark.parametrize("language", ["de", "es"])
def test_pages_in_another_language_fit_their_window(desk, pages, language):
    desk.ask(lambda: User.objects.filter(username="ada").update(language=language))
    found = {}
    for size in (WIDE, PHONE):
        desk.page.set_viewport_size({"width": size[0], "height": size[1]})
        for name, path in pages.items():
            desk.open(path)
            spoken = desk.page.locator("html").get_attribute("lang")
            found[f"{name} {size[0]}"] = (spoken, max(desk.overflow(), 0))

    assert {name: what for name, what in found.items() if what != (language, 0)} == {}


@pytest.mark.parametrize(
    ("width", "letters"), [(320, ""), (1280, "200%")], ids=["four times as large", "letters twice as large"]
)
def test_pages_reflow_for_who_sees_badly(desk, pages, width, letters):
    desk.page.set_viewport_size({"width": width, "height": 700})
    found = {}
    for name, path in pages.items():
        desk.open(path)
        desk.page.evaluate("(size) => { document.documentElement.style.fontSize = size; }", letters)
        found[name] = max(desk.overflow(), 0)

    assert {name: pixels for name, pixels in found.items() if pixels} == {}


def test_pages_can_be_read_from_right_to_left(desk, pages):
    found = {}
    for name, path in pages.items():
        desk.open(path)
        desk.page.evaluate("document.documentElement.dir = 'rtl'")
        menu = desk.page.locator("nav").first.bounding_box()
        found[name] = (menu["x"] > WIDE[0] / 2, max(desk.overflow(), 0))

    assert {name: what for name, what in found.items() if what != (True, 0)} == {}


def test_nothing_moves_for_who_asked_for_no_motion(desk, pages):
    desk.page.emulate_media(reduced_motion="reduce")
    slow = """() => [...document.querySelectorAll("*")].filter((one) => {
        const style = getComputedStyle(one);
        const seconds = (text) => Math.max(...text.split(",").map(parseFloat));
        return seconds(style.transitionDuration) > 0.05 || seconds(style.animationDuration) > 0.05;
    }).map((one) => one.outerHTML.slice(0, 80))"""
    found = {}
    for name, path in pages.items():
        desk.open(path)
        found[name] = desk.page.evaluate(slow)

    assert {name: what for name, what in found.items() if what} == {}


def test_states_keep_an_edge_when_the_computer_chooses_the_colours(desk, pages):
    desk.page.emulate_media(forced_colors="active")
    bare = """() => [...document.querySelectorAll(".tag, .bar, .btn, .hk")].filter((one) => one.offsetParent)
        .filter((one) => {
            const style = getComputedStyle(one);
            return ["Top", "Left"].every((side) => parseFloat(style[`border${side}Width`]) < 1);
        }).map((one) => one.outerHTML.slice(0, 90))"""
    found = {}
    for name, path in pages.items():
        desk.open(path)
        found[name] = desk.page.evaluate(bare)

    assert {name: what for name, what in found.items() if what} == {}


def test_a_drawer_that_is_opened_often_leaves_nothing_behind(desk, pages):
    desk.open(pages["today"])
    desk.page.wait_for_load_state("networkidle")
    session = desk.page.context.new_cdp_session(desk.page)
    session.send("Performance.enable")

    def left() -> tuple[float, float]:
        for _ in range(2):
            session.send("HeapProfiler.collectGarbage")
        metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
        return metrics["Nodes"], metrics["JSEventListeners"]

    def opened(times: int) -> None:
        for _ in range(times):
            desk.page.locator("a[data-drawer]").first.click()
            desk.page.locator("#drawer[open] form").first.wait_for()
            desk.page.keyboard.press("Escape")
            desk.page.locator("#drawer:not([open])").wait_for(state="attached")

    opened(3)
    nodes, listeners = left()
    opened(20)
    more_nodes, more_listeners = left()

    assert more_nodes - nodes < 100
    assert more_listeners - listeners < 10
