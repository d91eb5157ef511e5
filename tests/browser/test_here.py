"""Two people with the same page open see each other's initials, and nobody's when they are alone or the socket is cut."""

import pytest
from playwright.sync_api import expect

from hotel.folios.models import Folio
from hotel.reservations.models import Reservation
from tests.browser.test_hotel_day import faults_of
from tests.browser.test_live import other  # noqa: F401
from tests.factories.folios import guest_folio_make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def company(page):
    """Who else is here, as a list."""
    return page.get_by_role("list", name="Also here")


def test_two_at_one_page_see_each_other_until_one_leaves(desk, other):  # noqa: F811
    stay = desk.ask(lambda: Reservation.objects.get(primary_guest__last_name="Moser"))
    folio = desk.ask(lambda: guest_folio_make(desk.house.place, stay).pk)
    assert desk.ask(lambda: Folio.objects.filter(pk=folio).exists())
    desk.sign_in("bo")
    desk.page.set_viewport_size({"width": 375, "height": 800})
    for path in (
        f"/dashboard/reservations/{stay.pk}",
        f"/dashboard/folios/{folio}",
        "/dashboard/rates",
        "/dashboard/chart",
    ):
        desk.open(path)
        expect(company(desk.page)).to_be_hidden()
        other.goto(desk.address + path)

        expect(company(desk.page).get_by_role("listitem")).to_have_text(["ADada"])
        expect(company(other).get_by_role("listitem")).to_have_text(["BObo"])
        assert (faults_of(desk.page), desk.overflow()) == ([], 0), path
        company(desk.page).get_by_role("listitem").focus()
        expect(company(desk.page).get_by_text("ada", exact=True)).to_be_in_viewport()
        other.goto(f"{desk.address}/dashboard/reservations")
        expect(company(desk.page)).to_be_hidden()


def test_two_tabs_of_one_person_are_no_company_and_a_refresh_keeps_it(desk, other):  # noqa: F811
    stay = desk.ask(lambda: Reservation.objects.get(primary_guest__last_name="Moser").pk)
    desk.sign_in("bo")
    desk.open(f"/dashboard/reservations/{stay}")
    second = desk.page.context.new_page()
    second.goto(desk.page.url)
    other.goto(desk.page.url)
    expect(company(desk.page).get_by_role("listitem")).to_have_text(["ADada"])
    expect(company(other).get_by_role("listitem")).to_have_text(["BObo"])

    with desk.page.expect_response(lambda answer: "HX-Request" in str(answer.request.headers) or answer.ok):
        desk.page.evaluate("htmx.trigger('#page', 'news')")

    desk.page.wait_for_timeout(300)
    expect(company(desk.page).get_by_role("listitem")).to_have_text(["ADada"])
    second.close()


def test_without_a_socket_nobody_is_shown_and_the_page_says_nothing_of_it(desk, other):  # noqa: F811
    sockets = []
    desk.page.route_web_socket(
        "**/ws/desk/*", lambda socket: (sockets.append(socket), socket.connect_to_server())
    )
    desk.sign_in("bo")
    stay = desk.ask(lambda: Reservation.objects.get(primary_guest__last_name="Moser"))
    folio = desk.ask(lambda: guest_folio_make(desk.house.place, stay).pk)
    desk.open(f"/dashboard/folios/{folio}")
    other.goto(desk.page.url)
    expect(company(desk.page).get_by_role("listitem")).to_have_text(["ADada"])

    desk.page.route_web_socket("**/ws/desk/*", lambda socket: socket.close())
    sockets[-1].close()

    expect(company(desk.page)).to_be_hidden()
    desk.page.wait_for_timeout(3_000)
    expect(desk.page.locator("#net")).to_be_hidden()
