"""Guests come; and a check-in is taken back on the same day."""

from datetime import timedelta

import pytest
from moneyed import Money

from hotel.contracts.stays import CheckInReverted, StayCheckedIn
from hotel.core.exceptions import Conflict, NotFound, VersionConflict
from hotel.core.models import OutboxMessage
from hotel.folios.models import Folio
from hotel.folios.selectors.balances import folio_balances
from hotel.folios.selectors.deposits import deposits_held
from hotel.folios.services.codes import standard_code
from hotel.folios.services.corrections import posting_reverse
from hotel.folios.services.deposits import deposit_post
from hotel.folios.services.postings import charge_post
from hotel.properties.services.business_days import business_day_close
from hotel.properties.services.settings import setting_set
from hotel.reservations.choices import ChangeKind
from hotel.reservations.models import Reservation, ReservationChange
from hotel.reservations.selectors.actions import actions_of
from hotel.reservations.services.assignment import room_assign
from hotel.rooms.models import Room, RoomOccupancy
from hotel.rooms.services.occupancy import RoomTaken
from hotel.rooms.services.status import room_status_set
from hotel.stays.choices import AuditStatus
from hotel.stays.models import NightAudit
from hotel.stays.services.check_in import check_in, check_in_revert
from tests.cast import TODAY, make_cast
from tests.factories.guests import guest_document_make, guest_make
from tests.factories.reservations import house_make
from tests.together import together


def told(topic):
    return OutboxMessage.objects.filter(topic=topic.__name__).order_by("pk").values_list("payload", flat=True)


def state():
    return (
        list(Reservation.objects.order_by("pk").values_list("status", "version")),
        list(RoomOccupancy.objects.order_by("pk").values_list("room", "during")),
        list(Room.objects.order_by("pk").values_list("housekeeping_status", flat=True)),
        ReservationChange.objects.count(),
        OutboxMessage.objects.count(),
    )


def refused(code, call, error=Conflict):
    before = state()
    with pytest.raises(error) as found:
        call()
    assert found.value.code == code
    assert state() == before


def test_the_guest_is_in_house_from_now_on_in_his_room(house, arrival, cast):
    result = check_in(reservation=arrival, actor=cast.bo, expected_version=2)

    assert (result.reservation.status, result.reservation.version) == ("in_house", 3)
    assert {a.name for a in actions_of(result.reservation) if a.is_allowed} == {
        "amend", "assign", "combine", "link", "copy", "guests", "lock", "share",
        "revert-check-in", "move-room", "early-departure", "late-check-out", "extend",
    }  # fmt: skip
    entry = ReservationChange.objects.get(kind=ChangeKind.CHECKED_IN)
    assert (entry.actor, entry.business_date, entry.before, entry.after) == (
        cast.bo, TODAY, {"status": "confirmed"}, {"status": "in_house", "room": "101"},
    )  # fmt: skip
    (fact,) = told(StayCheckedIn)
    assert (fact["room_id"], fact["guest_id"], fact["version"]) == (house.rooms[0].pk, None, 3)
    assert house.counted("sold", days=3) == [1, 1, 0]
    folio = Folio.objects.get()
    assert (folio.reservation, folio.kind, folio.status) == (arrival, "guest", "open")


def test_who_comes_before_check_in_time_has_the_room_from_that_moment(arrival, noon):
    check_in(reservation=arrival, actor=None)
    during = RoomOccupancy.objects.get().during
    assert during.lower.isoformat() == "2027-03-14T12:00:00+00:00"
    assert during.upper.isoformat() == "2027-03-16T10:00:00+00:00"


@pytest.mark.parametrize("hours", [5, 14])
def test_who_comes_later_or_after_midnight_keeps_the_claim_and_the_business_date(arrival, noon, hours):
    noon.shift(timedelta(hours=hours))
    row = check_in(reservation=arrival, actor=None).reservation
    assert (row.arrival, ReservationChange.objects.get(kind=ChangeKind.CHECKED_IN).business_date) == (
        TODAY,
        TODAY,
    )
    assert RoomOccupancy.objects.get().during.lower.isoformat() == "2027-03-14T14:00:00+00:00"


