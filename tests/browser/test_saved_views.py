"""Saved views in a browser: by keyboard, on a phone, in the dark, and without scripts."""

import pytest
from playwright.sync_api import expect

from hotel.accounts.models import SavedView
from tests.browser.test_hotel_day import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def kept(desk) -> list[tuple[str, str, bool]]:
    rows = SavedView.objects.order_by("pk")
    return desk.ask(lambda: list(rows.values_list("name", "query", "is_default")))


def test_a_view_is_kept_made_the_default_and_deleted_by_keyboard(desk):
    page = desk.page
    desk.sign_in("bo")
    desk.open("/dashboard/reservations?status=confirmed")
    page.get_by_role("link", name="Save view").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Name").focus()
    page.keyboard.type("Sure ones")
    page.keyboard.press("Enter")
    chips = page.get_by_role("navigation", name="Saved views")
    expect(chips.get_by_role("link", name="Sure ones")).to_have_attribute("aria-current", "true")
    assert kept(desk) == [("Sure ones", "status=confirmed", False)]

    chips.get_by_role("link", name="Views").focus()
    page.keyboard.press("Enter")
    page.locator("summary", has_text="Change: Sure ones").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Open the page with it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("opens first")).to_be_visible()
    desk.open("/dashboard/reservations")
    assert page.url.endswith("/dashboard/reservations?status=confirmed")
    chips.get_by_role("link", name="Everything").click()
    expect(page.get_by_role("heading", name="All, latest arrival first")).to_be_visible()

    chips.get_by_role("link", name="Views").click()
    page.locator("summary", has_text="Change: Sure ones").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("No view is kept yet.")).to_be_visible()
    assert kept(desk) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_of_views_have_no_fault_and_fit_a_phone(desk, theme):
    page = desk.page
    page.emulate_media(color_scheme=theme)
    desk.sign_in("ada")
    place = desk.house.place.pk

    def keep():
        for number in range(9):
            SavedView.objects.create(
                property_id=place, owner_id=person, page="chart", name=f"A rather long name of a view {number}",
                query=f"days=30&number={number}",
            )  # fmt: skip

    from hotel.accounts.models import User

    person = desk.ask(lambda: User.objects.get(username="ada").pk)
    desk.ask(keep)
    for path in (
        "/dashboard/chart?days=30&number=1",
        "/dashboard/views/chart?days=30",
        "/dashboard/views/messages",
    ):
        for width in (1280, 375):
            page.set_viewport_size({"width": width, "height": 800})
            desk.open(path)
            for fold in page.locator("details > summary", has_text="Change").all()[:1]:
                fold.click()
            assert (faults_of(page), desk.overflow()) == ([], 0), (path, width)


def test_views_work_without_scripts(desk):
    context = desk.page.context.browser.new_context(java_script_enabled=False)
    page, first = context.new_page(), desk.page
    desk.page = page
    desk.sign_in("bo")
    desk.open("/dashboard/rooms?status=clean")
    page.get_by_role("link", name="Save view").click()
    page.get_by_label("Name").fill("Ready")
    page.get_by_label("Open the page with it").check()
    page.get_by_role("button", name="Save view").click()

    expect(page.get_by_role("link", name="Ready")).to_have_attribute("aria-current", "true")
    assert kept(desk) == [("Ready", "status=clean", True)]
    context.close()
    desk.page = first
