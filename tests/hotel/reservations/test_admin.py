"""Reservations in the admin: pages open, nothing is edited, commands go through the services."""

import pytest
from django.contrib import admin
from django.test import Client

from hotel.reservations import models
from hotel.reservations.models import GroupBlock, PriceHold, Reservation, ReservationNote, WaitlistOffer
from hotel.reservations.services.cancellations import reservation_cancel
from tests.factories.reservations import (
    booking_make,
    group_block_make,
    house_make,
    house_of,
    note_make,
    price_hold_make,
    room_assignment_make,
    turnaway_make,
    waitlist_offer_make,
)

TABLES = [getattr(models, name) for name in models.__all__ if hasattr(getattr(models, name), "property")]


@pytest.fixture
def desk(cast):
    client = Client()
    client.force_login(cast.ada)
    return client


def act(desk, model, name, *rows, **over):
    url = f"/admin/reservations/{model}/"
    body = {"action": name, "_selected_action": [row.pk for row in rows], **over}
    answer = desk.post(url, body, follow=True)
    assert answer.status_code == 200
    return [str(message) for message in answer.context["messages"]]


def stored(row):
    return type(row).objects.get(pk=row.pk)


@pytest.fixture
def busy(cast):
    group_block_make(cast.alpha)
    waitlist_offer_make(cast.alpha)
    turnaway_make(cast.alpha)
    note_make(cast.alpha)
    return room_assignment_make(cast.alpha).reservation


def test_every_table_is_registered_and_its_pages_open_but_nothing_is_added_or_changed(busy, desk):
    pages = {model for model in TABLES if not model._meta.abstract}
    assert pages <= set(admin.site._registry), pages - set(admin.site._registry)
    for model in pages:
        name = model._meta.model_name
        assert desk.get(f"/admin/reservations/{name}/").status_code == 200, name
        assert desk.get(f"/admin/reservations/{name}/add/").status_code == 403, name
        row = model.objects.first()
        if row is not None:
            path = f"/admin/reservations/{name}/{row.pk}/change/"
            assert desk.get(path).status_code == 200, name
            assert desk.post(path, {"arrival": "2000-01-01"}).status_code == 403, name


def test_lists_show_only_what_one_may_see_and_ask_for_a_reason(busy, cast, desk):
    assert b'name="reason"' in desk.get("/admin/reservations/reservation/").content
    eve = Client()
    eve.force_login(cast.eve)
    page = eve.get("/admin/reservations/reservation/")
    assert page.status_code == 200
    assert busy.number.encode() not in page.content
    assert busy.number.encode() in desk.get("/admin/reservations/reservation/").content


def test_a_stay_is_cancelled_with_its_reason_and_reinstated(cast, desk):
    row = house_make(cast.alpha).reserve(0)

    assert act(desk, "reservation", "cancel", row, reason="Ill.") == ["Done: 1 of 1."]
    assert (stored(row).status, stored(row).cancel_reason) == ("cancelled", "Ill.")
    assert row.changes.get(kind="cancelled").actor == cast.ada

    assert act(desk, "reservation", "reinstate", row) == ["Done: 1 of 1."]
    assert stored(row).status == "confirmed"


def test_a_refusal_is_told_and_stops_no_other(cast, desk):
    house = house_make(cast.alpha)
    open_one, gone = house.reserve(status="inquiry"), house.reserve()
    reservation_cancel(reservation=gone, actor=None)

    said = act(desk, "reservation", "confirm", open_one, gone)

    assert said == [f"{gone.number}: It is cancelled: reinstate it instead.", "Done: 1 of 2."]
    assert (stored(open_one).status, stored(gone).status) == ("confirmed", "cancelled")


def test_stays_that_are_not_ones_own_are_not_combined(busy, desk):
    url, chosen = "/admin/reservations/reservation/", {"action": "combine", "_selected_action": [2**40]}
    assert desk.post(url, chosen).status_code == 302
    assert not busy.changes.filter(kind="changed").exists()


def test_rooms_are_found_locked_and_taken_away(cast, desk):
    house = house_make(cast.alpha, doubles=1)
    row, other = house.reserve(1, 1), house.reserve(2, 1)

    assert act(desk, "reservation", "assign", row) == ["Done: 1 of 1."]
    assert act(desk, "reservation", "assign", row)[0].endswith("It needs no room, or none is free.")
    act(desk, "reservation", "lock", row)
    assert stored(row).is_room_locked is True
    assert act(desk, "reservation", "unassign", row)[0].endswith("The room is locked. Unlock it first.")
    act(desk, "reservation", "unlock", row)
    assert act(desk, "reservation", "unassign", row) == ["Done: 1 of 1."]
    assert not row.assignments.filter(released_at=None).exists()
    assert not other.assignments.exists()


def test_a_booking_is_cancelled_whole(cast, desk):
    house = house_make(cast.alpha)
    booking = house.book(house.stay(), house.stay()).booking

    assert act(desk, "booking", "cancel", booking, reason="Called.") == ["Done: 1 of 1."]
    assert set(booking.reservations.values_list("status", "cancel_reason")) == {("cancelled", "Called.")}


def test_holds_blocks_offers_and_traces_have_their_commands(cast, desk):
    hold, block, offer = (
        price_hold_make(cast.alpha),
        group_block_make(cast.alpha),
        waitlist_offer_make(cast.alpha),
    )
    note = note_make(cast.alpha, kind="trace", department="fb", due_on=cast.alpha.business_date)

    act(desk, "pricehold", "release", hold)
    act(desk, "groupblock", "cut_off", block)
    act(desk, "waitlistoffer", "decline", offer)
    act(desk, "reservationnote", "done", note)

    assert PriceHold.objects.get(pk=hold.pk).status == "released"
    assert GroupBlock.objects.get().cut_off_at is not None
    assert WaitlistOffer.objects.get().status == "declined"
    assert ReservationNote.objects.get().done_by == cast.ada
    house = house_of(cast.alpha)
    assert (house.counted("held", days=3), house.counted("blocked", days=3)) == ([0, 0, 0], [0, 0, 0])


def test_an_offer_is_accepted_for_the_guest(cast, desk):
    offer = waitlist_offer_make(cast.alpha)

    assert act(desk, "waitlistoffer", "accept", offer) == ["Done: 1 of 1."]
    assert stored(offer.reservation).status == "confirmed"


def test_who_may_only_look_commands_nothing(cast, desk):
    booking_make(cast.alpha)
    row = Reservation.objects.get()
    cy = Client()
    cy.force_login(cast.cy)

    act(cy, "reservation", "cancel", row)

    assert stored(row).status == "confirmed"
