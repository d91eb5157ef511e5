"""Who stays."""

import pytest

from hotel.core.exceptions import Conflict, RuleBroken
from hotel.properties.models import Chain
from hotel.reservations.models import Reservation, ReservationChange, ReservationGuest
from hotel.reservations.services.guests import guest_add, guest_remove
from tests.factories.guests import guest_make
from tests.factories.properties import property_make
from tests.factories.reservations import house_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


def roles():
    return set(ReservationGuest.objects.values_list("guest_id", "role"))


def test_a_new_primary_guest_takes_the_place_of_the_old_one(house, cast):
    old, new = guest_make(cast.alpha), guest_make(cast.alpha)
    row = house.reserve(primary_guest=old)

    guest_add(reservation=row, guest=new, role="primary", actor=cast.bo)

    stored = Reservation.objects.get()
    assert (stored.primary_guest, stored.version) == (new, 2)
    assert roles() == {(new.pk, "primary"), (old.pk, "accompanying")}
    assert ReservationChange.objects.latest("pk").kind == "guests"


def test_sharers_are_no_more_than_the_adults(house, cast):
    row = house.reserve(primary_guest=guest_make(cast.alpha))  # two adults
    guest_add(reservation=row, guest=guest_make(cast.alpha), role="sharer", actor=cast.bo)

    with pytest.raises(RuleBroken) as refused:
        guest_add(reservation=row, guest=guest_make(cast.alpha), role="sharer", actor=cast.bo)

    assert refused.value.code == "too_many_sharers"
    assert ReservationGuest.objects.count() == 2


def test_a_role_is_held_once_and_the_primary_guest_is_not_removed(house, cast):
    guest, other = guest_make(cast.alpha), guest_make(cast.alpha)
    row = house.reserve(primary_guest=guest)
    guest_add(reservation=row, guest=other, actor=cast.bo)

    with pytest.raises(Conflict) as refused:
        guest_add(reservation=row, guest=other, actor=cast.bo)
    assert refused.value.code == "guest_role_taken"
    with pytest.raises(Conflict) as refused:
        guest_remove(reservation=row, guest=guest, actor=cast.bo)
    assert refused.value.code == "guest_is_primary"

    guest_remove(reservation=row, guest=other, actor=cast.bo)
    assert roles() == {(guest.pk, "primary")}
    with pytest.raises(Conflict) as refused:
        guest_remove(reservation=row, guest=other, actor=cast.bo)
    assert refused.value.code == "guest_not_here"


def test_a_guest_of_another_chain_does_not_join_a_stay(house, cast):
    row = house.reserve()
    stranger = guest_make(property_make(Chain.objects.create(code="OTHER", name="Other")))

    with pytest.raises(RuleBroken) as refused:
        guest_add(reservation=row, guest=stranger, actor=cast.bo)

    assert refused.value.code == "other_chain"
    assert roles() == set()


def test_a_primary_guest_who_also_comes_along_can_be_replaced(house, cast):
    both, new = guest_make(cast.alpha), guest_make(cast.alpha)
    row = house.reserve(primary_guest=both)
    guest_add(reservation=row, guest=both, actor=cast.bo)

    guest_add(reservation=row, guest=new, role="primary", actor=cast.bo)

    assert roles() == {(new.pk, "primary"), (both.pk, "accompanying")}
