"""The invariants are green after a day in the house; what breaks each stands in architecture/test_invariants.py."""

from hotel.core.invariants import invariants_verify
from hotel.stays.invariants import invariants
from hotel.stays.services.check_in import check_in
from hotel.stays.services.check_out import check_out
from hotel.stays.services.departures import early_departure
from hotel.stays.services.night_audit import night_audit_run
from hotel.stays.services.room_moves import room_move
from tests.factories.stays import bill_pay


def test_a_day_with_a_move_an_early_departure_and_a_no_show_keeps_them(house, arrival):
    check_in(reservation=arrival, actor=None)
    room_move(reservation=arrival, room=house.rooms[1], actor=None)
    leaver = house.reserve(0, 2)
    check_in(reservation=leaver, actor=None, room=house.rooms[2])
    early_departure(reservation=leaver, actor=None)
    bill_pay(leaver)
    check_out(reservation=leaver, actor=None)
    house.reserve(0, 1)
    night_audit_run(place=house.place)

    found = {finding.invariant.name: finding.violations for finding in invariants_verify()}

    assert {invariant.name for invariant in invariants()} <= set(found)
    assert {name for name, violations in found.items() if violations} == set()
