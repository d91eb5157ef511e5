from collections import Counter
from datetime import UTC, date, datetime

import pytest

from hotel.core.invariants import invariants_verify
from hotel.properties.models import BusinessDay
from hotel.reservations.domain.mappings import HOTEL_BOOKING_DEMAND, mapping_load
from hotel.reservations.models import Reservation, ReservationChange, ReservationNight
from hotel.reservations.replay.comparison import differences, figures_of_property
from hotel.reservations.replay.figures import figures_of_file
from hotel.reservations.replay.hotel import hotel_furnish
from hotel.reservations.replay.play import Player
from hotel.reservations.services.import_files import stays_read
from tests.factories.imports import OWN_BOOKINGS


def played(path, since=date.min, until=date.max, **wanted):
    """The hotel after its history, and how often each command was given."""
    stays, errors = stays_read(path=path, mapping=mapping_load(HOTEL_BOOKING_DEMAND))
    assert errors == []
    stays = [
        stay for stay in stays if since <= stay.arrival <= until and wanted.items() <= vars(stay).items()
    ]
    hotel, days = hotel_furnish(stays), []
    commands = Player(hotel).play(stays, lambda day, _: days.append(day)).commands
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


def test_three_weeks_of_the_real_resort_are_equal_day_by_day(db, resort):
    since, until = date(2016, 1, 4), date(2016, 1, 24)

    hotel, commands, _ = played(resort, since, until)

    assert differences(figures_of_file(resort, since, until), figures_of_property(hotel.place)) == []
    assert commands["booked"] == Reservation.objects.at(hotel.place.pk).count() == 586
    assert broken() == []


def night_lost(place):
    """A night of a stay that stands is gone."""
    ReservationNight.objects.at(place).filter(reservation__status="confirmed").exclude(
        total=0
    ).first().delete()


def price_changed(place):
    """The nights of a stay that stands cost something else."""
    Reservation.objects.at(place).filter(status="confirmed").first().nights.update(total=1)


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
