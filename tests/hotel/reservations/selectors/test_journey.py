"""What stays tell of a guest: his part in them, in words; nothing that is confidential."""

import pytest

from hotel.properties.journeys import COLUMNS, JourneyRow
from hotel.reservations.models import ReservationGuest, ReservationNote
from hotel.reservations.selectors.journey import (
    change_told,
    changes_of_guest,
    note_told,
    notes_of_guest,
    stays_of_guest,
)
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


@pytest.fixture
def anna(house):
    return guest_make(house.place, last_name="Moser")


def told(rows, words):
    columns = [name for name in COLUMNS if name != "journey_source"]
    found = rows.order_by("journey_key").values(*columns)
    return [
        words(
            JourneyRow(
                at=row["journey_at"],
                source="x",
                key=row["journey_key"],
                what=row["journey_what"],
                target=row["journey_target"],
                more=row["journey_more"],
            )
        )
        for row in found
    ]


def test_who_pays_only_has_no_part_in_a_stay_and_who_has_two_parts_has_it_once(house, anna):
    mine, shared, paid = (house.reserve(n, 1) for n in (1, 2, 3))
    hidden = house.reserve(4, 1, flags=frozenset({"is_confidential"}))
    for stay, role in [
        (mine, "primary"), (mine, "payer"), (shared, "sharer"), (paid, "payer"), (hidden, "primary"),
    ]:  # fmt: skip
        ReservationGuest.objects.create(property=house.place, reservation=stay, guest=anna, role=role)
    found = stays_of_guest(anna.pk, {house.place.pk})
    assert sorted(found.values_list("pk", flat=True)) == [mine.pk, shared.pk]
    assert not stays_of_guest(anna.pk, {0}).exists()


def test_a_booking_and_what_happens_in_the_house_are_two_kinds(house, anna):
    stay = house.reserve(1, 2, primary_guest=anna)
    stay.changes.create(
        property=house.place, kind="checked_in", version=2, business_date="2027-03-15", after={"room": "101"}
    )
    stay.changes.create(property=house.place, kind="assigned", version=3, business_date="2027-03-15")
    places = {house.place.pk}
    made, came = told(changes_of_guest(anna.pk, places, ""), change_told)
    assert (made.kind, made.title) == ("bookings", "Created")
    assert made.detail == f"{stay.number} · 15 Mar 2027 – 17 Mar 2027"
    assert (came.kind, came.title) == ("stays", "Checked in")
    assert came.detail == f"{stay.number} · 15 Mar 2027 – 17 Mar 2027 · room 101"
    assert told(changes_of_guest(anna.pk, places, "stays"), change_told) == [came]
    assert told(changes_of_guest(anna.pk, places, "bookings"), change_told) == [made]


def test_what_he_asked_for_is_told_and_what_the_house_notes_for_itself_is_not(house, anna):
    stay = house.reserve(1, 2, primary_guest=anna)
    for kind, text, more in [
        ("guest", "A cot,\nplease", {}),
        ("internal", "Grumbles", {}),
        ("trace", "x" * 200, {"department": "housekeeping", "due_on": "2027-03-15"}),
    ]:
        ReservationNote.objects.create(property=house.place, reservation=stay, kind=kind, text=text, **more)
    asked, trace = told(notes_of_guest(anna.pk, {house.place.pk}, ""), note_told)
    assert (asked.kind, asked.title, asked.status) == ("requests", "From or to the guest", ("", ""))
    assert asked.detail == f"{stay.number} · A cot, please"
    assert trace.detail == f"{stay.number} · {'x' * 159}…"
    assert trace.status == ("open", "open")
    ReservationNote.objects.filter(kind="trace").update(done_at=stay.booked_at)
    assert told(notes_of_guest(anna.pk, {house.place.pk}, ""), note_told)[1].status == ("done", "done")
