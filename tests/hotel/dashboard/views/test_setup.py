"""Where one begins, the opening of a hotel, and the list of what is done."""

import pytest
import time_machine

from hotel.accounts.models import User
from hotel.accounts.services.grants import role_materialise
from hotel.accounts.services.roles import role_assign
from hotel.properties.models import Property
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.reservations import house_make
from tests.factories.rooms import room_make, room_type_make

SETUP, HOTEL = "/dashboard/setup", "/dashboard/setup/hotel"
LAKE = {
    "country": "CH",
    "name": "Lake Hotel",
    "code": "lake",
    "company": "Lake AG",
    "time_zone": "Europe/Zurich",
    "currency": "chf",
    "language": "de",
    "business_date": "2027-03-14",
}


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel("2027-03-14T12:00:00Z", tick=False):
        yield


@pytest.fixture
def owner(db, signed_in):
    return signed_in(User.objects.create_superuser(username="owner"))


def words(answer):
    return " ".join(answer.content.decode().split())


def test_the_owner_of_an_empty_house_is_led_to_the_two_ways_to_begin(owner, settings):
    settings.DEMO_PASSWORD = "known"
    answer = owner.get("/", follow=True)
    assert answer.redirect_chain == [(SETUP, 302)]
    page = words(answer)
    assert (f'href="{HOTEL}"' in page, f'href="{SETUP}/demo"' in page) == (True, True)


def test_an_installation_without_a_demonstration_offers_none(owner, settings):
    settings.DEMO_ALLOWED = False
    page = words(owner.get(SETUP))
    assert (f'href="{HOTEL}"' in page, "demo" in page) == (True, False)


def test_nobody_else_begins_in_an_empty_house(db, client, signed_in):
    someone = signed_in(User.objects.create_user(username="someone", is_staff=True))
    for path in (SETUP, HOTEL):
        assert client.get(path)["Location"] == f"/login?next={path}"
        assert (someone.get(path).status_code, someone.post(path, LAKE).status_code) == (403, 403)
    assert client.post(HOTEL, LAKE)["Location"] == f"/login?next={HOTEL}"
    assert "Set up my hotel" not in words(someone.get("/"))
    assert not Property.objects.exists()


def test_the_country_proposes_and_the_hotel_is_opened(owner):
    assert 'name="currency"' not in words(owner.get(HOTEL))
    page = words(owner.get(f"{HOTEL}?country=CH"))
    assert 'name="currency" value="CHF"' in page
    assert '<option value="Europe/Zurich" selected>' in page
    assert '<option value="de" selected>German' in page
    assert 'value="2027-03-14"' in page

    answer = owner.post(HOTEL, LAKE, follow=True)

    assert answer.redirect_chain == [("/dashboard/setup/rooms", 302)]
    assert "Lake Hotel is open." in words(answer)
    place = Property.objects.get()
    assert (place.code, place.currency, place.language, place.chain.name) == ("LAKE", "CHF", "de", "Lake AG")
    assert str(place.business_date) == "2027-03-14"


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"business_date": "2027-03-12"}, "Today or yesterday"),
        ({"business_date": "2027-03-15"}, "Today or yesterday"),
        ({"currency": "XXX"}, "is not an ISO 4217 currency"),
        ({"code": "Lake Hotel!"}, "Use up to 16 capital letters"),
        ({"time_zone": "Europe/Vienna"}, "not one of the available choices"),
        ({"name": ""}, "This field is required"),
    ],
)
def test_what_is_wrong_is_told_and_opens_nothing(owner, over, said):
    page = words(owner.post(HOTEL, {**LAKE, **over}))
    assert said in page
    assert not Property.objects.exists()


def test_a_code_that_is_taken_is_told_at_its_field(cast, owner):
    page = words(owner.post(HOTEL, {**LAKE, "code": "ALPHA"}))
    assert "already exists" in page
    assert Property.objects.count() == 2


def test_a_manager_of_the_company_opens_its_next_hotel_and_works_there(cast, signed_in):
    ada = signed_in(cast.ada)
    assert "Open another hotel" in words(ada.get(SETUP))
    page = words(ada.get(f"{HOTEL}?country=CH"))
    assert ("Cast Hotels" in page, 'name="company"' in page) == (True, False)

    answer = ada.post(HOTEL, {**LAKE, "chain": cast.chain.pk}, follow=True)

    assert answer.context["shell"].place.name == "Lake Hotel"
    assert Property.objects.get(code="LAKE").chain == cast.chain
    assert "is not ready to sell yet" in words(ada.get(SETUP))


def test_who_manages_one_of_its_hotels_opens_none(cast, signed_in):
    cast.ada.role_assignments.filter(property=cast.beta).delete()
    for role in cast.chain.roles.filter(code="general_manager"):
        role_materialise(role=role)
    ada = signed_in(User.objects.get(pk=cast.ada.pk))
    page = words(ada.get(SETUP))
    assert "Open another hotel" not in page
    assert (ada.get(HOTEL).status_code, ada.post(HOTEL, LAKE).status_code) == (403, 403)


def test_the_list_tells_what_is_missing_and_leads_there(cast, signed_in):
    ada = signed_in(cast.ada)
    page = words(ada.get(SETUP))
    assert "Your hotel is not ready to sell yet" in page
    for path in ("rooms", "rates", "taxes"):
        assert f'href="/dashboard/setup/{path}"' in page
    assert "Book a room for tonight" not in page

    house_make(cast.alpha)
    page = words(ada.get(SETUP))
    assert "Your hotel is ready to sell" in page
    assert "/dashboard/bookings/new?arrival=2027-03-14&amp;departure=2027-03-15&amp;adults=1" in page


def test_a_price_is_shown_to_who_may_view_prices_alone(cast, signed_in):
    house_make(cast.alpha)
    role_assign(user=cast.ida, role=cast.chain.roles.get(code="it_security"), place=cast.alpha)
    page = words(signed_in(cast.ida).get(SETUP))
    assert ("Your hotel is ready to sell" in page, "EUR 100.00" in page) == (True, False)
    assert "EUR 100.00" in words(signed_in(cast.ada).get(SETUP))


def test_the_desk_has_no_such_page(cast, signed_in):
    bo = signed_in(cast.bo)
    for path in (SETUP, HOTEL, f"{SETUP}/rooms", f"{SETUP}/rates", f"{SETUP}/taxes", f"{SETUP}/demo"):
        assert bo.get(path).status_code == 403, path
    assert "/dashboard/setup" not in words(bo.get("/dashboard"))


def test_it_costs_the_same_for_many_types(cast, signed_in):
    place, ada = house_make(cast.alpha).place, signed_in(cast.ada)
    ada.get(SETUP)
    few = queries_of(lambda: ada.get(SETUP))
    for n in range(4):
        room_make(place, room_type_make(place, f"T{n}"), f"9{n}")
    ada.get(SETUP)
    many = queries_of(lambda: ada.get(SETUP))
    assert_constant(few, many)
    assert len(many) <= 34
