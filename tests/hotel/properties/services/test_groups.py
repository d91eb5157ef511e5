import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from hotel.accounts.models import User
from hotel.accounts.services.roles import role_assign
from hotel.core.exceptions import InvalidInput
from hotel.core.models import OutboxMessage
from hotel.properties.models import PropertyGroup
from hotel.properties.services.groups import group_change, group_create, group_delete
from tests.factories.properties import chain_make, group_make, property_make


def facts():
    rows = OutboxMessage.objects.filter(topic="GroupChanged").order_by("pk")
    return [(row.payload["added"], row.payload["removed"]) for row in rows]


def test_a_group_is_made_changed_and_deleted_aloud(cast):
    group = group_create(chain=cast.chain, name="All", properties=[cast.alpha, cast.beta])
    assert set(group.properties.all()) == {cast.alpha, cast.beta}

    group_change(group=group, name="Alpine", properties=[cast.alpha])
    group.refresh_from_db()
    assert (group.name, list(group.properties.all())) == ("Alpine", [cast.alpha])

    group_change(group=group, name="Alps")
    group_delete(group=group)

    assert not PropertyGroup.objects.exists()
    both = sorted([cast.alpha.pk, cast.beta.pk])
    assert facts() == [(both, []), ([], [cast.beta.pk]), ([], []), ([], [cast.alpha.pk])]


def test_a_group_has_members_of_its_chain_only(cast):
    elsewhere = property_make(chain_make())
    for places, code in (([], "group_empty"), ([cast.alpha, elsewhere], "group_of_another_chain")):
        with pytest.raises(InvalidInput) as refused:
            group_create(chain=cast.chain, name="All", properties=places)
        assert refused.value.code == code
    assert not PropertyGroup.objects.exists()
    assert facts() == []


def test_a_name_is_taken_once_per_chain(cast):
    group_make(cast.alpha, name="One")
    other = group_make(cast.beta, name="Two")
    with pytest.raises(ValidationError):
        group_change(group=other, name="One")
    with pytest.raises(ValidationError):
        group_create(chain=cast.chain, name="", properties=[cast.alpha])
    other.refresh_from_db()
    assert other.name == "Two"


def test_a_group_on_which_a_role_is_granted_stays(cast):
    group = group_make(cast.alpha)
    role = cast.bo.role_assignments.get().role
    role_assign(user=User.objects.get(pk=cast.ida.pk), role=role, group=group)
    with pytest.raises(ProtectedError):
        group_delete(group=group)
    assert PropertyGroup.objects.filter(pk=group.pk).exists()
    assert facts() == []
