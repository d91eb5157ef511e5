"""Rights that need a second person are not given by one; duties that go apart are not brought together."""

import pytest

from hotel.accounts.models import Role, RoleAssignment, User
from hotel.accounts.services.role_changes import role_change
from hotel.accounts.services.roles import role_assign
from hotel.core.exceptions import NotPermitted
from hotel.properties.scoping import grants_of
from security.models import Permission
from security.services.catalogue import duty_conflict_create
from security.services.gain_guards import DutiesConflict, SecondPersonRequired
from tests.factories.accounts import role_make, user_make


@pytest.fixture
def second(house):
    """Somebody else who may agree at both properties."""
    person = user_make(house.alpha, username="second")
    role = role_make(house.chain, "security.approve", "security.view", code="approver")
    for place in (house.alpha, house.beta):
        role_assign(user=person, role=role, place=place)
    return User.objects.get(pk=person.pk)


@pytest.fixture
def helper(house):
    """A role that hands out rights."""
    return role_make(house.chain, "accounts.manage", "accounts.view")


def held(user, place):
    grants = grants_of(User.objects.get(pk=user.pk))
    return {name for name, ids in grants.by_codename.items() if place.pk in ids}


def test_one_person_alone_does_not_give_a_guarded_right(house, second, helper):
    with pytest.raises(SecondPersonRequired) as refusal:
        role_assign(user=house.ida, role=helper, place=house.alpha, by=house.ada)

    assert refusal.value.extra == {"rights": ["manage accounts"]}
    assert held(house.ida, house.alpha) == set()
    assert not RoleAssignment.objects.filter(user=house.ida).exists()


def test_with_a_second_person_it_is_given(house, second, helper):
    role_assign(user=house.ida, role=helper, place=house.alpha, by=house.ada, approved_by=second)
    assert held(house.ida, house.alpha) == {"manage_accounts_area", "view_accounts_area"}


@pytest.mark.parametrize("who", ["ada", "ida", "bo"])
def test_neither_who_asks_nor_who_gains_nor_anybody_is_the_second_person(house, second, helper, who):
    with pytest.raises(NotPermitted):
        role_assign(
            user=house.ida, role=helper, place=house.alpha, by=house.ada, approved_by=getattr(house, who)
        )
    assert held(house.ida, house.alpha) == set()


def test_where_nobody_else_could_agree_one_person_is_enough(house, helper):
    role_assign(user=house.ida, role=helper, place=house.alpha, by=house.ada)
    assert "manage_accounts_area" in held(house.ida, house.alpha)


def test_somebody_who_may_agree_at_one_of_two_places_is_no_second_person_for_both(house, helper):
    from hotel.properties.services.groups import group_create

    person = user_make(house.beta, username="only_beta")
    role_assign(
        user=person, role=role_make(house.chain, "security.approve", code="approver"), place=house.beta
    )
    both = group_create(chain=house.chain, name="Both", properties=[house.alpha, house.beta])

    role_assign(user=house.ida, role=helper, group=both, by=house.ada)
    assert "manage_accounts_area" in held(house.ida, house.beta)


def test_ordinary_rights_and_those_the_chain_does_not_guard_pass(house, second, helper):
    role_assign(
        user=house.ida, role=role_make(house.chain, "rooms.view", code="o"), place=house.alpha, by=house.ada
    )
    Permission.objects.filter(chain=house.chain).update(needs_second_person=False)
    role_assign(user=house.ida, role=helper, place=house.alpha, by=house.ada)
    assert held(house.ida, house.alpha) == {"view_rooms_area", "manage_accounts_area", "view_accounts_area"}


def test_a_guarded_right_is_not_slipped_into_a_role_that_is_held(house, second):
    role = role_make(house.chain, "rooms.view")
    role_assign(user=house.ida, role=role, place=house.alpha)
    with pytest.raises(SecondPersonRequired):
        role_change(role=role, changes={}, rights={("rooms", "view"), ("accounts", "manage")}, by=house.ada)
    assert held(house.ida, house.alpha) == {"view_rooms_area"}


def test_a_superuser_needs_a_second_person_too(house, second, helper):
    owner = User.objects.create_superuser(username="owner", password="x")
    with pytest.raises(SecondPersonRequired):
        role_assign(user=house.ida, role=helper, place=house.alpha, by=owner)
    assert held(house.ida, house.alpha) == set()


class TestDutiesApart:
    @pytest.fixture
    def rule(self, house):
        pair = [Permission.objects.get(chain=house.chain, area=a, verb="view") for a in ("rooms", "rates")]
        return duty_conflict_create(first=pair[0], second=pair[1], action="forbid", reason="Test.", by=None)

    def test_the_second_duty_is_refused_at_the_same_place_only(self, house, rule):
        rooms, rates = (role_make(house.chain, f"{a}.view", code=a) for a in ("rooms", "rates"))
        role_assign(user=house.ida, role=rooms, place=house.alpha, by=house.ada)
        with pytest.raises(DutiesConflict) as refusal:
            role_assign(user=house.ida, role=rates, place=house.alpha, by=house.ada)

        assert refusal.value.extra == {"property": house.alpha.pk, "conflicts": [str(rule)]}
        assert held(house.ida, house.alpha) == {"view_rooms_area"}
        role_assign(user=house.ida, role=rates, place=house.beta, by=house.ada)
        assert held(house.ida, house.beta) == {"view_rates_area"}

    def test_one_role_with_both_is_refused(self, house, rule):
        with pytest.raises(DutiesConflict):
            role_assign(
                user=house.ida,
                role=role_make(house.chain, "rooms.view", "rates.view"),
                place=house.alpha,
                by=house.ada,
            )
        assert held(house.ida, house.alpha) == set()

    def test_whoever_holds_both_already_may_gain_more(self, house, rule):
        before = held(house.bo, house.alpha)
        assert {"view_rooms_area", "view_rates_area"} <= before
        role = role_make(house.chain, "guests.merge", code="merger")
        role_assign(user=house.bo, role=role, place=house.alpha, by=house.ada)
        assert held(house.bo, house.alpha) == before | {"merge_guests_area"}

    def test_a_rule_that_only_warns_refuses_nothing(self, house, rule):
        rule.action = "warn"
        rule.save()
        role = role_make(house.chain, "rooms.view", "rates.view")
        role_assign(user=house.ida, role=role, place=house.alpha, by=house.ada)
        assert len(held(house.ida, house.alpha)) == 2


def test_the_house_itself_passes_all_guards(house, second):
    role_assign(
        user=house.ida, role=Role.objects.get(code="general_manager", chain=house.chain), place=house.alpha
    )
    assert "manage_accounts_area" in held(house.ida, house.alpha)
