"""Privilege escalation: every way one could try to give or take more than one holds."""

from datetime import timedelta
from decimal import Decimal

import pytest
from djmoney.money import Money

from hotel.accounts.choices import LimitKind
from hotel.accounts.models import Role, RoleAssignment, User
from hotel.accounts.selectors.second_factors import factors_of
from hotel.accounts.services.guards import RightsExceeded, property_ids_of, require_manager, rights_ever
from hotel.accounts.services.role_changes import role_change, role_clone, role_delete
from hotel.accounts.services.roles import role_assign, role_revoke
from hotel.accounts.services.second_factors import factors_reset
from hotel.accounts.services.tokens import token_issue
from hotel.accounts.services.users import (
    user_activate,
    user_change,
    user_create,
    user_deactivate,
    user_password_set,
)
from hotel.core.clock import now
from hotel.core.exceptions import NotPermitted
from hotel.properties.scoping import Limit, grants_of
from tests.factories.accounts import role_make, user_make
from tests.factories.properties import group_make
from tests.hotel.accounts.phones import phone_of


def again(user):
    return User.objects.get(pk=user.pk)


@pytest.fixture
def it(cast):
    """Manages the accounts of Alpha and little else."""
    user = user_make(cast.alpha, username="it")
    role_assign(user=user, role=Role.objects.get(code="it_security"), place=cast.alpha)
    return again(user)


@pytest.fixture
def eva(cast):
    """General manager of Beta only."""
    user = user_make(cast.beta, username="eva")
    role_assign(user=user, role=Role.objects.get(code="general_manager"), place=cast.beta)
    return again(user)


def held(user):
    return grants_of(again(user)).by_codename


def test_nobody_assigns_more_than_he_holds(cast, it):
    with pytest.raises(RightsExceeded) as refused:
        role_assign(user=cast.ida, role=Role.objects.get(code="front_desk"), place=cast.alpha, by=it)
    assert refused.value.code == "rights_exceeded"
    assert "manage_reservations_area" in refused.value.extra["rights"]
    assert not cast.ida.role_assignments.exists()


def test_one_assigns_what_one_holds(cast, it):
    role_assign(user=cast.ida, role=Role.objects.get(code="it_security"), place=cast.alpha, by=it)
    assert grants_of(again(cast.ida)).holds("manage", "accounts", cast.alpha.pk)


def test_nobody_assigns_where_he_holds_nothing(cast, eva):
    role = role_make(cast.chain, "rooms.view")
    with pytest.raises(NotPermitted):
        role_assign(user=cast.ida, role=role, place=cast.alpha, by=eva)
    with pytest.raises(NotPermitted):
        role_assign(user=cast.ida, role=role, group=group_make(cast.alpha, cast.beta), by=eva)
    assert not cast.ida.role_assignments.exists()


def test_nobody_assigns_or_revokes_his_own_roles(cast, it):
    with pytest.raises(NotPermitted) as refused:
        role_assign(user=it, role=Role.objects.get(code="it_security"), place=cast.alpha, by=it)
    assert refused.value.code == "own_roles"
    with pytest.raises(NotPermitted):
        role_revoke(assignment=it.role_assignments.get(), by=it)
    assert it.role_assignments.count() == 1


def test_approval_limits_are_not_handed_on_beyond_ones_own(cast, it):
    generous = role_make(cast.chain, "accounts.view", max_discount_rate=Decimal("0.5"))
    with pytest.raises(RightsExceeded):
        role_assign(user=cast.ida, role=generous, place=cast.alpha, by=it)
    modest = role_make(cast.chain, "accounts.view", code="modest")
    role_assign(user=cast.ida, role=modest, place=cast.alpha, by=it)
    for change in (
        {"changes": {"max_discount_rate": Decimal("0.1")}},
        {"changes": {"can_override_rate": True}},
        {"changes": {}, "limits": [(LimitKind.REFUND, Money(1, "EUR"))]},
        {"changes": {}, "rights": [("rates", "override")]},
    ):
        with pytest.raises(RightsExceeded):
            role_change(role=modest, by=it, **change)


