"""The steps of an audit with their times, and folios of guests who are gone."""

from datetime import timedelta

from hotel.core.clock import now
from hotel.dashboard.selectors.audit import folios_left, steps_timed
from hotel.folios.services.folios import folio_open
from hotel.reservations.models import Reservation
from hotel.stays.models import NightAudit, NightAuditStep
from tests.factories.folios import charge_make, money


def test_each_step_begins_when_the_one_before_is_done():
    begun = now()
    audit = NightAudit(started_at=begun)
    steps = [
        NightAuditStep(name="checks", done_at=begun),
        NightAuditStep(name="no_shows", done_at=begun + timedelta(seconds=2)),
        NightAuditStep(name="nights", done_at=begun + timedelta(seconds=5)),
        NightAuditStep(name="fixed_charges"),
    ]

    found = steps_timed(audit, steps)

    assert [one.seconds for one in found] == [0, 2, 3, None]
    assert [one.phase for one in found] == ["Before", "Post", "", ""]
    assert [one.seconds for one in steps_timed(None, steps[3:])] == [None]


def test_open_folios_of_guests_who_are_gone(house):
    gone, here, paid = (
        house.reserve(0, 1, room_type=kind) for kind in (house.double, house.double, house.suite)
    )
    charge_make(folio_open(reservation=gone), 7)
    charge_make(folio_open(reservation=here), 9)
    folio_open(reservation=paid)
    Reservation.objects.filter(pk__in=[gone.pk, paid.pk]).update(status="checked_out")

    (only,) = folios_left(house.place)

    assert (only.reservation_id, only.balance) == (gone.pk, money(house.place, 7))
