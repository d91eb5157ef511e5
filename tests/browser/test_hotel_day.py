"""The pages of the hotel day in a real browser: a guest comes, pays and leaves, and the day is closed."""

import importlib.util
from decimal import Decimal

import pytest
from django.utils.translation import gettext, override
from moneyed import Money
from playwright.sync_api import expect

from hotel.accounts.models import User
from hotel.folios.models import Folio, Payment, Posting
from hotel.folios.services.city_ledger import city_ledger_transfer
from hotel.folios.services.codes import standard_code
from hotel.folios.services.corrections import posting_reverse
from hotel.folios.services.folios import window_open
from hotel.folios.services.invoices import invoice_issue
from hotel.folios.services.tills import session_open
from hotel.reservations.models import Reservation
from hotel.stays.models import NightAudit
from hotel.stays.services.check_in import check_in
from hotel.stays.services.night_audit import night_audit_run
from tests.factories.folios import charge_make, city_account_make, folio_make
from tests.factories.payments import gateway_account_make, payment_make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["en", "de", "es"])
def test_a_guest_comes_pays_and_leaves(desk, language):
    def said(text):
        with override(language):
            return gettext(text)

    page, place = desk.page, desk.house.place
    desk.ask(lambda: standard_code(place, "cash"))
    desk.ask(lambda: User.objects.filter(username="bo").update(language=language))
    desk.sign_in("bo")
    page.get_by_role("link", name=f"{said('Check in')} Anna Moser").click()
    page.get_by_label(said("Room"), exact=True).select_option(label=f"101 · Dbl · {said('Clean')}")
    page.get_by_role("button", name=said("Check in")).dblclick()
    expect(page.get_by_role("status")).to_contain_text(said("the guest is in house."))
    assert desk.ask(lambda: Reservation.objects.get(status="in_house").version) == 3

    page.get_by_role("link", name=said("Till"), exact=True).click()
    page.get_by_role("button", name=said("Open till")).click()
    expect(page.get_by_role("status")).to_contain_text(said("Your till is open."))

    folio = desk.ask(lambda: Folio.objects.get().pk)
    desk.open(f"/dashboard/folios/{folio}")
    page.get_by_label(said("What"), exact=True).select_option(label="Beverage")
    page.get_by_label(f"{said('Amount, taxes inside')} (EUR)").fill("11.00")
    page.get_by_role("button", name=said("Post charge")).dblclick()
    expect(page.get_by_role("link", name="Beverage")).to_be_visible()
    assert desk.ask(Posting.objects.count) == 1
    assert desk.ask(lambda: Posting.objects.get().gross) == Money(11, "EUR")

    desk.open(f"/dashboard/reservations/{desk.ask(lambda: Folio.objects.get().reservation_id)}/check-out")
    page.locator("summary", has_text=said("Leaves early")).click()
    page.get_by_role("button", name=said("Leave today")).click()
    expect(page.get_by_role("status")).to_contain_text(said("the guest leaves today."))
    page.get_by_role("button", name=said("Check out")).click()
    expect(page.get_by_role("alert")).to_contain_text(
        said("A window is not settled. Take the payment or move it to the city ledger first.")
    )

    desk.open(f"/dashboard/folios/{folio}/pay")
    owed = page.locator("input[name=take-amount]").input_value()
    page.get_by_role("button", name=said("Take payment")).dblclick()
    expect(page.get_by_text(said("settled"), exact=True)).to_be_visible()
    (paid,) = desk.ask(lambda: list(Payment.objects.all()))
    assert f"{paid.amount.amount:.2f}" == owed

    page.get_by_role("link", name=said("Reservation"), exact=True).click()
    page.get_by_role("link", name=said("Check out")).click()
    page.get_by_role("button", name=said("Check out")).click()
    expect(page.get_by_role("status")).to_contain_text(said("the guest has left."))
    assert desk.ask(lambda: Folio.objects.get().status) == "closed"


