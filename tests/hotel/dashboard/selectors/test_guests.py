"""A guest in short: his stays, his wishes and when they were honoured, who may be the same."""

from datetime import timedelta

import pytest

from hotel.dashboard.selectors.guests import (
    consents_shown,
    figures_of,
    guest_rows,
    guests_listed,
    merges_of,
    stays_shown,
    twins_of,
    with_signs,
)
from hotel.guests.models import Guest
from hotel.guests.services.consents import consent_record, consent_withdraw
from hotel.guests.services.merges import guest_merge
from hotel.reservations.models import Reservation
from hotel.rooms.models import RoomFeature
from tests.contracts.queries import queries_of
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


@pytest.fixture
def anna(house):
    return guest_make(house.place, first_name="Anna", last_name="Moser")


def become(stay, **values):
    Reservation.objects.filter(pk=stay.pk).update(**values)


def give(stay, room):
    stay.assignments.create(property=stay.property, room=room, arrival=stay.arrival, departure=stay.departure)


def test_stays_in_short_and_the_room_of_each(house, anna):
    last, here, soon, later = (house.reserve(n, 1, primary_guest=anna) for n in (1, 2, 3, 4))
    become(last, status="checked_out")
    become(here, status="in_house")
    give(here, house.rooms[0])
    shown = stays_shown(anna, house.place)
    assert (shown.now, shown.next, shown.last) == (here, soon, last)
    assert shown.now.room_numbers == [house.rooms[0].number]
    assert later.pk not in {shown.now.pk, shown.next.pk, shown.last.pk}
    become(soon, status="cancelled")
    assert stays_shown(anna, house.place).next == later


def test_a_wish_names_the_stay_that_said_it_last_and_the_one_that_honoured_it(house, anna):
    balcony = RoomFeature.objects.create(property=house.place, code="BALC", name="Balcony")
    RoomFeature.objects.create(property=house.place, code="BATH", name="Bath tub")
    house.rooms[0].features.add(balcony)
    first, second = (house.reserve(n, 1, primary_guest=anna) for n in (1, 3))
    become(first, status="checked_out", room_wishes={"BALC": 60})
    become(second, room_wishes={"BALC": 30, "BATH": 100})
    give(first, house.rooms[0])
    give(second, house.rooms[0])  # not yet there: promised is not honoured

    asked = queries_of(lambda: stays_shown(anna, house.place))
    wishes = stays_shown(anna, house.place).wishes
    assert [(wish.name, wish.said_at, wish.honoured_on) for wish in wishes] == [
        ("Balcony", second, first.arrival),
        ("Bath tub", second, None),
    ]
    assert len(asked) == 2


def test_consents_are_those_that_count_now(anna):
    consent_record(guest=anna, channel="email", purpose="marketing", source="website")
    consent_withdraw(guest=anna, channel="email", purpose="marketing", source="front_desk")
    consent_record(guest=anna, channel="email", purpose="feedback", source="website")
    found = [(row.purpose, row.decision) for row in consents_shown(anna)]
    assert found == [("feedback", "given"), ("marketing", "withdrawn")]


def test_only_guests_of_the_house_that_is_worked_at(cast, anna):
    assert guest_rows(cast.ada, cast.alpha).get() == anna
    assert not guest_rows(cast.ada, cast.beta).exists()
    assert not guest_rows(cast.eve, cast.alpha).exists()
    assert guest_rows(cast.ada, cast.alpha, "merge").exists()
    assert not guest_rows(cast.bo, cast.alpha, "merge").exists()
    assert figures_of(anna, cast.alpha).stays == 0
    assert figures_of(anna, cast.beta) is None


def test_the_list_hides_who_is_restricted_or_lives_on_in_another(cast, anna):
    gone, hidden = (guest_make(cast.alpha, last_name=name) for name in ("Gone", "Hidden"))
    guest_merge(kept=anna, merged=gone, by=None, reason="Said so")
    Guest.objects.filter(pk=hidden.pk).update(processing_restricted_at="2027-01-01T00:00Z")
    assert [row.guest for row in guests_listed(cast.bo, cast.alpha, "")] == [anna]
    assert [row.guest for row in guests_listed(cast.bo, cast.alpha, "moser")] == [anna]
    assert guests_listed(cast.bo, cast.alpha, "gone") == []


def test_twins_and_merges_are_signed_and_listed(cast, anna):
    def signs():
        row = with_signs(Guest.objects.filter(pk=anna.pk)).get()
        return row.has_twin, row.can_unmerge, row.shows_documents

    assert signs() == (False, False, False)
    Guest.objects.filter(pk=anna.pk).update(version=1)
    twin, same = (
        guest_make(cast.alpha, first_name="Anna", last_name="Moser", phone="+4315550100") for _ in range(2)
    )
    assert [guest for guest, _ in twins_of(twin, cast.ada, cast.alpha)] == [same]
    assert twins_of(twin, cast.bo, cast.alpha) == []
    merge = guest_merge(kept=anna, merged=same, by=cast.ada, reason="Said so")
    assert (merges_of(anna), signs()[1]) == ([merge], True)
    type(merge).objects.update(unmerge_until=merge.merged_at - timedelta(days=1))
    assert (merges_of(anna), signs()[1]) == ([], False)
