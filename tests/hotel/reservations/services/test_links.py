"""Stays that belong together: back to back, or travelling together; and taken apart again."""

import pytest

from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.core.models import OutboxMessage
from hotel.reservations.models import ReservationChange, ReservationLink
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.reservations.services.links import reservation_unlink, reservations_link
from tests.factories.reservations import house_make, reservation_make
from tests.hotel.reservations.test_invariants import violated


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=5)


def link(first, *others, kind="together"):
    return reservations_link(reservation=first, others=others, kind=kind, actor=None)


def linked():
    rows = ReservationLink.objects.order_by("pk")
    return [(row.kind, sorted(row.reservations.values_list("pk", flat=True))) for row in rows]


def refused(error, code, *stays, **over):
    before = (linked(), ReservationChange.objects.count())
    with pytest.raises(error) as found:
        link(*stays, **over)
    assert found.value.code == code
    assert (linked(), ReservationChange.objects.count()) == before


def test_links_of_a_kind_grow_together_and_a_stay_is_in_one(house):
    a, b, c, d = (house.reserve() for _ in range(4))
    link(a, b)
    link(c, d)
    OutboxMessage.objects.all().delete()

    link(b, c)

    assert linked() == [("together", sorted(row.pk for row in (a, b, c, d)))]
    assert OutboxMessage.objects.filter(topic="ReservationChanged").count() == 4
    assert ReservationChange.objects.latest("pk").after["linked"] == "together"
    refused(Conflict, "linked_already", a, d)
    assert violated() == []


def test_back_to_back_stays_follow_one_another(house):
    first, second, later = house.reserve(1, 2), house.reserve(3, 2), house.reserve(6, 1)
    refused(RuleBroken, "not_back_to_back", first, later, kind="back_to_back")
    link(second, first, kind="back_to_back")
    refused(RuleBroken, "not_back_to_back", second, later, kind="back_to_back")
    link(first, later)
    assert [kind for kind, _ in linked()] == ["back_to_back", "together"]


def test_a_link_of_one_is_none(house):
    a, b, c = (house.reserve() for _ in range(3))
    link(a, b, c)
    reservation_unlink(reservation=a, kind="together", actor=None)
    assert linked() == [("together", sorted([b.pk, c.pk]))]
    reservation_unlink(reservation=b, kind="together", actor=None)
    assert linked() == []
    with pytest.raises(Conflict) as found:
        reservation_unlink(reservation=c, kind="together", actor=None)
    assert found.value.code == "not_linked"
    assert violated() == []


def test_nobody_another_property_or_an_ended_stay_is_refused(house, cast):
    row, ended = house.reserve(), house.reserve()
    reservation_cancel(reservation=ended, actor=None)
    refused(InvalidInput, "link_invalid", row)
    refused(InvalidInput, "link_invalid", row, row)
    refused(InvalidInput, "link_invalid", row, reservation_make(cast.beta))
    refused(Conflict, "status_forbids", row, ended)
