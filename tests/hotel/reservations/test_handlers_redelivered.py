"""The facts of real bookings, each delivered twice and all in any order: every handler acts once, to the same end."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from django.db import transaction

from hotel.core import facts
from hotel.core.invariants import invariants_verify
from hotel.core.models import HandledFact, OutboxMessage
from hotel.core.services import outbox
from hotel.core.services.outbox import outbox_deliver, outbox_sequence
from hotel.guests.models import Guest, ProfileAtProperty
from hotel.guests.services.merges import guest_merge
from hotel.messaging.models import Message
from hotel.messaging.services.templates import templates_seed
from hotel.reservations.models import Reservation, WaitlistOffer
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.cancellations import reservation_cancel, reservation_no_show
from hotel.reservations.services.lifecycle import reservation_confirm
from hotel.reservations.services.reinstatements import reservation_reinstate
from hotel.rooms.models import InventoryNight
from tests.factories.guests import company_make, guest_make
from tests.factories.reservations import house_make

TOLD = {
    "ReservationCreated", "ReservationChanged", "ReservationCancelled", "ReservationReinstated", "NoShowMarked",
    "AvailabilityChanged", "GuestsMerged",
}  # fmt: skip


@pytest.fixture
def house(cast, noon):
    templates_seed(place=cast.alpha)
    return house_make(cast.alpha, doubles=2)


@pytest.fixture
def lived(cast, house):
    """A few days of a small hotel; nothing of it has been delivered."""
    ann, ben, cem = (
        guest_make(cast.beta, first_name=name, last_name="Lee", email=f"{name.lower()}@example.com")
        for name in ("Ann", "Ben", "Cem")
    )
    first, second = house.book(
        house.stay(1, 2), house.stay(1, 2), booker=ann, company=company_make(house.place)
    ).reservations
    house.book(house.stay(1, 2, status="waitlisted"), booker=cem)
    later = first.departure + timedelta(days=1)
    reservation_amend(reservation=first, amendment=Amendment(departure=later), actor=None)
    reservation_cancel(reservation=second, actor=None)
    option = house.book(house.stay(5, 1, status="option"), booker=ben).reservations[0]
    reservation_confirm(reservation=option, actor=None)
    missed = house.book(house.stay(0, 1), booker=ben).reservations[0]
    reservation_no_show(reservation=missed, actor=None)
    reservation_cancel(reservation=option, actor=None)
    reservation_reinstate(reservation=option, actor=None)
    guest_merge(kept=ann, merged=ben, by=cast.ada, reason="The same passport")
    outbox_sequence()
    return house


@pytest.fixture
def calls(monkeypatch):
    """How often each handler was called."""
    counted = Counter()

    def counting(handler):
        def call(fact):
            counted[handler.name] += 1
            handler.function(fact)

        return replace(handler, function=call)

    monkeypatch.setattr(outbox, "handlers_of", lambda topic: [counting(h) for h in facts.handlers_of(topic)])
    return counted


def deliver(arrange):
    """Let messages arrive one by one as arranged, then those that their handlers wrote, until there are none.

    A message arrives when it is the only one not yet delivered; it arrives again as after a relay that died
    between the effect and its note of it.
    """
    arrived = set()
    while waiting := list(
        OutboxMessage.objects.exclude(pk__in=arrived).order_by("position").values_list("pk", flat=True)
    ):
        every = OutboxMessage.objects.filter(pk__in=waiting)
        moment = every.latest("created_at").created_at
        every.update(delivered_at=moment)
        for pk in arrange(waiting):
            OutboxMessage.objects.filter(pk=pk).update(delivered_at=None)
            assert outbox_deliver() == 1
        arrived |= set(waiting)
        OutboxMessage.objects.filter(position=None).update(delivered_at=None)
        outbox_sequence()


def state():
    """All that bookings leave behind, keys and instants apart."""
    return {
        "letters": sorted(
            (row.template_code, row.address, row.subject, row.body) for row in Message.objects.all()
        ),
        "guests": sorted(
            ProfileAtProperty.objects.values_list(
                "property", "guest", "company", "stays", "nights", "cancellations", "no_shows"
            ),
            key=repr,
        ),
        "merged": sorted(Guest.objects.values_list("pk", "merged_into", "version"), key=repr),
        "stays": sorted(
            Reservation.objects.values_list("pk", "status", "version", "primary_guest"), key=repr
        ),
        "offers": sorted(WaitlistOffer.objects.values_list("reservation", "status")),
        "nights": sorted(
            InventoryNight.objects.values_list("room_type", "night", "sold", "held", "blocked"), key=repr
        ),
        "told": Counter(OutboxMessage.objects.values_list("topic", flat=True)),
    }


def ending(arrange):
    """The state after a delivery; the delivery itself is taken back."""
    with transaction.atomic():
        deliver(arrange)
        found = state()
        transaction.set_rollback(True)
    return found


def twice_in_any_order(seed):
    def arrange(waiting):
        doubled = [*waiting, *waiting]
        Random(seed).shuffle(doubled)
        return doubled

    return arrange


def test_in_order_the_facts_do_what_they_should(lived):
    """The ground of the comparison: it holds something of every kind."""
    assert set(OutboxMessage.objects.values_list("topic", flat=True)) >= TOLD

    found = ending(list)

    assert [letter[:2] for letter in found["letters"]] == [
        ("booking_cancelled", "ann@example.com"),
        ("booking_confirmation", "ann@example.com"),
        ("booking_confirmation", "ann@example.com"),
        ("waitlist_offer", "cem@example.com"),
    ]
    assert [status for _, status in found["offers"]] == ["open"]


def test_doubled_and_in_any_order_they_end_the_same(lived):
    in_order = ending(list)

    for seed in range(4):
        assert ending(twice_in_any_order(seed)) == in_order, seed


def test_each_handler_hears_each_fact_once_though_it_arrives_twice(lived, calls):
    deliver(twice_in_any_order(7))

    topics = Counter(OutboxMessage.objects.values_list("topic", flat=True))
    expected = {
        h.name: topics[topic]
        for topic, known in facts.subscriptions().items()
        for h in known
        if topics[topic]
    }
    assert calls == expected
    assert HandledFact.objects.count() == sum(expected.values())
    assert [found.invariant.name for found in invariants_verify() if found.violations] == []


def test_a_second_delivery_long_after_changes_nothing(lived, calls):
    """Everything was delivered; then all of it arrives once more."""
    deliver(list)
    before, heard = state(), Counter(calls)

    deliver(twice_in_any_order(8))

    assert state() == before
    assert calls == heard
