"""Thirty-two clerks at the edge of sold out, through the real services: nothing oversold, nothing lost, nobody stuck.

Each clerk keeps what it was told. In the end the database must say exactly that: every acknowledged stay on every
one of its nights, and no other. The control sells in the usual wrong way in the same storm, and must be caught.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from hotel.core.exceptions import NotAvailable
from hotel.core.invariants import invariants_verify
from hotel.reservations.models import Booking, Reservation, ReservationNight, RoomAssignment
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.assignment import room_assign
from hotel.reservations.services.booking_data import BookingData
from hotel.reservations.services.bookings import booking_create
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.rooms.domain.moves import deltas
from hotel.rooms.models import InventoryNight
from hotel.rooms.selectors.inventory import vectors
from hotel.rooms.services.inventory import Bucket, Move, RoomTypeSoldOut
from hotel.rooms.services.occupancy import RoomTaken
from tests.factories.reservations import house_make
from tests.hotel.rooms.storm import storm
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)

ACTORS, ROUNDS, SPAN, LONGEST = 32, 5, 12, 7
Night = tuple[int, date]


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=8)


def broken() -> list[str]:
    return [finding.invariant.name for finding in invariants_verify() if finding.violations]


def some_stay(house, random):
    arrival = random.randrange(1, SPAN)
    room_type = house.suite if random.random() < 0.2 else house.double
    return house.stay(arrival, random.randint(1, LONGEST), room_type=room_type)


class Clerk:
    """Books, amends and cancels its own stays; ``told`` maps each to the nights it was told, none when cancelled."""

    def __init__(self, house) -> None:
        self.house = house
        self.told: dict[int, frozenset[Night]] = {}

    def work(self, random) -> str:
        living = [pk for pk, nights in self.told.items() if nights]
        dice = random.random() if living else 0
        stay = some_stay(self.house, random)
        if dice < 0.6:
            return self.book(stay, random)
        chosen = Reservation.objects.get(pk=random.choice(living))
        if dice < 0.85:
            changed = Amendment(arrival=stay.arrival, departure=stay.departure, room_type=stay.room_type)
            reservation_amend(reservation=chosen, amendment=changed, actor=None)
            self.told[chosen.pk] = nights_of(stay)
            return "amended"
        reservation_cancel(reservation=chosen, actor=None)
        self.told[chosen.pk] = frozenset()
        return "cancelled"

    def book(self, stay, random) -> str:
        stays = (stay, some_stay(self.house, random)) if random.random() < 0.2 else (stay,)
        made = booking_create(place=self.house.place, data=BookingData(reservations=stays), actor=None)
        self.told |= {row.pk: nights_of(s) for row, s in zip(made.reservations, stays, strict=True)}
        return "booked"


def nights_of(stay) -> frozenset[Night]:
    days = range((stay.departure - stay.arrival).days)
    return frozenset((stay.room_type.pk, stay.arrival + timedelta(days=n)) for n in days)


def stored() -> dict[int, frozenset[Night]]:
    """What the database says of every stay, as the clerks write it down."""
    found: dict[int, set[Night]] = {pk: set() for pk in Reservation.objects.values_list("pk", flat=True)}
    rows = ReservationNight.objects.filter(reservation__status="confirmed")
    for pk, room_type_id, night in rows.values_list("reservation", "room_type", "night"):
        found[pk].add((room_type_id, night))
    return {pk: frozenset(nights) for pk, nights in found.items()}


def recounted(house, told: dict[int, frozenset[Night]]) -> dict:
    """What the sold counters must be after all that was told."""
    moves = [
        Move(room_type, night, night + timedelta(days=1), Bucket.SOLD, 1)
        for nights in told.values()
        for room_type, night in nights
    ]
    return deltas(moves, vectors(house.place.pk))


def test_thirty_two_clerks_book_amend_and_cancel_at_the_edge_of_sold_out(house):
    clerks = [Clerk(house) for _ in range(ACTORS)]

    outcome = storm(lambda actor, random: clerks[actor].work(random), actors=ACTORS, rounds=ROUNDS)

    assert (outcome.broken, outcome.deadlocks) == ([], 0)
    assert set(outcome.refused) <= {"room_type_sold_out", "lock_refused"}
    assert outcome.refused["room_type_sold_out"] > 20, "the storm never reached the edge"
    assert {what for kept in outcome.kept for what in kept} == {"booked", "amended", "cancelled"}
    told = {pk: nights for clerk in clerks for pk, nights in clerk.told.items()}
    assert stored() == told
    counters = InventoryNight.objects.filter(property=house.place, sold__gt=0)
    counted = {(row.room_type_id, row.night, Bucket.SOLD): row.sold for row in counters}
    assert counted == recounted(house, told)
    assert max(row.sold - row.capacity for row in counters) == 0
    assert broken() == []


def test_the_last_room_raced_by_thirty_two_is_sold_once(house):
    for _ in range(7):
        house.reserve(3, 1)  # one of the five nights has a single room left

    outcome = storm(lambda actor, random: house.reserve(1, 5).pk, actors=ACTORS)

    assert (outcome.broken, outcome.deadlocks) == ([], 0)
    assert outcome.refused == {"room_type_sold_out": ACTORS - 1}
    assert house.counted("sold", days=7) == [0, 1, 1, 8, 1, 1, 0]


def test_one_full_night_in_the_middle_refuses_a_long_stay(house):
    for _ in range(8):
        house.reserve(4, 1)
    before = stored()

    with pytest.raises(RoomTypeSoldOut):
        house.reserve(1, 7)

    assert stored() == before
    assert house.counted("sold") == [0, 0, 0, 0, 8, 0, 0, 0]
    house.reserve(1, 3)
    house.reserve(5, 3)
    assert house.counted("sold") == [0, 1, 1, 1, 8, 1, 1, 1]


def test_long_stays_from_many_meet_on_one_night(house):
    """Every stay covers the same night in its middle: whatever the order, that night is sold as often as there are rooms."""
    outcome = storm(lambda actor, random: house.reserve(7 - actor % 7, 7).pk, actors=ACTORS)

    assert (outcome.broken, outcome.deadlocks) == ([], 0)
    assert sum(len(kept) for kept in outcome.kept) == 8
    assert house.counted("sold", days=8)[7] == 8
    assert max(house.counted("sold", days=15)) == 8
    assert broken() == []


def test_two_desks_assign_one_room_and_one_is_told_why_not(house):
    stays = [house.reserve(1, 3), house.reserve(2, 3)]

    outcome = together(
        *[lambda stay=stay: room_assign(reservation=stay, room=house.rooms[0], actor=None) for stay in stays]
    )

    refused = [result for result in outcome if isinstance(result, RoomTaken)]
    assert len(refused) == 1
    assert "101" in refused[0].message
    assert RoomAssignment.objects.filter(room=house.rooms[0], released_at=None).count() == 1
    assert broken() == []


def test_sixteen_copies_of_one_channel_booking_are_one_booking(house):
    data = BookingData(reservations=(house.stay(),), channel_code="ota", external_id="OTA-77")

    results = together(*[lambda: booking_create(place=house.place, data=data, actor=None)] * 16)

    assert [result for result in results if isinstance(result, Exception)] == []
    assert {result.booking.pk for result in results} == {Booking.objects.get().pk}
    assert sum(result.is_new for result in results) == 1
    assert house.counted("sold", days=4) == [0, 1, 1, 0]


def test_the_naive_way_oversells_in_the_same_storm(house):
    """Check, then insert, as most do: the same stays and clerks, without asking the counters."""

    def naive(actor, random):
        stay = replace(some_stay(house, random), room_type=house.double)
        wanted = nights_of(stay)
        with transaction.atomic():
            for _, night in wanted:
                if ReservationNight.objects.filter(night=night, room_type=house.double).count() >= 8:
                    raise NotAvailable("sold out")
            row = Reservation.objects.get(pk=seed.pk)
            row.pk, row.number = None, f"N-{actor}-{random.random()}"
            row.save(force_insert=True)
            template = ReservationNight.objects.filter(reservation=seed).first()
            for _, night in wanted:
                template.pk, template.reservation, template.night = None, row, night
                template.save(force_insert=True)
        return len(wanted)

    seed = house.reserve(20, 1)
    outcome = storm(naive, actors=ACTORS, rounds=ROUNDS)

    assert outcome.broken == []
    nights = ReservationNight.objects.filter(room_type=house.double).values_list("night", flat=True)
    sold = [list(nights).count(night) for night in set(nights)]
    assert sum(count > 8 for count in sold) > 0, "the control must oversell, else the storm proves nothing"
    assert "inv_sold_matches" in broken()
