import gzip
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from hotel.core.invariants import invariants_verify
from hotel.properties.models import BusinessDay
from hotel.reservations.domain.mappings import HOTEL_BOOKING_DEMAND, mapping_load
from hotel.reservations.models import Reservation, ReservationChange, ReservationNight
from hotel.reservations.services.import_files import stays_read
from hotel.stays.replay.books import proofs
from hotel.stays.replay.comparison import audited_figures, differences, figures_of_property
from hotel.stays.replay.figures import audited_figures_of_file, figures_of_file
from hotel.stays.replay.hotel import hotel_furnish
from hotel.stays.replay.play import Player
from tests.factories.imports import OWN_BOOKINGS
from tests.hotel.stays.replay.test_figures import HEAD, line


def played(path, since=date.min, until=date.max, *, has_money=False):
    """The hotel after its history, and how often each command was given."""
    stays, errors = stays_read(path=path, mapping=mapping_load(HOTEL_BOOKING_DEMAND))
    assert errors == []
    stays = [stay for stay in stays if since <= stay.arrival <= until]
    hotel, days = hotel_furnish(stays, has_money=has_money), []
    commands = Player(hotel, stays, has_money=has_money).play(lambda day, _: days.append(day)).commands
    return hotel, commands, days


def broken():
    return [finding.invariant.name for finding in invariants_verify() if finding.violations]


def test_our_own_history_is_played_and_every_figure_of_every_day_is_equal(db):
    hotel, commands, days = played(OWN_BOOKINGS)

    in_file, in_house = figures_of_file(OWN_BOOKINGS, date.min, date.max), figures_of_property(hotel.place)
    assert differences(in_file, in_house) == []
    assert commands == Counter(
        {"booked": 100, "changed": 55, "cancelled": 31, "released as no-show": 4, "confirmed": 2}
    )
    assert (days[0], days[-1], hotel.place.business_date) == (
        date(2025, 10, 23),
        date(2026, 3, 19),
        date(2026, 3, 20),
    )
    assert BusinessDay.objects.filter(property=hotel.place, closed_at=None).get().business_date.day == 20
    stays = Reservation.objects.at(hotel.place.pk)
    assert stays.filter(is_taken_over=True).count() == 2
    assert all(row.booked_at.date() == row.booked_on for row in stays)
    amended = ReservationChange.objects.at(hotel.place.pk).filter(kind="amended")
    assert amended.count() == 55
    assert broken() == []


def of_type(path, folder, room_type):
    """A file with the lines of one room type only, each as it stands."""
    head, *lines = gzip.decompress(path.read_bytes()).decode().splitlines()
    place = head.split(",").index("reserved_room_type")
    part = folder / "part.csv"
    part.write_text(
        "\n".join([head, *(line for line in lines if line.split(",")[place] == room_type)]) + "\n"
    )
    return part


def test_what_is_taken_over_is_audited_with_the_vat_that_is_in_its_price(db, tmp_path):
    path = tmp_path / "h.csv"
    rows = [
        line(5, 0, 1, "Check-Out", "2027-03-06", "50", adults=0),
        line(6, 0, 1, "Check-Out", "2027-03-07", "-6.38"),
        line(6, 0, 0, "Check-Out", "2027-03-06", "53", adults=0),
        line(7, 0, 1, "No-Show", "2027-03-07", "70", adults=0),
        line(7, 0, 1, "Check-Out", "2027-03-08", "106"),
    ]
    path.write_text("\n".join([HEAD, *rows]) + "\n")

    hotel, _, _ = played(path, has_money=True)

    in_house = audited_figures(hotel.place)
    assert differences(audited_figures_of_file(path, date.min, date.max), in_house) == []
    assert [(figures.room_revenue, figures.city_tax) for figures in in_house.values()][:3] == [
        (Decimal("47.17"), 0),
        (Decimal("43.62"), 0),
        (Decimal(100), 4),
    ]
    assert broken() == []


@pytest.mark.long
def test_three_weeks_of_the_real_resort_are_equal_day_by_day_with_their_money(db, resort, tmp_path):
    since, until = date(2016, 1, 4), date(2016, 1, 24)
    file = of_type(resort, tmp_path, "E")

    hotel, commands, days = played(file, since, until, has_money=True)

    place = hotel.place
    assert differences(figures_of_file(file, since, until), figures_of_property(place)) == []
    in_file = audited_figures_of_file(file, since, until)
    assert differences(in_file, audited_figures(place)) == []
    assert (commands["booked"], commands["checked in"], commands["checked out"]) == (62, 51, 51)
    audited = (days[-1] - since).days + 1
    told = {proof.name: (proof.asked, proof.wrong) for proof in proofs(place)}
    assert told == {
        "audited": (audited, ()),
        "trial balance zero": (audited, ()),
        "statistics = revenue = ledger": (audited, ()),
        "document numbers without a gap": (commands["invoices"], ()),
    }
    assert commands["audited"] == audited
    assert min(commands["payments"], commands["city ledger"], commands["extras"], commands["deposits"]) > 0
    assert broken() == []


def night_lost(place):
    """A night of a stay that stands is gone."""
    ReservationNight.objects.at(place).filter(reservation__status="confirmed").exclude(
        total=0
    ).first().delete()


def price_changed(place):
    """The nights of a stay that stands cost something else."""
    Reservation.objects.at(place).filter(status="confirmed").first().nights.update(room_gross=1, total=1)


def stays_cancelled_by_hand(place):
    """Stays are given back, but not their rooms."""
    stays = Reservation.objects.at(place).filter(status="confirmed", is_day_use=False)
    stays.update(status="cancelled", cancelled_at=datetime(2026, 3, 1, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("plant", "figures"),
    [
        (night_lost, {"revenue"}),
        (price_changed, {"revenue"}),
        (stays_cancelled_by_hand, {"arrivals", "cancelled", "revenue"}),
    ],
)
def test_a_planted_fault_is_found(db, plant, figures):
    hotel, _, _ = played(OWN_BOOKINGS, date(2026, 3, 1), date(2026, 3, 1))
    plant(hotel.place.pk)

    found = differences(
        figures_of_file(OWN_BOOKINGS, date(2026, 3, 1), date(2026, 3, 1)), figures_of_property(hotel.place)
    )

    assert {difference.figure for difference in found} == figures
    assert broken() != []
