from decimal import Decimal

import pytest

from hotel.properties.models import AgeBand
from hotel.reservations.domain.imported import RowError
from hotel.reservations.models import Booking
from hotel.reservations.services.import_checks import Defaults, stays_checked
from tests.factories.imports import imported_stay
from tests.factories.reservations import house_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


def errors_of(house, *stays, **defaults):
    return stays_checked(place=house.place, stays=stays, defaults=Defaults(**defaults)).errors


def text(**words):
    return {"texts": {"last_name": "Nowak", **words}}


@pytest.mark.parametrize(
    ("case", "over", "wrong"),
    [
        ("unknown type", {"room_type": "dbl"}, ("room_type", "'dbl': expected one of DBL, SUI")),
        ("unknown plan", {"rate_plan": "RACK"}, ("rate_plan", "'RACK': expected one of BAR")),
        ("no plan at all", {"rate_plan": ""}, ("rate_plan", "'': expected one of BAR")),
        ("too fine", {"rate_per_night": Decimal("1.005")}, ("rate_per_night", "1.005 is finer than EUR has: expected a multiple of 0.01")),
        ("total too fine", {"total": Decimal("1.005")}, ("total", "1.005 is finer than EUR has: expected a multiple of 0.01")),
        ("no address", text(email="nowak"), ("email", "Give an e-mail address such as gus@example.com.")),
        ("no number", text(phone="call me"), ("phone", "Give a telephone number, best with its country code, such as +4315550100.")),
        ("a country's name", text(country="Poland"), ("country", "'POLAND': expected two letters of ISO 3166, such as AT")),
        ("no last name", {"texts": {"email": "n@example.com"}}, ("last_name", "A guest needs a last name.")),
        ("day use is not sold", {"nights": 0}, ("arrival", "DBL has no day use left on 2027-03-17: raise the day-use limit of the type, or open its rooms earlier")),
    ],
)  # fmt: skip
def test_each_fault_is_told_with_line_field_and_what_is_right(house, case, over, wrong):
    assert errors_of(house, imported_stay(7, **over)) == [RowError(7, *wrong)]


def test_a_default_plan_counts_where_the_row_names_none(house):
    assert errors_of(house, imported_stay(rate_plan=""), rate_plan="BAR") == []


def test_a_country_without_a_guest_is_only_logged(house):
    assert errors_of(house, imported_stay(texts={"country": "PRT"})) == []


def test_a_property_without_a_band_for_infants_says_so(house):
    AgeBand.objects.filter(property=house.place, code="child").update(min_age=2)

    assert errors_of(house, imported_stay(7, infants=1)) == [
        RowError(7, "infants", "the property has no age band for a child of 0 years")
    ]


def test_children_and_infants_are_counted_in_their_bands(house):
    (row,) = stays_checked(
        place=house.place, stays=[imported_stay(children=2, infants=1)], defaults=Defaults()
    ).rows

    assert row.children == {"child": 3}


def test_a_number_used_twice_in_a_file_is_refused_at_its_second_line(house):
    stays = [imported_stay(2, external_id="R"), imported_stay(3, external_id="R")]

    assert errors_of(house, *stays) == [RowError(3, "external_id", "'R': line 2 has this number already")]


def test_the_row_that_finds_no_room_is_told_and_later_ones_may_still_fit(house):
    stays = [
        imported_stay(2, nights=3),
        imported_stay(3, nights=1),
        imported_stay(4, nights=2),
        imported_stay(5, arrival=4, nights=1),
        imported_stay(6, status="cancelled"),
    ]

    assert errors_of(house, *stays) == [
        RowError(4, "room_type", "DBL is sold out on 2027-03-17: allow overbooking or free a room")
    ]


def test_what_is_sold_here_already_counts(house):
    house.reserve(3)
    house.reserve(3)

    errors = errors_of(house, imported_stay(2), imported_stay(3, arrival=-3, status="checked_out"))

    assert [error.line for error in errors] == [2]


def test_nights_that_are_not_open_count_as_they_would_be_opened(house):
    stays = [imported_stay(line, arrival=400) for line in (2, 3, 4)]

    assert [error.line for error in errors_of(house, *stays)] == [4]
    assert not Booking.objects.exists()