def test_a_room_can_be_given_in_the_same_step(house):
    row = house.reserve(0, 1)
    result = check_in(reservation=row, actor=None, room=house.rooms[1], expected_version=1)
    assert (result.reservation.status, result.reservation.version) == ("in_house", 3)
    assert row.assignments.get(released_at=None).room == house.rooms[1]


def test_without_a_room_nobody_is_checked_in(house):
    row = house.reserve(0, 1)
    refused("no_room_assigned", lambda: check_in(reservation=row, actor=None))


def test_a_room_given_that_is_taken_refuses_the_whole_step(house, arrival):
    row = house.reserve(0, 1)
    refused("room_taken", lambda: check_in(reservation=row, actor=None, room=house.rooms[0]), RoomTaken)


def test_a_second_check_in_a_stale_one_and_one_of_nobody_change_nothing(arrival):
    refused(
        "version_conflict",
        lambda: check_in(reservation=arrival, actor=None, expected_version=1),
        VersionConflict,
    )
    refused("not_found", lambda: check_in(reservation=Reservation(pk=0), actor=None), NotFound)
    check_in(reservation=arrival, actor=None)
    refused("status_forbids", lambda: check_in(reservation=arrival, actor=None))


def test_tomorrows_guest_and_yesterdays_are_told_to_amend(house, arrival):
    row = house.reserve(1, 1)
    room_assign(reservation=row, room=house.rooms[1], actor=None)
    refused("arrival_not_reached", lambda: check_in(reservation=row, actor=None))
    business_day_close(place=house.place)
    refused("arrival_in_past", lambda: check_in(reservation=arrival, actor=None))


@pytest.mark.parametrize(("wanted", "status", "is_ready"), [
    ("any", "dirty", True), ("clean", "dirty", False), ("clean", "pickup", False), ("clean", "clean", True),
    ("clean", "inspected", True), ("inspected", "clean", False), ("inspected", "inspected", True),
])  # fmt: skip
def test_the_property_says_what_a_room_must_be(house, arrival, wanted, status, is_ready):
    setting_set(place=house.place, key="stays.room_ready", value=wanted, valid_from=TODAY)
    room_status_set(room=house.rooms[0], status=status)
    if is_ready:
        assert check_in(reservation=arrival, actor=None).reservation.status == "in_house"
    else:
        refused("room_not_ready", lambda: check_in(reservation=arrival, actor=None))


def test_a_room_that_is_not_ready_is_accepted_with_the_right_and_a_reason(house, arrival, cast):
    room_status_set(room=house.rooms[0], status="dirty")
    refused("room_not_ready", lambda: check_in(reservation=arrival, actor=cast.ada))
    refused(
        "room_not_ready", lambda: check_in(reservation=arrival, actor=cast.bo, override_reason="He waits")
    )
    check_in(reservation=arrival, actor=cast.ada, override_reason="He waits")
    assert ReservationChange.objects.get(kind=ChangeKind.CHECKED_IN).reason == "He waits"


def test_the_property_says_what_it_must_know_of_the_guest(house, arrival):
    setting_set(place=house.place, key="stays.registration", value="guest", valid_from=TODAY)
    refused("not_registered", lambda: check_in(reservation=arrival, actor=None))
    guest = guest_make(house.place)
    Reservation.objects.filter(pk=arrival.pk).update(primary_guest=guest)
    setting_set(place=house.place, key="stays.registration", value="document", valid_from=TODAY)
    refused("not_registered", lambda: check_in(reservation=arrival, actor=None))
    guest_document_make(house.place, guest=guest)
    assert check_in(reservation=arrival, actor=None).reservation.status == "in_house"


def test_nobody_gets_a_room_with_another_guest_still_in_it(house, arrival):
    check_in(reservation=arrival, actor=None)
    Reservation.objects.filter(pk=arrival.pk).update(departure=TODAY + timedelta(days=1))
    arrival.assignments.update(departure=TODAY + timedelta(days=1))
    RoomOccupancy.objects.all().delete()
    business_day_close(place=house.place)
    row = house.reserve(0, 1)
    room_assign(reservation=row, room=house.rooms[0], actor=None)
    refused("room_occupied", lambda: check_in(reservation=row, actor=None))


