"""Papers in a real browser: asked for by a button, and there by themselves; without scripts by looking again."""

import importlib.util

import pytest
from playwright.sync_api import expect

from hotel.papers.models import Paper
from hotel.papers.services.papers import paper_make
from hotel.stays.services.night_audit import night_audit_run
from tests.browser.test_hotel_day import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def made(desk) -> int:
    """Make the newest paper, as a worker does."""

    def make() -> int:
        newest = Paper.objects.latest("pk").pk
        assert paper_make(paper_id=newest) == "ready"
        return newest

    return desk.ask(make)


def test_a_workbook_is_there_by_itself_and_can_be_saved(desk):
    page = desk.page
    desk.sign_in("bo")
    with page.expect_websocket():
        desk.open("/dashboard/papers")
    with page.expect_websocket():
        page.get_by_role("button", name="Excel Arrivals").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Arrivals")
    page.wait_for_timeout(300)

    made(desk)

    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the workbook").click()
    assert saved.value.suggested_filename == "arrivals-2027-03-14.xlsx"


def test_without_scripts_one_looks_again(desk):
    desk.sign_in("bo")
    context = desk.page.context.browser.new_context(
        java_script_enabled=False, storage_state=desk.page.context.storage_state()
    )
    page = context.new_page()
    page.goto(f"{desk.address}/dashboard/papers")
    page.get_by_role("button", name="Excel In house").click()
    expect(page.get_by_text("A worker begins in a moment.")).to_be_visible()
    made(desk)
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("link", name="Save the workbook")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_the_pages_are_without_faults_and_fit(desk, scheme, width, monkeypatch):
    page = desk.page
    monkeypatch.setattr("hotel.stays.selectors.days.local_day", lambda place: place.business_date)
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    desk.ask(lambda: night_audit_run(place=desk.house.place))
    desk.sign_in("ada")
    desk.open("/dashboard/papers")
    page.get_by_role("button", name="Excel Housekeeping sheet").click()
    key = made(desk)
    for path in (
        "/dashboard/papers",
        f"/dashboard/papers/{key}",
        "/dashboard/night-audit",
        "/dashboard/night-audit/2027-03-14",
    ):
        desk.open(path)
        assert desk.overflow() == 0, path
        if importlib.util.find_spec("axe_playwright_python"):
            assert faults_of(page) == [], path
