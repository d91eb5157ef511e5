from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from djmoney.money import Money

from hotel.accounts.domain.role_matrix import ROLE_MATRIX
from hotel.accounts.models import Role, RoleAssignment, RoleLimit, RolePermission, User
from hotel.accounts.selectors import assignments as assignments_selector
from hotel.accounts.services.roles import chains_refresh, role_assign, role_revoke, roles_seed
from hotel.core.exceptions import InvalidInput, NotPermitted
from hotel.properties.models import PropertyGroupObjectPermission
from hotel.properties.scoping import grants_of
from hotel.properties.services.groups import group_change
from tests.factories.accounts import role_make, user_make
from tests.factories.properties import chain_make, group_make, property_make


def fresh(user):
    return grants_of(User.objects.get(pk=user.pk))


def role_of(cast, code) -> Role:
    return Role.objects.get(chain=cast.chain, code=code)


def derived():
    groups = Group.objects.order_by("name").values_list("name", "user__username")
    rights = PropertyGroupObjectPermission.objects.order_by("group__name", "permission__codename")
    return list(groups), list(rights.values_list("group__name", "permission__codename", "content_object"))


def test_the_cast_holds_rights_only_at_its_properties(cast):
    assert fresh(cast.ada).property_ids("manage", "reservations") == {cast.alpha.pk, cast.beta.pk}
    assert fresh(cast.bo).property_ids("manage", "properties") == frozenset()
    assert fresh(cast.bo).property_ids("view", "properties") == {cast.alpha.pk}
    assert fresh(cast.eve).any_property_ids() == {cast.beta.pk}
    assert fresh(cast.ida).any_property_ids() == frozenset()


def test_rights_are_those_of_the_matrix_and_nothing_else(cast):
    held = {name for name, ids in fresh(cast.bo).by_codename.items() if cast.alpha.pk in ids}
    assert held == {f"{verb}_{area}_area" for area, verb in ROLE_MATRIX["front_desk"].pairs()}


def test_seeding_again_changes_nothing(cast):
    before = (derived(), list(Role.objects.values()), list(RoleLimit.objects.values()))
    again = roles_seed(chain=cast.chain)
    chains_refresh()
    assert set(again) == set(ROLE_MATRIX)
    assert (derived(), list(Role.objects.values()), list(RoleLimit.objects.values())) == before


def test_limits_are_seeded_in_each_currency_of_the_chain(cast):
    rows = RoleLimit.objects.filter(role__code="accountant", role__chain=cast.chain)
    assert {(row.kind, row.amount) for row in rows} == {
        ("rebate", Money(Decimal("500.000"), "EUR")),
        ("rebate", Money(Decimal("50000.000"), "JPY")),
        ("refund", Money(Decimal("500.000"), "EUR")),
        ("refund", Money(Decimal("50000.000"), "JPY")),
    }
    property_make(cast.chain, currency="KWD")
    roles_seed(chain=cast.chain)
    added = RoleLimit.objects.filter(role__code="accountant", amount_currency="KWD", kind="refund")
    assert added.get().amount == Money(Decimal("50.000"), "KWD")


def test_a_seeded_role_keeps_what_the_hotel_made_of_it_but_learns_new_areas(cast):
    desk = role_of(cast, "front_desk")
    desk.permissions.filter(area="guests", verb="manage").delete()
    RolePermission.objects.filter(area="messaging").delete()  # as before the component was installed

    roles_seed(chain=cast.chain)

    assert not desk.permissions.filter(area="guests", verb="manage").exists()
    assert set(desk.permissions.filter(area="messaging").values_list("verb", flat=True)) == {"view", "send"}
    assert fresh(cast.bo).holds("send", "messaging", cast.alpha.pk)
    assert not fresh(cast.bo).holds("manage", "guests", cast.alpha.pk)


def test_assigning_reaches_one_property_and_is_one_row(cast):
    first = role_assign(user=cast.ida, role=role_of(cast, "housekeeping"), place=cast.beta)
    again = role_assign(
        user=cast.ida, role=role_of(cast, "housekeeping"), place=cast.beta, valid_to=date(2099, 1, 1)
    )
    assert (again.pk, again.valid_to) == (first.pk, date(2099, 1, 1))
    assert fresh(cast.ida).property_ids("status", "rooms") == {cast.beta.pk}


