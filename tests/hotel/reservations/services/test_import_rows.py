import pytest

from hotel.guests.models import Company
from hotel.guests.services.companies import CompanyData, company_create
from hotel.reservations.models import Booking, Reservation
from hotel.reservations.services import import_rows
from hotel.reservations.services.import_checks import Defaults, stays_checked
from hotel.reservations.services.import_rows import Writer, numbers_drawn
from hotel.rooms.services.inventory import RoomTypeSoldOut
from tests.factories.imports import imported_stay
from tests.factories.reservations import house_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


def rows_of(house, *stays):
    return stays_checked(place=house.place, stays=stays, defaults=Defaults()).rows


def test_a_room_sold_since_the_check_stops_the_whole_chunk(house):
    rows = rows_of(house, imported_stay(2), imported_stay(3, arrival=8))
    house.reserve(3)
    house.reserve(3)

    with pytest.raises(RoomTypeSoldOut):
        Writer(house.place, {}).write(rows)

    assert Reservation.objects.count() == 2
    assert house.counted("sold") == [0, 0, 0, 2, 2, 0, 0, 0]


def test_known_companies_are_found_by_code_or_name(house):
    company_create(place=house.place, data=CompanyData(name="Acme Ltd", code="ACME"))
    company_create(place=house.place, data=CompanyData(name="Trips", kind="travel_agent"))
    stays = [imported_stay(n, texts={"company": "ACME", "agent": "Trips"}) for n in (2, 3)]

    Writer(house.place, {}).write(rows_of(house, *stays))

    assert Company.objects.count() == 2
    assert {booking.company.name for booking in Booking.objects.all()} == {"Acme Ltd"}
    assert {booking.agent.name for booking in Booking.objects.all()} == {"Trips"}


def test_numbers_that_are_taken_are_drawn_anew(house, monkeypatch):
    drawn = iter([7, 7, 8, 9])
    monkeypatch.setattr(import_rows.secrets, "randbelow", lambda _: next(drawn))
    taken = import_rows.numbers.confirmation_number("ALPHA", 8)
    Booking.objects.filter(pk=house.reserve().booking_id).update(confirmation_number=taken)
    drawn = iter([7, 8, 8, 9])

    found = numbers_drawn(house.place, 2)

    assert sorted(found) == sorted(import_rows.numbers.confirmation_number("ALPHA", n) for n in (7, 9))


def test_writing_nothing_does_nothing(house):
    assert Writer(house.place, {}).write([]) == 0


def test_a_waiting_stay_is_taken_over_with_the_lowest_priority(house):
    Writer(house.place, {}).write(rows_of(house, imported_stay(2, status="waitlisted")))

    assert Reservation.objects.get().waitlist_priority == 0
