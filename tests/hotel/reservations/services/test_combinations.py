"""Several stays of one guest, one after another, become one: nothing is sold, lost or charged by it."""

from datetime import timedelta

import pytest
from moneyed import Money

from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken, VersionConflict
from hotel.core.models import OutboxMessage
from hotel.folios.services.folios import folio_open
from hotel.messaging.models import Message
from hotel.reservations.models import Reservation, ReservationChange, ReservationNight, RoomAssignment
from hotel.reservations.services.assignment import room_assign
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.reservations.services.combinations import reservation_combine
from hotel.reservations.services.copies import reservation_split
from hotel.reservations.services.details import note_add
from tests.factories.guests import company_make, guest_make
from tests.factories.reservations import house_make
from tests.hotel.reservations.test_invariants import violated

DAY = timedelta(days=1)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


@pytest.fixture
def guest(cast):
    return guest_make(cast.alpha)


@pytest.fixture
def pair(house, guest):
    """Nights 1–2 and 3–5 of one guest, in two bookings."""
    return house.reserve(1, 2, primary_guest=guest), house.reserve(3, 3, primary_guest=guest)


def combine(kept, *others, **over):
    return reservation_combine(reservation=kept, others=others, actor=None, **over).reservation


def state():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Reservation, ReservationNight, RoomAssignment, ReservationChange)
    ]


def refused(error, code, *stays):
    before = state()
    with pytest.raises(error) as found:
        combine(*stays)
    assert found.value.code == code
    assert state() == before
    return found.value


@pytest.mark.parametrize("kept_first", [True, False])
def test_one_stay_with_all_nights_at_their_prices_and_no_counter_moves(house, pair, kept_first):
    kept, other = pair if kept_first else pair[::-1]
    ReservationNight.objects.filter(reservation=other).update(total=Money(90, "EUR"))
    Reservation.objects.filter(pk=other.pk).update(total_amount=90 * other.nights.count())
    sold = house.counted("sold")
    OutboxMessage.objects.all().delete()

    row = combine(kept, other)

    assert (row.pk, row.arrival, row.departure) == (kept.pk, pair[0].arrival, pair[1].departure)
    expected = [100, 100, 90, 90, 90] if kept_first else [90, 90, 100, 100, 100]
    assert [int(night.total.amount) for night in row.nights.order_by("night")] == expected
    assert row.total_amount == Money(sum(expected), "EUR")
    assert house.counted("sold") == sold == [0, 1, 1, 1, 1, 1, 0, 0]
    other.refresh_from_db()
    assert (other.status, other.fee_amount, other.cancel_reason) == (
        "cancelled", Money(0, "EUR"), f"Part of {kept.number} now.",
    )  # fmt: skip
    assert other.nights.count() == (3 if kept_first else 2)  # what was sold stays known
    assert {message.topic for message in OutboxMessage.objects.all()} == {"ReservationChanged"}
    assert not Message.objects.exists()
    assert violated() == []


def test_a_split_is_undone(house, guest):
    stay = house.reserve(1, 4, primary_guest=guest)
    room_assign(reservation=stay, room=house.rooms[0], actor=None)
    before = (stay.arrival, stay.departure, stay.total_amount)
    first, second = reservation_split(reservation=stay, at=stay.arrival + 2 * DAY, actor=None)

    row = combine(first.reservation, second.reservation)

    assert (row.arrival, row.departure, row.total_amount) == before
    assert violated() == []


def test_rooms_notes_and_guests_go_along(house, pair):
    kept, other = pair
    for stay, room in zip(pair, house.rooms[:2], strict=False):
        room_assign(reservation=stay, room=room, actor=None)
    note_add(reservation=other, actor=None, kind="internal", text="Cot")

    row = combine(kept, other)

    parts = row.assignments.filter(released_at=None).select_related("room").order_by("arrival")
    assert [(part.room.number, part.arrival, part.departure) for part in parts] == [
        ("101", kept.arrival, kept.departure),
        ("102", other.arrival, other.departure),
    ]
    assert [note.text for note in row.notes.all()] == ["Cot"]
    assert row.guests.count() == 1
    assert violated() == []


def test_the_same_room_is_one_assignment(house, pair):
    for stay in pair:
        room_assign(reservation=stay, room=house.rooms[0], actor=None)

    row = combine(*pair)

    (part,) = row.assignments.filter(released_at=None)
    assert (part.arrival, part.departure) == (row.arrival, row.departure)


def test_three_stays_in_any_order(house, guest, pair):
    third = house.reserve(6, 1, primary_guest=guest)
    row = combine(pair[1], third, pair[0])
    assert (row.arrival, row.departure) == (pair[0].arrival, third.departure)
    assert row.total_amount == Money(600, "EUR")


def test_what_is_not_alike_is_named(house, guest, pair):
    other = house.reserve(6, 1, primary_guest=guest_make(house.place))
    assert refused(RuleBroken, "not_combinable", pair[1], other).extra == {"differ": ["guest"]}
    inquiry = house.reserve(6, 1, primary_guest=guest, status="inquiry")
    assert refused(RuleBroken, "not_combinable", pair[1], inquiry).extra == {"differ": ["status"]}
    nobody = [house.reserve(offset, 1) for offset in (1, 2)]
    assert refused(RuleBroken, "not_combinable", *nobody).extra == {"differ": ["guest"]}


def test_stays_with_a_gap_are_not_one(house, guest, pair):
    refused(RuleBroken, "not_back_to_back", pair[0], house.reserve(4, 1, primary_guest=guest))


def test_an_ended_stay_or_none_or_the_same_twice_is_refused(pair):
    refused(InvalidInput, "combine_invalid", pair[0])
    refused(InvalidInput, "combine_invalid", pair[0], pair[0])
    reservation_cancel(reservation=pair[1], actor=None)
    refused(Conflict, "status_forbids", *pair)


def test_a_stay_that_is_gone_or_of_another_house_is_refused(pair, cast):
    refused(InvalidInput, "combine_invalid", pair[0], Reservation(pk=0))
    refused(InvalidInput, "combine_invalid", pair[0], house_make(cast.beta).reserve(3, 1))


def test_stays_of_two_companies_are_not_one(house, pair):
    pair[1].booking.company = company_make(house.place)
    pair[1].booking.save()
    assert refused(RuleBroken, "not_combinable", *pair).extra == {"differ": ["company"]}


def test_a_stay_with_a_folio_is_not_left_behind(pair):
    folio_open(reservation=pair[1])
    assert refused(RuleBroken, "stay_has_more", *pair).extra == {"reservation": pair[1].number}


def test_a_stale_version_is_refused(pair):
    with pytest.raises(VersionConflict):
        combine(*pair, expected_version=9)
