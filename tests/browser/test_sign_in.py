import re

import pytest
from playwright.sync_api import expect

from hotel.accounts.selectors.second_factors import factors_of
from tests.hotel.accounts.phones import Phone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def security_key(page):
    """A passkey store that the browser believes in, which says yes to everything."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return tools, made["authenticatorId"]


def log_out(desk):
    desk.page.get_by_role("button", name="Log out").click()
    expect(desk.page.get_by_role("heading", name="Log in")).to_be_visible()


def test_a_passkey_is_added_and_opens_the_house_the_next_time(desk):
    page = desk.page
    desk.address = desk.address.replace("127.0.0.1", "localhost")  # passkeys belong to names
    tools, key = security_key(page)
    desk.sign_in("bo")
    page.get_by_role("link", name=re.compile("how you sign in")).click()
    page.get_by_label("Name of the passkey").fill("Desk computer")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("status")).to_contain_text("From now on signing in has a second step")
    expect(page.locator(".codes li")).to_have_count(10)
    expect(page.locator("li strong", has_text="Desk computer")).to_be_visible()

    log_out(desk)
    desk.sign_in("bo")
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("link", name="Anna Moser", exact=True)).to_be_visible()

    log_out(desk)
    tools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})
    security_key(page)  # somebody else's: it knows no key of Bo
    desk.sign_in("bo")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("The browser found no passkey of yours")
    desk.open("/login/second")
    assert desk.ask(lambda: factors_of(desk.house.place.chain.users.get(username="bo")).passkeys) == 1


def test_an_app_is_set_up_by_keyboard_on_a_phone(desk):
    page = desk.page
    page.set_viewport_size({"width": 375, "height": 700})
    desk.sign_in("bo")
    desk.open("/account")
    assert desk.overflow() <= 0
    phone = Phone(page.locator("code.wrap").inner_text().replace(" ", ""))
    page.get_by_label("Code that the app shows").focus()
    page.keyboard.type(phone.code())
    page.keyboard.press("Enter")
    expect(page.locator(".codes li")).to_have_count(10)
    assert desk.overflow() <= 0

    log_out(desk)
    desk.sign_in("bo")
    assert desk.overflow() <= 0
    expect(page.get_by_label("Code that your app shows")).to_be_focused()
    page.keyboard.type(phone.code(1))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Anna Moser", exact=True)).to_be_visible()
