"""The lists of stays: exact rows, nothing of who is confidential, and a constant number of queries."""

from datetime import time, timedelta

from moneyed import Money

from hotel.papers.selectors.stays import (
    arrivals_content,
    departures_content,
    in_house_content,
    rooming_content,
)
from hotel.reservations.models import Reservation
from tests.cast import TODAY
from tests.contracts.queries import queries_of
from tests.factories.folios import charge_make
from tests.factories.guests import guest_make

DAY = timedelta(days=1)


def row(content, number: str) -> tuple:
    return next(row for table in content.tables for row in table.rows if number in row)


def test_arrivals_have_room_time_and_what_to_know(full, w):
    content = arrivals_content(full.place, w)

    assert row(content, full.cleo.number) == (
        "", "Ibrahim, Cleo", full.cleo.number, "DBL", 2, 0, TODAY + 3 * DAY, 3, time(17, 30), "due in", "none",
        "! Allergic to nuts", None,
    )  # fmt: skip
    assert [one[1] for one in content.tables[0].rows] == ["Gruber, Ana", "Ibrahim, Cleo"]
    assert content.tables[0].totals[:5] == ("2", "Total", None, None, 4)
    assert content.guests == {full.ana.primary_guest_id, full.cleo.primary_guest_id}


def test_in_house_says_what_is_owed(full, w):
    from hotel.folios.services.folios import folio_open

    charge_make(folio_open(reservation=full.ana), "40.50")

    content = in_house_content(full.place, w)

    assert row(content, full.ana.number) == (
        full.rooms[0].number, "Gruber, Ana", full.ana.number, "DBL", 2, 0, TODAY, TODAY + 2 * DAY, 2,
        Money("40.50", "EUR"), "",
    )  # fmt: skip
    assert len(content.tables[0].rows) == 2
    assert content.tables[0].totals[9] == Money("40.50", "EUR")


def test_departures_are_those_of_today(full, w):
    (only,) = departures_content(full.place, w).tables[0].rows

    assert only[:3] == (full.rooms[1].number, "Huber, Ben", full.ben.number)
    assert only[7] == "due out"


def test_names_of_confidential_guests_are_on_no_list_and_not_recorded(full, w):
    Reservation.objects.update(is_confidential=True)

    contents = [make(full.place, w) for make in (arrivals_content, in_house_content, departures_content)]

    assert not {"Gruber", "Huber", "Ibrahim"} & set(
        str([one.tables for one in contents]).replace(",", " ").split()
    )
    assert {name for one in contents for found in one.tables for name in [r[1] for r in found.rows]} == {
        "Confidential"
    }
    assert [one.guests for one in contents] == [frozenset()] * 3


def test_a_rooming_list_names_all_guests_of_the_group(house, w):
    from hotel.reservations.models import ReservationGuest
    from tests.factories.reservations import group_block_make

    block = group_block_make(house.place)
    stay = house.reserve(0, 2, primary_guest=guest_make(house.place, first_name="Ana", last_name="Gruber"))
    other = guest_make(house.place, first_name="Ben", last_name="Huber")
    ReservationGuest.objects.create(property=house.place, reservation=stay, guest=other, role="accompanying")
    Reservation.objects.filter(pk=stay.pk).update(block=block)
    lost = house.reserve(0, 2)
    Reservation.objects.filter(pk=lost.pk).update(block=block, status="cancelled")
    house.reserve(0, 1)

    content = rooming_content(house.place, block, w)

    assert [(one[1], one[2]) for one in content.tables[0].rows] == [("Gruber, Ana · Ben Huber", stay.number)]
    assert content.about == f"{block.name} ({block.code})"
    assert content.guests == {stay.primary_guest_id, other.pk}


def test_the_number_of_queries_does_not_grow(full, w):
    makes = (arrivals_content, in_house_content, departures_content)
    few = [len(queries_of(lambda make=make: make(full.place, w))) for make in makes]
    for _ in range(2):
        full.reserve(0, 1, primary_guest=guest_make(full.place), room_type=full.double)

    assert [len(queries_of(lambda make=make: make(full.place, w))) for make in makes] == few
    assert max(few) <= 6
