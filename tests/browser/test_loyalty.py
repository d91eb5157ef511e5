"""The pages of loyalty in a real browser: a guest joins at the desk, by keyboard, on a phone and on paper."""

import importlib.util
from datetime import date

import pytest
from django.db import transaction
from playwright.sync_api import expect

from hotel.accounts.models import User
from loyalty.models import LoyaltyMember, PointTransaction, RewardVoucher
from loyalty.services.adjustments import points_adjust
from tests.browser.test_desk import tab_to
from tests.browser.test_hotel_day import faults_of
from tests.factories.folios import charge_make, guest_folio_make
from tests.factories.guests import guest_make
from tests.factories.loyalty import (
    earning_rule_make,
    loyalty_member_make,
    loyalty_program_make,
    loyalty_tier_make,
    points_make,
    reward_voucher_make,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE, VOUCHERS = "/dashboard/loyalty/members", "/dashboard/loyalty/vouchers"


@transaction.atomic
def furnished(place) -> LoyaltyMember:
    """A member with points that end, a debtless ledger with a rule, and an adjustment that waits."""
    loyalty_program_make(place, name="Lindenhof Circle", expiry="term", expiry_months=24)
    loyalty_tier_make(place, colour="#8a939f", min_points=10_000)
    loyalty_tier_make(place, level=2, code="gold", name="Gold", colour="#b8862b", min_nights=25)
    rule = earning_rule_make(place, name="Ten points a euro")
    guest = guest_make(place, first_name="María José", last_name="Fernández de la Torre")
    member = loyalty_member_make(place, guest)
    points_make(member, 12_600, because="Balance of the old programme", day=date(2026, 5, 2))
    points_make(member, 3504, because="R10431: 350.49 spent × 10", rule_id=rule.pk)
    points_adjust(
        member=member,
        place=place,
        points=6000,
        reason="A ruined week",
        actor=User.objects.get(username="ada"),
    )
    return member


def test_the_desk_enrols_a_guest_and_gives_points_by_keyboard(desk):
    page = desk.page
    desk.ask(lambda: loyalty_program_make(desk.house.place))
    desk.sign_in("bo")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    desk.open(PAGE)
    tab_to(page, "Enrol a guest")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Enrol a guest")).to_be_visible()
    tab_to(page, "Known here?")
    page.keyboard.type("moser")
    page.keyboard.press("Enter")
    page.wait_for_url("**who=moser")
    page.get_by_label("Anna Moser").check()
    page.get_by_role("button", name="Enrol").dblclick()
    expect(page.get_by_role("status")).to_contain_text("Enrolled:")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Anna Moser")
    assert desk.ask(LoyaltyMember.objects.count) == 1

    tab_to(page, "Points")
    page.keyboard.type("150")
    page.keyboard.press("Tab")
    page.keyboard.type("A cold coffee")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("The points are posted.")
    expect(page.get_by_role("region", name="Points", exact=True)).to_contain_text("150 in all")
    assert desk.ask(lambda: PointTransaction.objects.get().points) == 150


def test_the_desk_redeems_a_voucher_on_a_bill_by_keyboard(desk):
    page = desk.page
    voucher = desk.ask(lambda: reward_voucher_make(desk.house.place, settlement_rate=20))
    stay = desk.ask(desk.house.reserve)
    desk.ask(lambda: charge_make(guest_folio_make(desk.house.place, stay), "50.00"))
    desk.sign_in("bo")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    desk.open(PAGE)
    tab_to(page, "Vouchers")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Vouchers")).to_be_visible()
    tab_to(page, "Code")
    page.keyboard.type(voucher.code.lower())
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Dinner")).to_contain_text("EUR 20.00 on the bill of a stay")
    tab_to(page, "Reservation number or name")
    page.keyboard.type(stay.number)
    page.keyboard.press("Enter")
    page.get_by_role("radio").check()
    assert desk.overflow() <= 0
    page.get_by_role("button", name="Redeem on the bill").dblclick()
    expect(page.get_by_role("main")).to_contain_text("This voucher is redeemed already.")
    assert desk.ask(lambda: RewardVoucher.objects.get().uses) == 1
    assert voucher.code not in page.url


@pytest.mark.skipif(importlib.util.find_spec("axe_playwright_python") is None, reason="axe is not installed")
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_axe_finds_nothing_and_no_page_scrolls_sideways(desk, scheme, width):
    desk.page.emulate_media(color_scheme=scheme)
    desk.page.set_viewport_size({"width": width, "height": 800})
    desk.sign_in("bo")
    desk.open(PAGE)
    found = {"empty": (faults_of(desk.page), desk.overflow() > 0)}
    member = desk.ask(lambda: furnished(desk.house.place))
    voucher = desk.ask(lambda: reward_voucher_make(desk.house.place, settlement_rate=20))

    for path in (
        PAGE,
        VOUCHERS,
        f"{VOUCHERS}/{voucher.pk}",
        f"{VOUCHERS}/{voucher.pk}/print",
        f"{PAGE}?text=nobody",
        "/dashboard/loyalty/overview",
        f"{PAGE}/new?who=moser",
        f"{PAGE}/{member.pk}",
    ):
        desk.open(path)
        found[path] = (faults_of(desk.page), desk.overflow() > 0)

    desk.open(VOUCHERS)
    desk.page.get_by_label("Code").fill(voucher.code)
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_role("button", name="Find stay")).to_be_visible()
    found["a code"] = (faults_of(desk.page), desk.overflow() > 0)

    assert {path: what for path, what in found.items() if what != ([], False)} == {}


def test_on_paper_there_is_the_card_and_the_ledger_and_no_button(desk):
    member = desk.ask(lambda: furnished(desk.house.place))
    desk.sign_in("ada")
    desk.open(f"{PAGE}/{member.pk}")

    desk.page.emulate_media(media="print")

    expect(desk.page.get_by_role("region", name="Card")).to_be_visible()
    expect(desk.page.get_by_text("R10431: 350.49 spent × 10").first).to_be_visible()
    assert desk.page.locator("button:visible").count() == 0
