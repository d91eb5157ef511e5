"""What a fixture keeps comes back whole, as if it had been made anew."""

import pytest
from django.contrib.auth.models import Permission
from django.db import transaction

from hotel.accounts.models import RoleAssignment, RolePermission, User
from hotel.core.models import OutboxMessage
from hotel.properties.models import Property, PropertyGroupObjectPermission
from hotel.properties.scoping import grants_of
from tests.cast import make_cast, make_property

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


@pytest.mark.django_db(transaction=True)
def test_after_the_permissions_were_renewed_everything_is_made_anew(kept_cast):
    Permission.objects.all().delete()
    again = kept_cast.again()
    assert again.bo.pk != kept_cast.objects.bo.pk
    assert grants_of(again.bo).property_ids("view", "rooms") == {again.alpha.pk}
