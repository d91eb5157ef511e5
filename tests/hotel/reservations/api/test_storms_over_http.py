"""The same storms through a real server: last room, duplicate keys, a channel that repeats itself."""

from collections import Counter
from datetime import timedelta

import pytest

from hotel.accounts.models import RoleAssignment
from hotel.accounts.services.roles import role_revoke
from hotel.core.invariants import invariants_verify
from hotel.core.models import IdempotencyRecord
from hotel.reservations.models import Booking, Reservation, RoomAssignment
from hotel.reservations.services.cancellations import reservation_cancel
from tests.factories.reservations import house_make
from tests.together import together
from tests.wire import Wire, secret_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=3)


@pytest.fixture
def wire(live_server, cast, house):
    return Wire(live_server.url, secret_of(cast.ada, cast.alpha), patience=5)


def booking(house, arrival=1, nights=2, **over):
    start = house.place.business_date + timedelta(days=arrival)
    stay = {
        "room_type": house.double.pk,
        "rate_plan": house.plan.pk,
        "arrival": start.isoformat(),
        "departure": (start + timedelta(days=nights)).isoformat(),
        "adults": 2,
    }
    return {"property": house.place.pk, "reservations": [stay], **over}


def broken() -> list[str]:
    return [finding.invariant.name for finding in invariants_verify() if finding.violations]


def test_thirty_two_programs_race_for_the_last_three_rooms(house, wire):
    answers = together(*[lambda: wire.post("bookings", booking(house))] * 32)

    assert Counter((answer.status, answer.code) for answer in answers) == {
        (201, ""): 3,
        (409, "room_type_sold_out"): 29,
    }
    told = {answer.body["confirmation_number"] for answer in answers if answer.status == 201}
    assert told == set(Booking.objects.values_list("confirmation_number", flat=True))
    assert house.counted("sold", days=4) == [0, 3, 3, 0]
    assert broken() == []


def test_one_key_sent_thirty_two_times_has_one_effect_and_one_answer(house, wire):
    body = booking(house)

    answers = together(*[lambda: wire.post("bookings", body, key="same")] * 32)

    made = [answer for answer in answers if answer.status == 201]
    waiting = [answer for answer in answers if answer.status == 409]
    assert len(made) + len(waiting) == 32
    found = {(answer.code, answer.headers["retry-after"]) for answer in waiting}
    assert found <= {("idempotency_key_in_flight", "1")}
    again = wire.post("bookings", body, key="same")
    assert (again.status, again.headers["idempotency-replayed"]) == (201, "true")
    assert all(answer.body == again.body for answer in made)
    assert Booking.objects.get().confirmation_number == again.body["confirmation_number"]
    other = wire.post("bookings", booking(house, nights=3), key="same")
    assert (other.status, other.code) == (422, "idempotency_key_reused")
    assert (Booking.objects.count(), house.counted("sold", days=5)) == (1, [0, 1, 1, 0, 0])


def test_a_channel_that_sends_a_booking_sixteen_times_gets_the_same_one(house, wire):
    body = booking(house, channel_code="ota", external_id="OTA-9")

    answers = together(*[lambda: wire.post("bookings", body)] * 16)

    assert Counter(answer.status for answer in answers) == {201: 1, 200: 15}
    assert {answer.body["id"] for answer in answers} == {Booking.objects.get().pk}
    assert house.counted("sold", days=4) == [0, 1, 1, 0]


def test_two_desks_give_one_room_to_two_guests_and_one_is_told(house, wire):
    stays = [house.reserve(1, 2), house.reserve(2, 2)]
    room = house.rooms[0]

    def assign(stay):
        return wire.post(f"reservations/{stay.pk}/assign", {"room": room.pk})

    answers = together(*[lambda stay=stay: assign(stay) for stay in stays])

    assert sorted(answer.status for answer in answers) == [200, 409]
    [refused] = [answer for answer in answers if answer.status == 409]
    assert refused.code == "room_taken"
    assert room.number in refused.body["detail"]
    assert RoomAssignment.objects.filter(room=room, released_at=None).count() == 1
    assert broken() == []


def test_one_stay_changed_by_two_at_once_keeps_the_first_and_tells_the_other(house, wire):
    stay = house.reserve(1, 2)

    def amend(more):
        changed = {"departure": (stay.departure + timedelta(days=more)).isoformat()}
        return wire.post(f"reservations/{stay.pk}/amend", changed, **{"If-Match": '"v1"'})

    answers = together(lambda: amend(1), lambda: amend(2))

    assert sorted(answer.status for answer in answers) == [200, 412]
    [done] = [answer for answer in answers if answer.status == 200]
    [stale] = [answer for answer in answers if answer.status == 412]
    assert (stale.code, stale.body["extra"]) == ("version_conflict", {"version": 2})
    fresh = Reservation.objects.get(pk=stay.pk)
    assert (fresh.departure.isoformat(), fresh.version) == (done.body["reservation"]["departure"], 2)
    assert broken() == []


def test_a_key_is_answered_only_to_who_may_still_ask(house, wire, cast):
    body = booking(house)
    assert wire.post("bookings", body, key="mine").status == 201

    for held in RoleAssignment.objects.filter(user=cast.ada, property=cast.alpha):
        role_revoke(assignment=held)

    refused = wire.post("bookings", body, key="mine")
    assert (refused.status, refused.code) == (403, "permission_denied")
    assert IdempotencyRecord.objects.get().response_status == 201


def test_a_refused_booking_frees_its_key_for_another_try(house, wire):
    stays = [house.reserve(1, 2) for _ in range(3)]
    body = booking(house)
    assert wire.post("bookings", body, key="k").code == "room_type_sold_out"
    assert IdempotencyRecord.objects.count() == 0

    reservation_cancel(reservation=stays[0], actor=None)

    assert wire.post("bookings", body, key="k").status == 201
    assert house.counted("sold", days=4) == [0, 3, 3, 0]
