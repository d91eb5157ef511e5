"""Incidents in a real browser: one is contained by the keyboard alone, and no page is wider than a phone."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from hotel.accounts.models import User
from security.models import IncidentContainment, SecurityIncident
from security.services.breaches import Assessment, breach_assess
from security.services.incidents import Seen, incident_open
from security.services.playbooks import playbooks_seed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOK = os.environ.get("AUBERGE_LOOK", "")  # a folder that pictures are put into


def look(desk, name: str) -> None:
    """Keep a picture for people, when one is wanted."""
    if LOOK:
        desk.page.screenshot(path=Path(LOOK, f"{name}.png"), full_page=True)


def bo() -> User:
    return User.objects.get(username="bo")


def opened(desk) -> int:
    place = desk.house.place
    playbooks_seed(chain=place.chain)
    seen = Seen(
        category="account", severity="high", title="5 wrong second steps of bo, password known",
        detector="second_step_guessing", subject=f"user:{bo().pk}", summary="Within ten minutes, from two networks.",
    )  # fmt: skip
    incident = incident_open(seen=seen, place=place)
    incident_open(seen=Seen(category="load", severity="low", title="A flood"), place=place, is_drill=True)
    said = Assessment(
        is_breach=True, risk="likely", data_categories="Names and stays of guests", people_affected=40
    )
    breach_assess(incident=incident, said=said, by=User.objects.get(username="ada"))
    return incident.pk


def test_an_account_is_contained_by_keyboard_and_every_page_fits_a_phone(desk):
    page = desk.page
    desk.sign_in("ada")
    desk.open("/dashboard/security/incidents")
    expect(page.get_by_text("Nothing is open.")).to_be_visible()
    look(desk, "empty-1280")
    pk = desk.ask(lambda: opened(desk))
    desk.open("/dashboard/security/incidents")
    look(desk, "list-1280")
    page.get_by_role("link", name="5 wrong second steps of bo").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("5 wrong second steps")
    look(desk, "detail-1280")
    page.locator("summary", has_text="Disable the account").press("Enter")
    look(desk, "confirm-1280")
    page.get_by_role("button", name="Yes, do it now").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The account of bo is disabled")
    look(desk, "done-1280")
    assert desk.ask(lambda: (bo().is_active, IncidentContainment.objects.get().action)) == (
        False,
        "disable_account",
    )
    page.locator("summary", has_text="Take back").press("Enter")
    page.locator("input[name=undo-reason]").fill("It was he.")
    page.get_by_role("button", name="Yes, take it back").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Taken back.")
    assert desk.ask(lambda: bo().is_active)

    page.set_viewport_size({"width": 375, "height": 800})
    for path in (f"incidents/{pk}", "incidents", "incidents?show=ended", "breaches"):
        desk.open(f"/dashboard/security/{path}")
        look(desk, f"{path.replace('/', '-').replace('?', '-')}-375")
        assert desk.overflow() <= 0, path
    page.set_viewport_size({"width": 1280, "height": 900})
    desk.open("/dashboard/security/breaches")
    look(desk, "breaches-1280")
    assert desk.ask(lambda: SecurityIncident.objects.count()) == 2
