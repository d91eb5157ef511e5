import importlib.util

import pytest
from playwright.sync_api import expect

from hotel.reservations.models import Booking, Reservation, RoomAssignment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/dashboard",
    "/dashboard/availability",
    "/dashboard/rack",
    "/dashboard/rack?days=28",
    "/dashboard/reservations",
    "/dashboard/bookings/new",
    "/dashboard/bookings/new?arrival=2027-03-15&departure=2027-03-17&adults=2",
    "/dashboard/blocks",
    "/dashboard/waitlist",
    "/dashboard/find?q=moser",
    "/dashboard/_styles",
    "/account/look",
)


def pages_of(desk):
    """Every page, with those of a stay, of a night and of the guest's step."""
    stay = desk.ask(lambda: Reservation.objects.latest("pk").pk)
    double, plan = desk.house.double.pk, desk.house.plan.pk
    chosen = f"arrival=2027-03-15&departure=2027-03-17&adults=2&room_type={double}&rate_plan={plan}&who=moser"
    return (
        *PAGES,
        f"/dashboard/reservations/{stay}",
        f"/dashboard/reservations/{stay}/together?text=moser",
        f"/dashboard/availability/{double}/2027-03-15",
        f"/dashboard/bookings/new/guest?{chosen}",
        f"/dashboard/explain?{chosen}",
    )


def test_a_shift_books_sees_assigns_and_cancels(desk):
    page = desk.page
    desk.sign_in("bo")
    expect(page.get_by_role("link", name="Anna Moser", exact=True)).to_be_visible()

    page.get_by_role("link", name="New booking").first.click()
    page.get_by_label("Arrival").fill("2027-03-15")
    page.get_by_label("Departure").fill("2027-03-17")
    page.get_by_role("button", name="Find offers").click()
    expect(page.get_by_text("EUR 200.00").first).to_be_visible()
    page.get_by_role("link", name="Choose Dbl").click()
    page.get_by_label("First name").fill("Ann")
    page.get_by_label("Last name").fill("Berger")
    page.get_by_role("button", name="Book this room").dblclick()
    expect(page.get_by_role("status")).to_contain_text("Booked:")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ann Berger")
    assert desk.ask(lambda: Booking.objects.filter(booker__last_name="Berger").count()) == 1

    page.get_by_role("link", name="Tape chart", exact=True).click()
    page.get_by_role("link", name="List", exact=True).click()
    page.get_by_label("Room for Ann Berger").select_option(label="102")
    page.get_by_role("button", name="Assign Ann Berger").click()
    expect(page.get_by_role("status")).to_contain_text("a room was assigned")
    given = desk.ask(lambda: RoomAssignment.objects.get(released_at=None).room.number)
    assert given == "102"

    page.locator("a.bar", has_text="Ann Berger").click()
    page.locator("summary", has_text="Cancel stay").click()
    page.get_by_label("Reason").fill("Ill")
    page.get_by_role("button", name="Cancel stay").click()
    expect(page.get_by_role("status")).to_contain_text("the stay was cancelled")
    desk.open("/dashboard/rack")
    expect(page.locator("a.bar", has_text="Ann Berger")).to_have_count(0)


def tab_to(page, name):
    """Press Tab until the element with this name has the focus; it must show that it has."""
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            """() => { const e = document.activeElement, style = getComputedStyle(e);
                 const label = e.labels && e.labels[0] ? e.labels[0].textContent : '';
                 return [(label || e.textContent || '').trim(), style.outlineStyle, style.outlineWidth]; }"""
        )
        if focused[0].startswith(name):
            assert (focused[1], focused[2]) == ("solid", "2px"), f"the focus on {name} cannot be seen"
            return
    raise AssertionError(f"{name} cannot be reached by Tab")


def test_the_keyboard_is_enough(desk):
    page = desk.page
    desk.open("/login?next=/dashboard/bookings/new")
    expect(page.get_by_label("Username")).to_be_focused()
    page.keyboard.type("bo")
    page.keyboard.press("Tab")
    page.keyboard.type("a long enough password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="New booking")).to_be_visible()

    tab_to(page, "Skip to content")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    tab_to(page, "Find offers")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Offers")).to_be_visible()
    tab_to(page, "Choose")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Who books?")).to_be_visible()
    tab_to(page, "First name")
    page.keyboard.type("Kim")
    page.keyboard.press("Tab")
    page.keyboard.type("Keys")
    tab_to(page, "Book this room")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("Booked:")
    assert desk.ask(lambda: Booking.objects.filter(booker__last_name="Keys").count()) == 1


def test_no_page_scrolls_sideways_on_a_phone(desk):
    desk.page.set_viewport_size({"width": 375, "height": 800})
    desk.open("/login")
    assert desk.overflow() <= 0
    desk.sign_in("ada")

    for path in pages_of(desk):
        desk.open(path)
        assert desk.overflow() <= 0, path


@pytest.mark.skipif(importlib.util.find_spec("axe_playwright_python") is None, reason="axe is not installed")
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_axe_finds_nothing_on_any_page(desk, scheme, width):
    from axe_playwright_python.sync_playwright import Axe

    desk.page.emulate_media(color_scheme=scheme)
    desk.page.set_viewport_size({"width": width, "height": 800})
    desk.open("/login")
    found = {"/login": Axe().run(desk.page).response["violations"]}
    desk.sign_in("bo")
    for path in pages_of(desk):
        desk.open(path)
        found[path] = Axe().run(desk.page).response["violations"]

    assert [
        (path, fault["id"], node["html"][:120])
        for path, faults in found.items()
        for fault in faults
        for node in fault["nodes"]
    ] == []


def test_the_description_of_the_api_is_drawn_under_the_strict_policy(desk):
    desk.open("/api/docs")

    expect(desk.page.locator(".opblock-tag").first).to_be_visible(timeout=120_000)
    desk.page.locator(".opblock-tag", has_text="reservations").first.click()
    expect(desk.page.locator(".opblock").first).to_be_visible()


def test_the_administration_works_under_the_strict_policy(desk):
    page = desk.page
    desk.sign_in("ada")
    desk.open("/admin/")
    expect(page.get_by_role("heading", name="Administration", exact=True)).to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.locator("#search-input-command")).to_be_visible()
    page.keyboard.press("Escape")
    for path in ("/admin/rates/rateplan/", "/admin/guests/guest/", "/admin/auditlog/logentry/"):
        desk.open(path)
    desk.open("/admin/rates/rateplan/add/")
    expect(page.locator("form#rateplan_form")).to_have_attribute("action", "/admin/rates/rateplan/add/")
    desk.open("/admin/rates/cancellationpolicy/add/")
    before = page.locator(".form-group:not(.empty-form)").count()
    page.locator(".add-row").first.click()
    assert page.locator(".form-group:not(.empty-form)").count() == before + 1


def test_the_log_in_fits_its_window(desk):
    desk.open("/login")

    assert (
        desk.page.evaluate("document.documentElement.scrollHeight - document.documentElement.clientHeight")
        == 0
    )