def test_revoking_ends_the_rights_at_once_and_only_these(cast):
    role_revoke(assignment=RoleAssignment.objects.get(user=cast.bo))

    assert fresh(cast.bo).any_property_ids() == frozenset()
    assert fresh(cast.cy).any_property_ids() == {cast.alpha.pk}
    assert fresh(cast.eve).any_property_ids() == {cast.beta.pk}
    # the role at Alpha has no holder left: its group is gone
    assert not Group.objects.filter(name=f"role {role_of(cast, 'front_desk').pk} at property {cast.alpha.pk}")


@pytest.mark.parametrize(("target", "code"), [("none", "assignment_target"), ("both", "assignment_target")])
def test_an_assignment_has_one_target(cast, target, code):
    where = {} if target == "none" else {"place": cast.alpha, "group": group_make(cast.alpha)}
    with pytest.raises(InvalidInput) as refused:
        role_assign(user=cast.ida, role=role_of(cast, "auditor"), **where)
    assert refused.value.code == code
    assert not cast.ida.role_assignments.exists()


def test_an_assignment_stays_in_its_chain_and_has_dates_in_order(cast):
    foreign = role_make(chain_make(), "rooms.view")
    with pytest.raises(InvalidInput) as refused:
        role_assign(user=cast.ida, role=foreign, place=cast.alpha)
    assert refused.value.code == "role_of_another_chain"
    with pytest.raises(InvalidInput) as refused:
        role_assign(
            user=cast.ida,
            role=role_of(cast, "auditor"),
            place=cast.alpha,
            valid_from=date(2027, 2, 2),
            valid_to=date(2027, 2, 1),
        )
    assert refused.value.code == "assignment_dates"
    assert not cast.ida.role_assignments.exists()


def test_dates_are_inclusive_days_of_the_propertys_own_clock(cast, monkeypatch):
    from hotel.accounts.services.grants import dated_roles_materialise

    clock = {"now": datetime(2027, 6, 1, 12, tzinfo=UTC)}
    monkeypatch.setattr(assignments_selector, "now", lambda: clock["now"])
    group = group_make(cast.alpha, cast.beta)
    role_assign(
        user=cast.ida,
        role=role_of(cast, "auditor"),
        group=group,
        valid_from=date(2027, 6, 2),
        valid_to=date(2027, 6, 3),
    )

    def seen_at(*moment):
        clock["now"] = datetime(*moment, tzinfo=UTC)
        dated_roles_materialise()
        return fresh(cast.ida).property_ids("view", "rooms")

    assert seen_at(2027, 6, 1, 14, 59) == frozenset()
    assert seen_at(2027, 6, 1, 15, 0) == {cast.beta.pk}  # midnight in Tokyo
    assert seen_at(2027, 6, 1, 22, 0) == {cast.alpha.pk, cast.beta.pk}  # midnight in Vienna
    assert seen_at(2027, 6, 3, 15, 0) == {cast.alpha.pk}
    assert seen_at(2027, 6, 3, 22, 0) == frozenset()


def test_roles_on_a_group_follow_its_members_at_once(cast):
    group = group_make(cast.alpha)
    role_assign(user=cast.ida, role=role_of(cast, "auditor"), group=group)
    assert fresh(cast.ida).any_property_ids() == {cast.alpha.pk}

    group_change(group=group, properties=[cast.alpha, cast.beta])
    assert fresh(cast.ida).any_property_ids() == {cast.alpha.pk, cast.beta.pk}

    group_change(group=group, properties=[cast.beta])
    assert fresh(cast.ida).any_property_ids() == {cast.beta.pk}


def test_nobody_extends_a_group_beyond_his_own_rights(cast):
    """Who manages the group's properties gains nothing by adding one where he holds less."""
    group = group_make(cast.alpha)
    manager = user_make(cast.alpha, username="max")
    role_assign(user=manager, role=role_of(cast, "general_manager"), group=group)
    role_assign(
        user=manager, role=role_make(cast.chain, "properties.view", "properties.manage"), place=cast.beta
    )
    manager = User.objects.get(pk=manager.pk)

    with pytest.raises(NotPermitted):
        group_change(group=group, properties=[cast.alpha, cast.beta], by=manager)

    group_change(group=group, properties=[cast.alpha, cast.beta], by=User.objects.get(pk=cast.ada.pk))
    assert fresh(manager).holds("manage", "rates", cast.beta.pk)
