"""The list and the page of reservations: guests are looked for, and shown whole, by those who may view guests."""

import pytest

from hotel.properties.scoping import codename
from hotel.reservations.services.cancellations import reservation_cancel
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make

DESK = {codename(verb, "reservations") for verb in ("view", "manage")}
LIST = "/dashboard/reservations"
OFFER = "/dashboard/bookings/new/guest?arrival=2027-03-15&departure=2027-03-17&adults=2"


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def house(stage):
    return house_make(stage.alpha)


@pytest.fixture
def anna(house):
    return guest_make(house.place, first_name="Anna", last_name="Moser", email="anna@example.com")


@pytest.fixture
def with_guests(stage, signed_in):
    return signed_in(stage.person(DESK | {codename("view", "guests")}))


@pytest.fixture
def without_guests(stage, signed_in):
    return signed_in(stage.person(DESK))


def test_names_find_reservations_only_for_those_who_may_view_guests(house, anna, with_guests, without_guests):
    stay = house.reserve(primary_guest=anna)

    found, refused = (text_of(who.get(f"{LIST}?text=moser")) for who in (with_guests, without_guests))

    assert stay.number in found
    assert "Number or name" in found
    assert stay.number not in refused
    assert "Number or name" not in refused
    assert stay.number in text_of(without_guests.get(f"{LIST}?text={stay.number}"))


def test_guests_are_looked_for_in_a_booking_only_by_those_who_may(house, anna, with_guests, without_guests):
    offer = f"{OFFER}&room_type={house.double.pk}&rate_plan={house.plan.pk}&who=moser"

    shown, refused = text_of(with_guests.get(offer)), text_of(without_guests.get(offer))

    assert "Find guest" in shown
    assert f'value="{anna.pk}"' in shown
    assert "Find guest" not in refused
    assert f'value="{anna.pk}"' not in refused
    assert "Moser" not in refused


@pytest.mark.parametrize(
    ("flags", "name", "without"),
    [((), "Anna Moser", "Anna Moser"), (("is_confidential",), "Anna Moser", None)],
)
def test_a_page_shows_contacts_and_confidential_names_to_those_who_may(
    house, anna, with_guests, without_guests, flags, name, without
):
    stay = house.reserve(primary_guest=anna, flags=frozenset(flags))

    shown, masked = (text_of(who.get(f"{LIST}/{stay.pk}")) for who in (with_guests, without_guests))

    assert f'<a href="/dashboard/guests/{anna.pk}">{name}</a> · anna@example.com' in shown
    assert "anna@example.com" not in masked
    assert ("Moser" in masked) is (without is not None)


@pytest.mark.pdf
def test_the_page_leads_to_the_pro_forma_of_a_stay_that_is_not_over(house, stage, signed_in, without_guests):
    stay = house.reserve()
    href = f"/api/v1/reservations/{stay.pk}/pro-forma/pdf"
    desk = signed_in(stage.person(DESK | {codename("view", "stays")}))

    assert f'href="{href}"' in text_of(desk.get(f"{LIST}/{stay.pk}"))
    assert f'href="{href}"' not in text_of(without_guests.get(f"{LIST}/{stay.pk}"))
    assert desk.get(href).content.startswith(b"%PDF")

    reservation_cancel(reservation=stay, actor=None)
    assert f'href="{href}"' not in text_of(desk.get(f"{LIST}/{stay.pk}"))
