"""What reservations know of a guest, given out and erased."""

from hotel.reservations.models import Booking, Reservation, ReservationChange
from hotel.reservations.services.cancellations import Waiver, reservation_cancel
from hotel.reservations.services.details import booking_describe, note_add
from hotel.reservations.services.guests import guest_add
from hotel.reservations.services.privacy import erasure_blockers, guest_stays_erase, guest_stays_export
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make


def _written(cast):
    gus = guest_make(cast.alpha, first_name="Zora", last_name="Canary")
    house = house_make(cast.alpha, doubles=2)
    booking = house.book(booker=gus, notes="Zora snores", group_name="Canaries").booking
    (stay,) = booking.reservations.all()
    note_add(reservation=stay, text="Zora is allergic to nuts", actor=cast.bo)
    booking_describe(booking=booking, changes={"notes": "Quiet room"}, actor=cast.bo)
    return gus, booking, stay


def test_an_export_has_bookings_stays_notes_and_the_log(cast):
    gus, booking, _ = _written(cast)
    rows = guest_stays_export(guest_id=gus.pk)
    assert {row["model"] for row in rows} == {
        "reservations.Booking", "reservations.Reservation", "reservations.ReservationGuest",
        "reservations.ReservationNote", "reservations.ReservationChange",
    }  # fmt: skip
    assert booking.confirmation_number in str(rows)
    assert guest_stays_export(guest_id=guest_make(cast.alpha).pk) == []


def test_a_stay_to_come_forbids_an_erasure(cast):
    gus, _, stay = _written(cast)
    assert erasure_blockers(guest_id=gus.pk) == [f"The stay {stay.number} from {stay.arrival} is confirmed."]
    reservation_cancel(reservation=stay, actor=cast.bo, waiver=Waiver(reason="Zora is ill"))
    assert erasure_blockers(guest_id=gus.pk) == []


def test_words_go_and_what_was_done_when_and_by_whom_stays(cast):
    gus, booking, stay = _written(cast)
    other = guest_make(cast.alpha, first_name="Otto", last_name="Other")
    guest_add(reservation=stay, guest=other, actor=cast.bo, role="accompanying")
    reservation_cancel(
        reservation=Reservation.objects.get(pk=stay.pk), actor=cast.bo, waiver=Waiver(reason="Zora is ill")
    )
    log = list(ReservationChange.objects.order_by("pk").values("kind", "version", "actor", "at"))
    assert guest_stays_erase(guest_id=gus.pk) > 0
    kept = str([
        *Booking.objects.values(), *Reservation.objects.values(), *stay.notes.values(), *stay.changes.values(),
    ])  # fmt: skip
    for word in ("Zora", "Canary", "Canaries", "snores", "nuts", "Quiet", "is ill"):
        assert word not in kept, word
    assert list(ReservationChange.objects.order_by("pk").values("kind", "version", "actor", "at")) == log
    booking.refresh_from_db()
    assert booking.booker == gus


def test_what_somebody_else_wrote_at_his_booking_stays_with_him(cast):
    gus, ann = guest_make(cast.alpha), guest_make(cast.alpha, last_name="Ann")
    house = house_make(cast.alpha, doubles=2)
    booking = house.book(house.stay(primary_guest=gus), booker=ann, notes="Ann pays").booking
    guest_stays_erase(guest_id=gus.pk)
    booking.refresh_from_db()
    assert booking.notes == "Ann pays"