def test_a_guest_walks_in_and_two_clicks_are_one_stay(desk):
    page = desk.page
    desk.sign_in("bo")
    page.get_by_role("link", name="Walk-in").first.click()
    page.get_by_label("Room", exact=True).select_option(label="102 · Dbl · Clean")
    page.get_by_label("First name").fill("Kim")
    page.get_by_label("Last name").fill("Walker")
    page.get_by_role("button", name="Book and check in").dblclick()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Kim Walker")
    kept = desk.ask(
        lambda: list(Reservation.objects.filter(is_walk_in=True).values_list("status", flat=True))
    )
    assert kept == ["in_house"]


def test_the_night_audits_page_follows_the_worker_by_itself(desk, monkeypatch):
    page, place = desk.page, desk.house.place
    monkeypatch.setattr("hotel.stays.selectors.days.local_day", lambda place: place.business_date)
    desk.sign_in("bo")
    page.get_by_role("link", name="Night audit").click()
    page.get_by_role("button", name="Run the night audit").click()
    expect(page.get_by_role("button", name="Continue")).to_be_visible()

    desk.ask(lambda: night_audit_run(place=place))

    expect(page.get_by_role("heading", level=1)).to_contain_text("15 Mar 2027")
    expect(page.get_by_role("button", name="Run the night audit")).to_be_visible()
    assert desk.ask(lambda: NightAudit.objects.get().status) == "finished"
    page.get_by_role("link", name="Sun 14 Mar 2027").click()
    expect(page.get_by_role("heading", name="Proof")).to_be_visible()
    if importlib.util.find_spec("axe_playwright_python"):
        assert faults_of(page) == []


def furnished(house) -> tuple[str, ...]:
    """A guest in house with a bill of every kind of line, a till, a debtor; the pages that show them."""
    place = house.place
    coming, later = Reservation.objects.order_by("pk")
    inside = house.reserve(0, 1)
    check_in(reservation=inside, actor=None, room=house.rooms[1])
    folio = Folio.objects.select_related("property").get(reservation=inside)
    firm = window_open(folio=folio, label="Firma Österreichische Donaudampfschifffahrt")
    drink = charge_make(folio, 11)
    posting_reverse(posting=charge_make(folio, 7))
    charge_make(folio, 40, code="food", window=firm)
    invoice = invoice_issue(window=firm)
    gateway_account_make(place)
    debtor = city_account_make(place, name="Firm & Sons")
    city_ledger_transfer(window=firm, account=debtor, amount=Money(15, "EUR"))
    payment = payment_make(place, 5, target=folio.windows.get(number=1))
    cashier = User.objects.get(username="bo")
    till = session_open(place=place, cashier=cashier, floats={"EUR": Decimal(100)})
    folio_make(place, name="Staff canteen")
    stay, money = f"/dashboard/reservations/{inside.pk}", f"/dashboard/folios/{folio.pk}"
    return (
        *("/dashboard", "/dashboard/walk-in"),
        f"/dashboard/reservations/{coming.pk}/check-in",
        f"/dashboard/reservations/{later.pk}/deposit",
        *(stay, f"{stay}/check-out", f"{stay}/move-room"),
        *("/dashboard/folios", money, f"{money}/pay", f"{money}/lines/{drink.pk}", f"{money}/routing"),
        f"/dashboard/documents/{invoice.pk}",
        *(f"/dashboard/payments/{payment.pk}", "/dashboard/till", f"/dashboard/till/{till.pk}"),
        *("/dashboard/city-ledger", f"/dashboard/city-ledger/{debtor.pk}", "/dashboard/night-audit"),
    )


def faults_of(page) -> list[tuple[str, str]]:
    """What axe finds on a page: rule and element."""
    from axe_playwright_python.sync_playwright import Axe

    faults = Axe().run(page).response["violations"]
    return [(fault["id"], node["html"][:120]) for fault in faults for node in fault["nodes"]]


@pytest.mark.skipif(importlib.util.find_spec("axe_playwright_python") is None, reason="axe is not installed")
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_axe_finds_nothing_and_no_page_scrolls_sideways(desk, scheme, width):
    desk.page.emulate_media(color_scheme=scheme)
    desk.page.set_viewport_size({"width": width, "height": 800})
    pages = desk.ask(lambda: furnished(desk.house))
    desk.sign_in("bo")

    found = {}
    for path in pages:
        desk.open(path)
        found[path] = (faults_of(desk.page), desk.overflow() > 0)

    assert {path: what for path, what in found.items() if what != ([], False)} == {}
