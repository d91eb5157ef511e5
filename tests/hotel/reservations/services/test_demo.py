"""The whole demo, made small: loaded by all services in order of the floors, sold, sound, and seen by the right people."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from hotel.accounts.services.demo import demo_seed as accounts_seed
from hotel.core.invariants import invariants_verify
from hotel.guests.models import Guest
from hotel.guests.services.demo import demo_seed as guests_seed
from hotel.properties.services.demo import demo_places
from hotel.properties.services.demo import demo_seed as properties_seed
from hotel.rates.services.demo import demo_seed as rates_seed
from hotel.reservations.models import (
    Booking,
    GroupBlock,
    Reservation,
    ReservationNight,
    ReservationNote,
    RoomAssignment,
    Turnaway,
)
from hotel.reservations.selectors.front_desk import day_figures
from hotel.reservations.services.demo import demo_seed, demo_today
from hotel.rooms.models import RoomOccupancy
from hotel.rooms.services.demo import demo_seed as rooms_seed

PASSWORD = "moonlit-orchard-77"
MODELS = (
    Booking,
    Reservation,
    ReservationNight,
    ReservationNote,
    GroupBlock,
    Guest,
    RoomAssignment,
    Turnaway,
)


def load(say):
    properties_seed(say=say, days_played=0)
    accounts_seed(say=say)
    rooms_seed(say=say, days_back=30)
    guests_seed(say=say, people_each=26)
    rates_seed(say=say)
    demo_seed(say=say, days_back=12, days_ahead=8)
    for place in demo_places():
        demo_today(place=place, sales=14)


def statuses(place):
    return set(Reservation.objects.at(place.pk).values_list("status", flat=True))


def seen_by(username, place):
    """Status of the API's answer to a person who has logged in, and how many stays of today he sees."""
    client = Client()
    assert client.login(username=username, password=PASSWORD)
    answer = client.get(
        f"/api/v1/reservations?property={place.pk}&arrival={place.business_date}&page_size=200"
    )
    return answer.status_code, len(answer.json().get("results", []))


@pytest.mark.long
@pytest.mark.django_db
@time_machine.travel(datetime(2027, 3, 19, 3, tzinfo=UTC))
def test_the_demo_is_sold_and_sound_loads_once_and_each_role_sees_its_part(settings):
    settings.DEMO_PASSWORD = PASSWORD
    load(lambda text: None)
    counts = [model.objects.count() for model in MODELS]
    load(lambda text: None)
    assert [model.objects.count() for model in MODELS] == counts
    assert [found.invariant.name for found in invariants_verify() if found.violations] == []

    city, resort = demo_places()
    for place in (city, resort):
        figures = day_figures(place.pk, place.business_date)
        assert min(figures.due_in, figures.due_out, figures.in_house) > 0
        assert figures.overdue == 0
        assert {"checked_out", "in_house", "confirmed", "cancelled", "option", "waitlisted"} <= statuses(
            place
        )
        here = Reservation.objects.at(place.pk).in_house()
        assert {row.assignments.count() for row in here} == {1}
        assert GroupBlock.objects.at(place.pk).get(code="DEMO-MEETING").reservations.count() == 6
    assert set(ReservationNote.objects.values_list("kind", flat=True)) == {
        "internal",
        "guest",
        "trace",
        "alert",
    }
    assert Reservation.objects.filter(is_room_locked=True).exists()
    assert (
        RoomOccupancy.objects.filter(kind="stay").count()
        == RoomAssignment.objects.filter(released_at=None).exclude(reservation__is_day_use=True).count()
        + RoomOccupancy.objects.filter(kind="stay", part_of__isnull=False).count()
    )
    past = Reservation.objects.filter(arrival__lt=city.business_date - timedelta(days=5))
    assert not past.filter(status__in=("confirmed", "option")).exists()

    due = Reservation.objects.at(city.pk).filter(arrival=city.business_date).count()
    assert seen_by("jonas", city) == (200, due)
    assert seen_by("jonas", resort) == (200, 0)
    assert seen_by("agnes", city) == (200, due)
    assert seen_by("danuta", city)[0] == 403
    assert seen_by("yuki", resort)[1] > 0
