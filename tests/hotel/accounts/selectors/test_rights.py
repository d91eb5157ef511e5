import pytest
from django.contrib.auth.models import Permission

from hotel.accounts.models import Role, User
from hotel.accounts.selectors.rights import Reason, grants_by_property, rights_of
from hotel.accounts.services.roles import role_assign
from hotel.properties.models import PropertyUserObjectPermission
from hotel.properties.scoping import pair_of
from tests.factories.accounts import role_make
from tests.factories.properties import group_make


def by_key(rights):
    return {(right.property_code, right.area, right.verb): right.reasons for right in rights}


def test_every_right_tells_through_what_it_is_held(cast, django_assert_num_queries):
    keys = role_make(cast.chain, "rooms.view", "rooms.block", code="keys")
    group = group_make(cast.alpha, cast.beta, name="All houses")
    assignment = role_assign(user=cast.bo, role=keys, group=group)
    PropertyUserObjectPermission.objects.create(
        user=cast.bo,
        permission=Permission.objects.get(codename="manage_rates_area"),
        content_object=cast.beta,
    )
    desk = cast.bo.role_assignments.get(property=cast.alpha)
    bo = User.objects.get(pk=cast.bo.pk)

    with django_assert_num_queries(6):
        rights = rights_of(bo, [cast.alpha.pk, cast.beta.pk])

    found = by_key(rights)
    by_group = Reason("role", assignment.pk, keys.pk, "keys", group.pk, "All houses")
    by_desk = Reason("role", desk.pk, desk.role_id, "front_desk")
    assert found["ALPHA", "rooms", "block"] == (by_group,)
    assert set(found["ALPHA", "rooms", "view"]) == {by_group, by_desk}
    assert found["BETA", "rooms", "view"] == (by_group,)
    assert found["BETA", "rates", "manage"] == (Reason("direct"),)
    assert ("BETA", "reservations", "view") not in found
    assert all(right.reasons for right in rights)
    assert rights == sorted(rights, key=lambda right: (right.property_code, right.area, right.verb))


def test_only_the_properties_asked_for(cast):
    assert {right.property_id for right in rights_of(cast.ada, [cast.beta.pk])} == {cast.beta.pk}
    assert rights_of(cast.ida, [cast.alpha.pk]) == []


def test_a_superuser_holds_everything_for_being_one(cast):
    root = User.objects.create_superuser("root")
    found = by_key(rights_of(root, [cast.alpha.pk]))
    assert found["ALPHA", "accounts", "manage"] == (Reason("superuser"),)


def test_ones_own_grants_by_property(cast):
    role_assign(user=cast.di, role=Role.objects.get(code="maintenance"), place=cast.beta)
    alpha, beta = grants_by_property(User.objects.get(pk=cast.di.pk))
    assert (alpha.property, alpha.areas) == (
        cast.alpha,
        {
            "dashboard": ["view"],
            "operations": ["view", "work"],
            "papers": ["view"],
            "properties": ["view"],
            "rooms": ["status", "view"],
        },
    )
    assert (beta.property, list(beta.areas)) == (
        cast.beta,
        ["dashboard", "operations", "properties", "rooms"],
    )
    assert beta.areas["rooms"] == ["block", "view"]


def test_a_verb_of_two_words_stays_one(cast):
    found = rights_of(User.objects.get(pk=cast.cy.pk), [cast.alpha.pk])
    [right] = [right for right in found if right.verb == "write_off"]
    assert (right.area, right.reasons[0].role) == ("folios", "accountant")
    [own] = grants_by_property(User.objects.get(pk=cast.cy.pk))
    assert "write_off" in own.areas["folios"]
    assert "off_folios" not in own.areas


@pytest.mark.parametrize(
    ("name", "pair"),
    [
        ("write_off_folios_area", ("folios", "write_off")),
        ("view_rooms_area", ("rooms", "view")),
        ("turn_down_spa_area", ("spa", "turn_down")),
    ],
)
def test_a_codename_is_taken_apart(name, pair):
    assert pair_of(name) == pair
