from datetime import timedelta
from decimal import Decimal

import pytest
from moneyed import Money

from hotel.guests.models import Company
from hotel.guests.services.companies import CompanyData, company_create
from hotel.rates.domain.quotes import night_price_load
from hotel.reservations.models import Booking, Reservation, ReservationNight
from hotel.reservations.services import import_rows
from hotel.reservations.services.import_checks import Defaults, stays_checked
from hotel.reservations.services.import_rows import Writer, numbers_drawn
from hotel.rooms.services.inventory import RoomTypeSoldOut
from tests.cast import TODAY
from tests.contracts.queries import queries_of
from tests.factories.imports import imported_stay
from tests.factories.rates import city_tax_make, tax_rule_make
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


def test_contained_taxes_are_taken_out_of_each_night_and_none_is_added(house):
    tax_rule_make(house.place, "VAT10", valid_from=TODAY + timedelta(days=4))
    tax_rule_make(house.place, "SVC", is_inclusive=False)
    city_tax_make(house.place)
    stay = imported_stay(rate_per_night=None, total=Decimal("270.30"))

    Writer(house.place, {}).write(rows_of(house, stay))

    before, since = ReservationNight.objects.order_by("night")
    assert [(night.room_gross, night.total) for night in (before, since)] == [
        (Money("135.15", "EUR"), Money("135.15", "EUR"))
    ] * 2
    assert [night.room_net for night in (before, since)] == [Money("135.15", "EUR"), Money("122.86", "EUR")]
    taxes = [night_price_load(night.price_detail).taxes for night in (before, since)]
    assert [[(line.code, line.amount, line.is_inclusive) for line in lines] for lines in taxes] == [
        [],
        [("VAT10", Money("12.29", "EUR"), True)],
    ]
    row = Reservation.objects.get()
    assert (row.total_amount, row.stay_tax_amount) == (Money("270.30", "EUR"), Money(0, "EUR"))


def test_the_taxes_of_a_chunk_are_asked_for_once(house):
    tax_rule_make(house.place)
    stays = [imported_stay(line, arrival=line, nights=9, status="cancelled") for line in range(2, 6)]
    rows = rows_of(house, *stays)

    asked = queries_of(lambda: Writer(house.place, {}).write(rows))

    assert sum("rates_" in sql and sql.startswith("SELECT") for sql in asked) == 1
    assert set(ReservationNight.objects.values_list("room_net", flat=True)) == {Decimal("72.73")}
    assert ReservationNight.objects.count() == 36
