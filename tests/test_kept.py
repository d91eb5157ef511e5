"""What a fixture keeps comes back whole, as if it had been made anew."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import OperationalError, transaction

from hotel.accounts.models import RoleAssignment, RolePermission, User
from hotel.core.models import OutboxMessage
from hotel.properties.models import Property, PropertyGroupObjectPermission
from hotel.properties.scoping import grants_of
from hotel.rooms.models import InventoryNight, Room
from tests.cast import TODAY, make_cast, make_property
from tests.factories.rooms import inventory_ready, room_make
from tests.kept import KeptBeside

TABLES = (Property, User, RoleAssignment, RolePermission, PropertyGroupObjectPermission, OutboxMessage)


def counts() -> list[int]:
    return [model.objects.count() for model in TABLES]


def test_what_is_put_back_is_what_is_made(kept_cast, db):
    with transaction.atomic():
        kept = kept_cast.again()
        put_back = counts()
        assert grants_of(kept.bo).property_ids("view", "rooms") == {kept.alpha.pk}
        transaction.set_rollback(True)
    assert counts() == [0] * len(TABLES)
    made = make_cast()
    assert counts() == put_back
    assert made.bo.username == kept.bo.username


def test_each_test_gets_objects_of_its_own(kept_stage, db):
    stage = kept_stage.again()
    stage.alpha.name = "Changed"
    stage.person(())
    assert kept_stage.objects.alpha.name == "Alpha"
    assert kept_stage.objects.people == 0


def test_new_rows_do_not_meet_those_put_back(cast):
    known = set(Property.objects.values_list("pk", flat=True))
    assert make_property(cast.chain, "NEW", name="New", currency="EUR").pk not in known


def test_what_stands_beside_is_put_back_the_third_time_with_the_objects_of_the_test(cast):
    beside, made = KeptBeside(), []

    def make():
        made.append(room_make(cast.alpha))
        inventory_ready(cast.alpha, TODAY, TODAY + timedelta(days=2))
        return made[-1]

    for _ in range(5):
        with transaction.atomic():
            room = beside.make("a room", cast.alpha, make)
            nights = InventoryNight.objects.filter(property=cast.alpha, room_type=room.room_type)
            assert (room.property is cast.alpha, Room.objects.get() == room) == (True, True)
            assert list(nights.values_list("capacity", flat=True)) == [1, 1]
            transaction.set_rollback(True)

    assert len(made) == 3
    beside.make("a room", cast.alpha, make)
    with transaction.atomic(), pytest.raises(OperationalError, match="written by the"):
        InventoryNight.objects.update(capacity=7)


@pytest.mark.django_db(transaction=True)
def test_after_the_permissions_were_renewed_everything_is_made_anew(kept_cast):
    Permission.objects.all().delete()
    again = kept_cast.again()
    assert again.bo.pk != kept_cast.objects.bo.pk
    assert grants_of(again.bo).property_ids("view", "rooms") == {again.alpha.pk}
