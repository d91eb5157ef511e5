"""Lost and found: what may become of a thing, and when."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from hotel.core.exceptions import InvalidInput, VersionConflict
from hotel.core.models import OutboxMessage
from hotel.operations.models import LostItem
from hotel.operations.services.lost_items import (
    lost_item_dispose,
    lost_item_move,
    lost_item_owner_set,
    lost_item_record,
    lost_item_return,
    lost_item_ship,
)
from tests.cast import TODAY
from tests.factories.operations import lost_item_make, rule_set
from tests.hotel.operations.conftest import guest_in
from tests.hotel.operations.refusals import refused
from tests.together import together

DAY = timedelta(days=1)


@pytest.fixture
def item(house, cast):
    values = {"kind": "other", "description": "An umbrella", "room": house.rooms[0], "storage": "Shelf 3"}
    return lost_item_record(place=house.place, values=values, actor=cast.di)


def test_it_is_recorded_and_kept_as_long_as_the_house_says(house, item, cast, noon):
    assert (item.state, item.found_on, item.found_by, item.keep_until, item.version) == (
        "kept", TODAY, cast.di, TODAY + 90 * DAY, 1,
    )  # fmt: skip
    told = OutboxMessage.objects.get(topic="LostItemChanged").payload
    assert told == {
        "property_id": house.place.pk, "item_id": item.pk, "state": "kept", "room_id": house.rooms[0].pk,
    }  # fmt: skip
    rule_set(house.place, "operations.lost_days", 30)
    assert lost_item_make(house.place).keep_until == TODAY + 30 * DAY


def test_it_lies_elsewhere_has_an_owner_and_is_handed_over(house, item, cast):
    stay = guest_in(house)
    lost_item_move(item=item, storage=" Safe ")
    owned = lost_item_owner_set(item=item, reservation=stay)
    assert (owned.storage, owned.reservation) == ("Safe", stay)
    given = lost_item_return(item=item, signed_name="Anna Moser", actor=cast.bo)
    assert (given.state, given.signed_name, given.ended_by, given.version) == (
        "returned", "Anna Moser", cast.bo, 4,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT signed_name FROM operations_lostitem WHERE id = %s", [item.pk])
        assert "Moser" not in cursor.fetchone()[0]
    assert LostItem.objects.get().signed_name == "Anna Moser"


def test_it_is_sent(item, cast):
    sent = lost_item_ship(item=item, ship_to="Anna Moser, Graz", carrier_reference=" RR1 ", actor=cast.bo)
    assert (sent.state, sent.carrier_reference, LostItem.objects.get().ship_to) == (
        "shipped", "RR1", "Anna Moser, Graz",
    )  # fmt: skip


def test_it_is_disposed_of_when_its_time_is_over_and_not_before(house, item, cast):
    error = refused(
        "lost_item_too_early", lambda: lost_item_dispose(item=item, reason="Charity", actor=cast.ada)
    )
    assert error.extra == {"keep_until": (TODAY + 90 * DAY).isoformat()}
    type(house.place).objects.filter(pk=house.place.pk).update(business_date=TODAY + 90 * DAY)
    gone = lost_item_dispose(item=item, reason="Charity", actor=cast.ada)
    assert (gone.state, gone.because) == ("disposed", "Charity")


def test_what_is_gone_is_gone(item, cast):
    lost_item_return(item=item, signed_name="Anna Moser", actor=cast.bo)
    for call in (
        lambda: lost_item_return(item=item, signed_name="Somebody else", actor=cast.bo),
        lambda: lost_item_ship(item=item, ship_to="Elsewhere", actor=cast.bo),
        lambda: lost_item_move(item=item, storage="Safe"),
        lambda: lost_item_owner_set(item=item, reservation=None),
        lambda: lost_item_dispose(item=item, reason="x", actor=cast.ada),
    ):
        refused("lost_item_gone", call)


def test_what_is_refused(house, item, cast):
    place, thing = house.place, {"kind": "other", "description": "A hat", "storage": "Shelf"}
    for code, call in (
        ("lost_nowhere", lambda: lost_item_record(place=place, values=thing, actor=None)),
        ("other_property", lambda: lost_item_record(
            place=cast.beta, values={**thing, "room": house.rooms[0]}, actor=None)),
        ("storage_required", lambda: lost_item_move(item=item, storage=" ")),
        ("signature_required", lambda: lost_item_return(item=item, signed_name=" ", actor=cast.bo)),
        ("address_required", lambda: lost_item_ship(item=item, ship_to="", actor=cast.bo)),
        ("reason_required", lambda: lost_item_dispose(item=item, reason="", actor=cast.bo)),
    ):  # fmt: skip
        refused(code, call, InvalidInput)
    stale = lambda: lost_item_move(item=item, storage="Safe", expected_version=9)  # noqa: E731
    refused("version_conflict", stale, VersionConflict)


def test_a_stay_of_another_hotel_owns_nothing_here(house, cast):
    elsewhere = lost_item_make(cast.beta)
    stay = guest_in(house)
    refused("other_property", lambda: lost_item_owner_set(item=elsewhere, reservation=stay), InvalidInput)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("operations_lost_described", {"storage": ""}),
        ("operations_lost_is_somewhere", {"location": ""}),
        ("operations_lost_state", {"state": "returned"}),
        ("operations_lost_state", {"ended_at": "2027-03-15T12:00Z"}),
        ("operations_lost_kept_a_while", {"keep_until": TODAY}),
        ("operations_lost_disposed_says_how", {"state": "disposed", "ended_at": "2099-03-15T12:00Z"}),
    ],
)
def test_the_database_holds_it(cast, constraint, values):
    item = lost_item_make(cast.alpha)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        LostItem.objects.filter(pk=item.pk).update(**values)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_hand_it_over_at_once_one_does(cast):
    item = lost_item_make(cast.alpha)
    names = ("Anna Moser", "Otto Berg")
    found = together(
        *[lambda name=name: lost_item_return(item=item, signed_name=name, actor=cast.bo) for name in names]
    )
    (lost,) = [one for one in found if not isinstance(one, LostItem)]
    assert (lost.code, LostItem.objects.get().version) == ("lost_item_gone", 2)