def test_while_the_day_is_being_closed_nobody_is_checked_in(house, arrival):
    audit = NightAudit.objects.create(property=house.place, business_date=TODAY, status=AuditStatus.RUNNING)
    refused("day_closing", lambda: check_in(reservation=arrival, actor=None))
    audit.status = AuditStatus.BLOCKED
    audit.save()
    assert check_in(reservation=arrival, actor=None).reservation.status == "in_house"


def test_a_check_in_is_undone_as_if_he_had_not_come(house, arrival, cast):
    check_in(reservation=arrival, actor=None)

    result = check_in_revert(reservation=arrival, actor=cast.bo, reason="Wrong guest")

    assert (result.reservation.status, result.reservation.version) == ("confirmed", 4)
    assert RoomOccupancy.objects.get().during.lower.isoformat() == "2027-03-14T14:00:00+00:00"
    assert Room.objects.get(pk=house.rooms[0].pk).housekeeping_status == "pickup"
    entry = ReservationChange.objects.get(kind=ChangeKind.CHECK_IN_UNDONE)
    assert (entry.actor, entry.reason) == (cast.bo, "Wrong guest")
    assert [fact["room_id"] for fact in told(CheckInReverted)] == [house.rooms[0].pk]


def test_a_check_in_is_not_undone_once_something_was_charged(house, arrival):
    check_in(reservation=arrival, actor=None)
    bar = standard_code(house.place, "beverage")
    (posting,) = charge_post(folio=Folio.objects.get(), code=bar, amount=Money(7, "EUR"))
    refused("has_charges", lambda: check_in_revert(reservation=arrival, actor=None))
    posting_reverse(posting=posting)
    assert check_in_revert(reservation=arrival, actor=None).reservation.status == "confirmed"


def test_a_check_in_of_yesterday_is_not_undone(house, arrival):
    check_in(reservation=arrival, actor=None)
    business_day_close(place=house.place)
    refused("arrived_earlier", lambda: check_in_revert(reservation=arrival, actor=None))


@pytest.mark.django_db(transaction=True)
def test_two_clerks_check_the_same_guest_in_once():
    house = house_make(make_cast().alpha)
    row = house.reserve(0, 1)
    room_assign(reservation=row, room=house.rooms[0], actor=None)

    found = together(*[lambda: check_in(reservation=row, actor=None, expected_version=2)] * 2)

    assert sorted(type(one).__name__ for one in found) == ["CommandResult", "VersionConflict"]
    assert ReservationChange.objects.filter(kind=ChangeKind.CHECKED_IN).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_guests_never_get_the_same_room():
    house = house_make(make_cast().alpha)
    rows = [house.reserve(0, 1), house.reserve(0, 1)]

    calls = [lambda row=row: check_in(reservation=row, actor=None, room=house.rooms[0]) for row in rows]
    found = together(*calls)

    assert sorted(type(one).__name__ for one in found) == ["CommandResult", "RoomTaken"]
    assert Reservation.objects.filter(status="in_house").count() == 1


def test_what_was_deposited_is_on_the_folio_and_a_deposit_again_when_the_check_in_is_undone(house, arrival):
    deposit_post(reservation=arrival, code=standard_code(house.place, "bank"), amount=Money(80, "EUR"))

    check_in(reservation=arrival, actor=None)

    folio = Folio.objects.get()
    held = lambda: deposits_held(house.place, [arrival.pk])[arrival.pk].amount  # noqa: E731
    assert (folio_balances(house.place.pk, [folio.pk])[folio.pk], held()) == (
        Money(-80, "EUR"),
        Money(0, "EUR"),
    )
    check_in_revert(reservation=arrival, actor=None)
    assert (folio_balances(house.place.pk, [folio.pk])[folio.pk], held()) == (
        Money(0, "EUR"),
        Money(80, "EUR"),
    )
    room_status_set(room=house.rooms[0], status="clean")
    check_in(reservation=arrival, actor=None)
    assert (folio_balances(house.place.pk, [folio.pk])[folio.pk], held()) == (
        Money(-80, "EUR"),
        Money(0, "EUR"),
    )