def test_a_role_in_use_is_changed_only_by_who_manages_all_its_places(cast, eva):
    desk = Role.objects.get(code="front_desk")  # in use at Alpha and Beta
    for change in ({"changes": {"name": "Mine"}}, {"changes": {}, "rights": []}):
        with pytest.raises(NotPermitted):
            role_change(role=desk, by=eva, **change)
    desk.refresh_from_db()
    assert desk.name == "Front desk"
    assert desk.permissions.exists()

    role_change(role=desk, changes={"name": "Reception"}, by=again(cast.ada))
    desk.refresh_from_db()
    assert desk.name == "Reception"


def test_revoking_needs_the_management_of_every_property_reached(cast, eva, it):
    with pytest.raises(NotPermitted):
        role_revoke(assignment=RoleAssignment.objects.get(user=cast.bo), by=eva)
    wide = role_assign(
        user=cast.ida, role=Role.objects.get(code="auditor"), group=group_make(cast.alpha, cast.beta)
    )
    with pytest.raises(NotPermitted):
        role_revoke(assignment=wide, by=eva)
    assert RoleAssignment.objects.filter(pk=wide.pk).exists()
    role_revoke(assignment=RoleAssignment.objects.get(user=cast.bo), by=it)
    assert held(cast.bo) == {}


def test_nobody_takes_over_a_mightier_account(cast, it):
    boss = user_make(cast.alpha, username="boss", email="boss@example.com")
    role_assign(user=boss, role=Role.objects.get(code="general_manager"), place=cast.alpha)
    before = User.objects.filter(pk=boss.pk).values().get()

    with pytest.raises(RightsExceeded):
        user_password_set(user=boss, password="a-quite-long-phrase", by=it)
    with pytest.raises(RightsExceeded):
        user_change(user=boss, changes={"email": "it@example.com"}, by=it)
    with pytest.raises(RightsExceeded):
        user_change(user=boss, changes={"username": "mine"}, by=it)
    assert User.objects.filter(pk=boss.pk).values().get() == before

    assert user_change(user=boss, changes={"display_name": "The boss"}, by=it).display_name == "The boss"


def test_rights_that_begin_later_count_as_well(cast, it):
    future = user_make(cast.alpha, username="future")
    day = (now() + timedelta(days=400)).date()
    role_assign(user=future, role=Role.objects.get(code="general_manager"), place=cast.alpha, valid_from=day)
    assert held(future) == {}
    with pytest.raises(RightsExceeded):
        user_password_set(user=future, password="a-quite-long-phrase", by=it)


def test_people_of_other_properties_are_out_of_reach(cast, it):
    for act in (user_deactivate, user_activate):
        for victim in (cast.eve, cast.ada):  # Beta only; Alpha and Beta
            with pytest.raises(NotPermitted):
                act(user=victim, by=it)
    with pytest.raises(NotPermitted):
        user_change(user=cast.eve, changes={"display_name": "X"}, by=it)
    with pytest.raises(NotPermitted):
        user_change(user=cast.ida, changes={"display_name": "X"}, by=it)  # belongs nowhere
    with pytest.raises(NotPermitted):
        user_create(home=cast.beta, values={"username": "new"}, by=it)
    with pytest.raises(NotPermitted):
        user_change(user=user_make(cast.alpha), changes={"home_property": cast.beta}, by=it)
    assert again(cast.eve).is_active
    assert again(cast.ada).is_active


def test_superusers_are_managed_by_superusers(cast, it):
    root = user_make(cast.alpha, username="root", is_superuser=True)
    for act in (user_deactivate, user_activate):
        with pytest.raises(NotPermitted):
            act(user=root, by=it)
    other = User.objects.create_superuser("other")
    assert not user_deactivate(user=root, by=other).is_active


def test_nobody_deactivates_himself(cast, it):
    with pytest.raises(NotPermitted) as refused:
        user_deactivate(user=it, by=it)
    assert refused.value.code == "own_account"
    assert again(it).is_active


