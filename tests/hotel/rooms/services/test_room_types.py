"""Room types and their vectors."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hotel.core.exceptions import VersionConflict
from hotel.properties.models import AgeBand
from hotel.rooms.models import InventoryNight, RoomFeature, RoomType
from hotel.rooms.selectors.inventory import vectors
from hotel.rooms.services.inventory import Bucket, CapacityInUse, Move, inventory_move
from hotel.rooms.services.room_types import (
    RoomTypeContents,
    RoomTypeInUse,
    RoomTypeStructureInvalid,
    room_type_change,
    room_type_create,
    room_type_delete,
)
from tests.cast import TODAY
from tests.factories.rooms import inventory_ready, room_type_make, rooms_make

END = TODAY + timedelta(days=3)


@pytest.fixture
def double(cast):
    double = room_type_make(cast.alpha)
    rooms_make(cast.alpha, double, 4)
    inventory_ready(cast.alpha, TODAY, END)
    return double


def make(place, code, *, parts=None, **values) -> RoomType:
    contents = RoomTypeContents(parts=parts, values={"code": code, "name": code, **values})
    return room_type_create(place=place, contents=contents)


def test_a_new_type_gets_its_vector_its_nights_and_what_belongs_to_it(cast, double):
    lake = RoomFeature.objects.create(property=cast.alpha, code="LAKE", name="Lake view")
    adult = AgeBand.objects.get(property=cast.alpha, code="adult")
    contents = RoomTypeContents(
        parts={double: 2},
        features=[lake],
        occupancies={adult: 4},
        values={"code": "STE", "name": "Suite", "kind": "component", "max_occupancy": 4},
    )
    suite = room_type_create(place=cast.alpha, contents=contents)
    assert vectors(cast.alpha.pk)[suite.pk] == {suite.pk: 1, double.pk: 2, None: 2}
    assert InventoryNight.objects.filter(room_type=suite).count() == 3
    assert list(suite.features.all()) == [lake]
    assert suite.occupancies.get().max_count == 4


def test_pseudo_types_have_an_empty_vector_and_no_nights(cast, double):
    master = make(cast.alpha, "PM", kind="pseudo")
    assert vectors(cast.alpha.pk)[master.pk] == {}
    assert not InventoryNight.objects.filter(room_type=master).exists()


def test_structures_that_cannot_be_counted_are_refused(cast, double):
    virtual = make(cast.alpha, "VIR", kind="virtual", base_type=double)
    for code, values in (
        ("A", {"kind": "component"}),
        ("B", {"kind": "virtual", "base_type": virtual}),
        ("C", {"kind": "component", "parts": {virtual: 1}}),
    ):
        with pytest.raises(RoomTypeStructureInvalid), transaction.atomic():
            make(cast.alpha, code, **values)
    with pytest.raises(IntegrityError, match="room_type_base_of_virtual"), transaction.atomic():
        make(cast.alpha, "D", base_type=double)
    assert RoomType.objects.count() == 2


def test_changing_columns_keeps_the_vector(cast, double):
    changed = room_type_change(
        room_type=double, contents=RoomTypeContents(values={"name": "Double with a view"}), version=1
    )
    assert (changed.name, changed.version) == ("Double with a view", 2)
    with pytest.raises(VersionConflict):
        room_type_change(room_type=double, contents=RoomTypeContents(values={"name": "x"}), version=1)


def test_the_structure_changes_only_while_nothing_uses_it(cast, double):
    suite = make(cast.alpha, "STE", kind="component", parts={double: 2})
    suite = room_type_change(room_type=suite, contents=RoomTypeContents(parts={double: 1}))
    assert vectors(cast.alpha.pk)[suite.pk] == {suite.pk: 1, double.pk: 1, None: 1}
    assert InventoryNight.objects.filter(room_type=suite).count() == 3
    with pytest.raises(RoomTypeInUse), transaction.atomic():
        room_type_change(room_type=double, contents=RoomTypeContents(values={"kind": "pseudo"}))
    assert RoomType.objects.get(pk=double.pk).kind == "standard"


def test_a_lower_day_use_limit_than_sold_is_refused(cast, double):
    room_type_change(room_type=double, contents=RoomTypeContents(values={"day_use_limit": 3}))
    move = Move(double.pk, TODAY, TODAY + timedelta(days=1), Bucket.DAY_SOLD, 2)
    inventory_move(property_id=cast.alpha.pk, moves=[move])
    with pytest.raises(CapacityInUse), transaction.atomic():
        room_type_change(room_type=double, contents=RoomTypeContents(values={"day_use_limit": 1}))
    assert InventoryNight.objects.get(room_type=double, night=TODAY).day_limit == 3


def test_only_unused_types_are_deleted(cast, double):
    with pytest.raises(RoomTypeInUse):
        room_type_delete(room_type=double)
    family = make(cast.alpha, "FAM")
    made = family.pk
    room_type_delete(room_type=family)
    assert not RoomType.objects.filter(code="FAM").exists()
    assert not InventoryNight.objects.filter(room_type_id=made).exists()
