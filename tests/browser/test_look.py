"""How it looks to you, in a browser: colours against those of the computer, heights of rows, paper."""

import pytest
from playwright.sync_api import expect

WHITE, NIGHT = "rgb(255, 255, 255)", "rgb(22, 29, 42)"


def ground(page) -> str:
    return page.evaluate("getComputedStyle(document.querySelector('.card')).backgroundColor")


def height(page) -> float:
    return page.get_by_role("button", name="Keep").bounding_box()["height"]


def choose(page, *labels: str) -> None:
    for label in labels:
        page.get_by_label(label, exact=True).check()
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Kept. It looks so to you")).to_be_visible()


@pytest.fixture
def look(desk):
    desk.sign_in("ada")
    desk.open("/account/look")
    return desk.page


def test_the_chosen_colours_win_over_those_of_the_computer(look):
    assert ground(look) == WHITE
    look.emulate_media(color_scheme="dark")
    assert ground(look) == NIGHT

    choose(look, "Light")
    assert ground(look) == WHITE
    look.emulate_media(color_scheme="light")
    choose(look, "Dark")
    assert ground(look) == NIGHT
    look.emulate_media(media="print")
    assert ground(look) == WHITE


def test_rows_and_buttons_are_as_high_as_chosen(look):
    heights = [height(look)]
    for label in ("Compact, for long lists", "High, for fingers"):
        choose(look, label)
        heights.append(height(look))

    assert heights == [36, 28, 48]
