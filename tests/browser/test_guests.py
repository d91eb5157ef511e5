"""A guest in a real browser: found, read by kind, edited beside his page, merged and taken apart again."""

import importlib.util

import pytest
from playwright.sync_api import expect

from hotel.guests.models import Guest
from hotel.messaging.models import Message
from hotel.reservations.models import ReservationNote
from tests.browser.test_hotel_day import faults_of
from tests.factories.guests import guest_make
from tests.factories.messaging import message_make, message_template_make
from tests.factories.reservations import house_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def written(place) -> Guest:
    """Who has a stay, a request, a letter and a twin."""
    found = {"first_name": "Nora", "last_name": "Lind", "phone": "+4315550100"}
    nora = guest_make(place, **found, email="nora@example.com", city="Graz", country="AT")
    guest_make(place, **found, email="lind@example.com", language="de")
    stay = house_of(place).reserve(1, 2, primary_guest=nora)
    ReservationNote.objects.create(property=place, reservation=stay, kind="guest", text="A cot, please")
    message_make(place, guest_id=nora.pk, template_code="pre_arrival", recipient_name="Nora Lind")
    return nora


@pytest.fixture
def nora(desk):
    return desk.ask(lambda: written(desk.house.place))


def test_a_guest_is_found_read_put_right_merged_and_parted(desk, nora):
    page = desk.page
    desk.sign_in("ada")
    desk.open("/dashboard/guests")
    page.get_by_label("Name, company").fill("nora@example.com")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Nora Lind").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nora Lind")
    journey = page.get_by_role("region", name="Journey")
    expect(journey.get_by_role("row")).to_have_count(4)
    journey.get_by_role("link", name="Requests and notes").click()
    expect(journey.get_by_role("row")).to_have_count(2)
    expect(journey).to_contain_text("A cot, please")
    journey.get_by_role("link", name="Everything").click()
    expect(journey.get_by_role("row")).to_have_count(4)

    page.get_by_role("link", name="Edit", exact=True).click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_label("City").fill("Linz")
    drawer.get_by_role("button", name="Save guest").click()
    expect(drawer).to_be_hidden()
    expect(page.get_by_role("complementary", name="About the guest")).to_contain_text("Linz")

    page.get_by_role("link", name="Look at both").click()
    page.get_by_role("link", name="lind@example.com").click()
    page.get_by_role("radio", name="lind@example.com").check()
    page.get_by_label("Reason").fill("Showed her passport")
    page.get_by_role("button", name="Merge the profiles").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nora Lind")
    assert desk.ask(lambda: Guest.objects.get(pk=nora.pk).email) == "lind@example.com"

    page.get_by_role("link", name="Merge, or undo a merge").click()
    page.get_by_role("button", name="Make two profiles again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nora Lind")
    assert desk.ask(lambda: Guest.objects.get(pk=nora.pk).email) == "nora@example.com"


def test_a_letter_is_written_and_what_failed_is_sent_again(desk, nora):
    def prepared() -> int:
        place = desk.house.place
        message_template_make(place, body="Dear {{ guest.name }}, your taxi is ordered.")
        return message_make(
            place, guest_id=nora.pk, recipient_name="Nora Lind", template_code="pre_arrival",
            status="failed", next_attempt_at=None, failure_reason="The mailbox is full",
        ).pk  # fmt: skip

    failed, page = desk.ask(prepared), desk.page
    desk.sign_in("bo")
    desk.open(f"/dashboard/guests/{nora.pk}")
    page.get_by_role("link", name="Write a message").click()
    page.get_by_role("button", name="Show preview").click()
    expect(page.get_by_role("region", name="Preview")).to_contain_text(
        "Dear Nora Lind, your taxi is ordered."
    )
    page.get_by_role("button", name="Send message").click()
    expect(page.get_by_role("region", name="What it says")).to_contain_text("your taxi is ordered")

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Messages").click()
    page.get_by_role("link", name="Failed").click()
    row = page.get_by_role("row").filter(has_text="The mailbox is full")
    row.get_by_role("link", name="Pre arrival").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("button", name="Send again").click()
    expect(drawer).to_contain_text("Queued")
    drawer.get_by_role("button", name="Close").click()
    desk.open("/dashboard/messages?state=failed")
    expect(page.get_by_text("No message fits.")).to_be_visible()
    assert desk.ask(lambda: Message.objects.get(pk=failed).status) == "queued"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_the_pages_are_without_faults_and_fit(desk, nora, scheme, width):
    if importlib.util.find_spec("axe_playwright_python") is None:
        pytest.skip("axe is not installed")
    page = desk.page
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    desk.sign_in("ada")
    twin = desk.ask(lambda: Guest.objects.exclude(pk=nora.pk).filter(last_name="Lind").get().pk)
    letter = desk.ask(lambda: Message.objects.get(guest_id=nora.pk).pk)
    desk.ask(lambda: message_template_make(desk.house.place))
    for path in (
        "guests",
        f"guests/{nora.pk}",
        f"guests/{nora.pk}/edit",
        f"guests/{nora.pk}/merge",
        f"guests/{nora.pk}/merge?with={twin}",
        "messages",
        f"messages/{letter}",
        "messages/new",
        f"messages/new?guest={nora.pk}&letter=welcome:email",
    ):
        desk.open(f"/dashboard/{path}")
        assert faults_of(page) == [], path
        assert desk.overflow() <= 0, path