def test_nobody_passes_by_his_old_password_or_his_second_step(cast, it):
    phone_of(it)
    kept = again(it).password
    for act in (
        lambda: user_password_set(user=it, password="a-quite-long-phrase", by=it),
        lambda: factors_reset(user=it, by=it),
    ):
        with pytest.raises(NotPermitted) as refused:
            act()
        assert refused.value.code == "own_account"
    assert again(it).password == kept
    assert factors_of(it).totp


def test_waking_up_a_mightier_account_is_refused(cast, it):
    boss = user_make(cast.alpha, username="boss")
    role_assign(user=boss, role=Role.objects.get(code="general_manager"), place=cast.alpha)
    user_deactivate(user=boss, by=it)
    with pytest.raises(RightsExceeded):
        user_activate(user=boss, by=it)
    assert not again(boss).is_active
    assert user_activate(user=boss, by=again(cast.ada)).is_active


def test_a_token_gives_neither_more_than_its_maker_nor_more_than_its_user(cast, it):
    machine = user_make(cast.alpha, username="machine", is_machine=True)
    role_assign(user=machine, role=role_make(cast.chain, "rooms.view", "accounts.view"), place=cast.alpha)

    def issue(by, *names, places=(cast.alpha,)):
        return token_issue(
            user=machine,
            name="T",
            codenames=names,
            properties=places,
            expires_at=now() + timedelta(days=1),
            by=by,
        )

    with pytest.raises(RightsExceeded):
        issue(it, "view_rooms_area")  # the machine may, he may not
    with pytest.raises(RightsExceeded):
        issue(it, "manage_accounts_area")  # he may, the machine may not
    with pytest.raises(NotPermitted):
        issue(it, "view_accounts_area", places=(cast.alpha, cast.beta))
    with pytest.raises(RightsExceeded):
        issue(again(cast.ada), "view_accounts_area", places=(cast.alpha, cast.beta))
    assert not machine.api_tokens.exists()
    assert issue(it, "view_accounts_area").token.pk


def test_a_token_issues_no_tokens_and_a_superusers_token_is_no_superuser(cast):
    root = User.objects.create_superuser("root")
    root.grant_limit = Limit(frozenset({cast.alpha.pk}), frozenset({"manage_accounts_area"}))
    with pytest.raises(NotPermitted) as refused:
        token_issue(
            user=root,
            name="T",
            codenames=["manage_accounts_area"],
            properties=[cast.alpha],
            expires_at=now() + timedelta(days=1),
            by=root,
        )
    assert refused.value.code == "token_by_token"
    with pytest.raises(NotPermitted):
        require_manager(by=root, property_ids=[cast.beta.pk])
    with pytest.raises(RightsExceeded):
        role_assign(user=cast.ida, role=Role.objects.get(code="auditor"), place=cast.alpha, by=root)


def test_roles_are_copied_and_deleted_only_within_ones_chain(cast, eva):
    desk = Role.objects.get(code="front_desk")
    for who in (again(cast.bo), again(cast.ida)):
        with pytest.raises(NotPermitted):
            role_clone(role=desk, code="mine", name="Mine", by=who)
    copy = role_clone(role=desk, code="mine", name="Mine", by=eva)
    with pytest.raises(NotPermitted):
        role_delete(role=copy, by=again(cast.bo))
    role_delete(role=copy, by=eva)
    assert not Role.objects.filter(code="mine").exists()


def test_where_a_user_belongs_and_what_he_may_ever_do(cast):
    user = user_make(cast.beta, username="u")
    assert property_ids_of(user) == {cast.beta.pk}
    role_assign(user=user, role=role_make(cast.chain, "rooms.view"), group=group_make(cast.alpha))
    assert property_ids_of(user) == {cast.alpha.pk, cast.beta.pk}
    assert rights_ever(user) == {cast.alpha.pk: {"view_rooms_area"}}
    assert property_ids_of(cast.ida) == set()
