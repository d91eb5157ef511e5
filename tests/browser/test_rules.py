"""Rules in a real browser: tried, restored and given out, by keyboard, on a phone and in the dark."""

import importlib.util
from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import expect

from hotel.rates.domain.promo_sheet import TAKEN
from hotel.rates.models import CancellationPolicy, PromoCode
from tests.browser.test_desk import tab_to
from tests.browser.test_hotel_day import faults_of
from tests.factories.monitoring import rate_limit_make
from tests.factories.rates import (
    cancellation_policy_make,
    deposit_policy_make,
    no_show_policy_make,
    promo_make,
    restriction_make,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHEET = "/dashboard/rules/promo/sheet"
LINES = [
    ",".join(TAKEN),
    "WINTER,Winter break,12.5,,,,,,,100,yes,yes",
    "BROKEN,Odd,10,5,,,,,,,yes,perhaps",
]


def sheet_of(*lines):
    return {"name": "codes.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}


def test_an_older_version_is_restored_by_keyboard(desk):
    page = desk.page

    @transaction.atomic
    def changed():
        made = cancellation_policy_make(desk.house.place, "CHANGED", name="As it was")
        made.name = "As it is"
        made.save()
        return made

    policy = desk.ask(changed)
    desk.sign_in("ada")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    desk.open(f"/admin/rates/cancellationpolicy/{policy.pk}/history/")
    expect(page.get_by_text("Name: As it was → As it is")).to_be_visible()
    page.get_by_role("link", name="Restore this version").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing is changed until you save them.")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("As it was")
    assert desk.ask(lambda: CancellationPolicy.objects.get(pk=policy.pk).name) == "As it is"
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert desk.ask(lambda: CancellationPolicy.objects.get(pk=policy.pk).name) == "As it was"


def test_a_sheet_is_looked_at_corrected_and_taken(desk):
    page = desk.page
    desk.sign_in("ada")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    desk.open(SHEET)
    page.get_by_label("Sheet (XLSX or CSV)").set_input_files(sheet_of(*LINES))
    page.get_by_role("button", name="Look at what it does").click()
    expect(page.get_by_role("region", name="What the sheet does")).to_contain_text("1 refused")
    expect(page.get_by_role("button", name="Take all of it")).to_have_count(0)
    page.get_by_label("Sheet (XLSX or CSV)").set_input_files(sheet_of(*LINES[:2]))
    page.get_by_role("button", name="Look at what it does").click()
    tab_to(page, "Take all of it")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 code was added.")
    assert desk.ask(lambda: PromoCode.objects.get().code) == "WINTER"


@pytest.mark.skipif(importlib.util.find_spec("axe_playwright_python") is None, reason="axe is not installed")
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_axe_finds_nothing_and_no_page_scrolls_sideways(desk, scheme, width):
    desk.page.emulate_media(color_scheme=scheme)
    desk.page.set_viewport_size({"width": width, "height": 800})
    place = desk.house.place
    day = place.business_date

    @transaction.atomic
    def furnished():
        return [
            f"/dashboard/rules/restriction/{restriction_make(place, 'min_los', day, day + timedelta(days=9), 4).pk}",
            f"/dashboard/rules/deposit/{deposit_policy_make(place).pk}",
            f"/dashboard/rules/no-show/{no_show_policy_make(place, 'MISSED').pk}",
            f"/dashboard/rules/promo/{promo_make(place).pk}",
            f"/dashboard/monitoring/limits/{rate_limit_make(place).pk}/test",
        ]

    paths = desk.ask(furnished)
    desk.sign_in("ada")
    found = {}
    for path in paths:
        desk.open(path)
        found[path] = (faults_of(desk.page), desk.overflow() > 0)
    desk.open(SHEET)
    desk.page.get_by_label("Sheet (XLSX or CSV)").set_input_files(sheet_of(*LINES))
    desk.page.get_by_role("button", name="Look at what it does").click()
    expect(desk.page.get_by_role("region", name="What the sheet does")).to_be_visible()
    found["a sheet"] = (faults_of(desk.page), desk.overflow() > 0)

    assert {path: what for path, what in found.items() if what != ([], False)} == {}
