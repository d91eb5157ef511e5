"""Rounds of the day."""

from decimal import Decimal as D

import pytest

from hotel.core.exceptions import InvalidInput, VersionConflict
from hotel.operations.models import HousekeepingRound, Task, TaskChange
from hotel.operations.services.room_days import room_days_settle
from hotel.operations.services.rounds import round_open, round_target_set, rounds_apply, rounds_propose
from hotel.operations.services.tasks import task_assign
from hotel.rooms.services.status import rooms_status_set
from tests.cast import TODAY
from tests.factories.reservations import house_make
from tests.hotel.operations.refusals import everything, refused
from tests.together import together


def dirty(house):
    rooms_status_set(room_ids=[room.pk for room in house.rooms[:4]], status="dirty")
    room_days_settle(property_id=house.place.pk)


@pytest.fixture
def rounds(house, cast):
    dirty(house)
    return [round_open(place=house.place, attendant=who, credit_target=D(4)) for who in (cast.di, cast.bo)]


def who_does_what():
    return dict(Task.objects.order_by("pk").values_list("room__number", "assignee__username"))


def test_who_works_today(house, cast, rounds):
    assert (rounds[0].attendant, rounds[0].business_date, rounds[0].credit_target) == (cast.di, TODAY, 4)
    refused("round_exists", lambda: round_open(place=house.place, attendant=cast.di, credit_target=D(1)))
    refused(
        "not_an_attendant",
        lambda: round_open(place=house.place, attendant=cast.cy, credit_target=D(1)),
        InvalidInput,
    )


def test_a_target_is_changed_as_seen(rounds):
    assert round_target_set(sheet=rounds[0], credit_target=D(2), expected_version=1).credit_target == 2
    stale = lambda: round_target_set(sheet=rounds[0], credit_target=D(3), expected_version=1)  # noqa: E731
    refused("version_conflict", stale, VersionConflict)


def test_a_proposal_changes_nothing_and_is_what_is_applied(house, cast, rounds):
    before = everything()
    proposed = rounds_propose(place=house.place)
    assert everything() == before
    assert (sorted(proposed.credits.values()), proposed.spread) == ([D(2), D(2)], D(0))
    assert rounds_apply(place=house.place, actor=cast.ada) == proposed
    assert sorted(who_does_what().items()) == [("101", "bo"), ("102", "bo"), ("103", "di"), ("104", "di")]
    assert TaskChange.objects.order_by("pk").values_list("kind", "actor__username", "note").first() == (
        "assigned", "ada", "bo",
    )  # fmt: skip
    assert set(Task.objects.values_list("version", flat=True)) == {2}
    assert rounds_apply(place=house.place, actor=cast.ada).attendants == {}


def test_what_somebody_has_stays_his_and_counts(house, cast, rounds):
    for number in ("101", "102"):
        task_assign(task=Task.objects.get(room__number=number), assignee=cast.di, actor=cast.ada)
    rounds_apply(place=house.place, actor=None)
    assert who_does_what() == {"101": "di", "102": "di", "103": "bo", "104": "bo"}


def test_without_rounds_nothing_is_assigned(house, cast):
    dirty(house)
    refused("no_rounds", lambda: rounds_apply(place=house.place, actor=None))
    assert rounds_propose(place=house.place).attendants == {}


@pytest.mark.django_db(transaction=True)
def test_two_who_apply_at_once_assign_each_task_once(cast):
    house = house_make(cast.alpha, doubles=4)
    dirty(house)
    for who in (cast.di, cast.bo):
        HousekeepingRound.objects.create(
            property=cast.alpha, attendant=who, business_date=cast.alpha.business_date, credit_target=4
        )
    found = together(*[lambda: rounds_apply(place=cast.alpha, actor=None) for _ in range(2)])
    assert sorted(len(split.attendants) for split in found) == [0, 4]
    assert TaskChange.objects.count() == 4
