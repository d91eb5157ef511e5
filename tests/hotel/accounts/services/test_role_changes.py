from decimal import Decimal

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from djmoney.money import Money

from hotel.accounts.choices import LimitKind
from hotel.accounts.models import Role, User
from hotel.accounts.services.role_changes import rights_known, role_change, role_clone, role_delete
from hotel.accounts.services.roles import role_assign
from hotel.core.exceptions import InvalidInput, RuleBroken
from hotel.properties.scoping import grants_of
from hotel.properties.services.groups import group_change
from tests.factories.accounts import role_make
from tests.factories.properties import group_make


@pytest.fixture
def desk(cast) -> Role:
    return Role.objects.get(code="front_desk")


def pairs(role):
    return {(right.area, right.verb) for right in role.permissions.all()}


def amounts(role):
    return {(limit.kind, str(limit.amount.currency), limit.amount.amount) for limit in role.limits.all()}


def test_a_copy_has_the_same_rights_and_limits_and_no_holder(desk):
    copy = role_clone(role=desk, code="night_desk", name="Night desk")

    assert (copy.code, copy.name, copy.is_seeded) == ("night_desk", "Night desk", False)
    assert copy.max_discount_rate == Decimal("0.1000")
    assert pairs(copy) == pairs(desk)
    assert (
        amounts(copy) == amounts(desk) == {("rebate", "EUR", Decimal(50)), ("rebate", "JPY", Decimal(5000))}
    )
    assert not copy.assignments.exists()


def test_a_copy_needs_a_code_of_its_own(desk):
    for code in ("front_desk", "", "not a slug"):
        with pytest.raises(ValidationError):
            role_clone(role=desk, code=code, name="X")
    assert Role.objects.filter(name="X").count() == 0


def test_other_rights_reach_the_holders_at_once(cast, desk):
    role_change(role=desk, changes={}, rights=[("rooms", "view"), ("rates", "override")])

    held = grants_of(User.objects.get(pk=cast.bo.pk))
    assert pairs(desk) == {("rooms", "view"), ("rates", "override")}
    assert held.by_codename == {
        "view_rooms_area": {cast.alpha.pk},
        "override_rates_area": {cast.alpha.pk},
    }
    assert grants_of(User.objects.get(pk=cast.eve.pk)).holds("override", "rates", cast.beta.pk)
    assert grants_of(User.objects.get(pk=cast.cy.pk)).holds("view", "guests", cast.alpha.pk)


def test_changes_of_rights_are_in_the_audit(desk):
    before = LogEntry.objects.filter(content_type__model="rolepermission").count()
    role_change(role=desk, changes={}, rights=[*pairs(desk), ("rates", "override")])
    assert LogEntry.objects.filter(content_type__model="rolepermission").count() == before + 1


def test_other_limits_replace_the_old_ones(desk):
    role_change(
        role=desk,
        changes={"max_discount_rate": Decimal("0.2"), "name": "Desk", "code": "ignored"},
        limits=[(LimitKind.REFUND, Money(20, "EUR"))],
    )
    desk.refresh_from_db()
    assert (desk.name, desk.code, desk.max_discount_rate) == ("Desk", "front_desk", Decimal("0.2000"))
    assert amounts(desk) == {("refund", "EUR", Decimal(20))}


@pytest.mark.parametrize(
    ("case", "change", "code"),
    [
        ("unknown area", {"rights": [("moon", "view")]}, "right_unknown"),
        ("unknown verb", {"rights": [("rooms", "fly")]}, "right_unknown"),
        ("twice", {"limits": [("rebate", Money(1, "EUR")), ("rebate", Money(2, "EUR"))]}, "limit_twice"),
        ("unknown kind", {"limits": [("tip", Money(1, "EUR"))]}, "limit_twice"),
        ("negative", {"limits": [("rebate", Money(-1, "EUR"))]}, "limit_negative"),
    ],
)
def test_wrong_changes_are_refused(desk, case, change, code):
    before = pairs(desk), amounts(desk)
    with pytest.raises(InvalidInput) as refused:
        role_change(role=desk, changes={}, **change)
    assert refused.value.code == code
    assert (pairs(desk), amounts(desk)) == before


def test_a_rate_beyond_one_is_refused(desk):
    with pytest.raises(ValidationError):
        role_change(role=desk, changes={"max_discount_rate": Decimal("1.1")})


def test_seeded_and_held_roles_stay(cast, desk):
    with pytest.raises(RuleBroken) as refused:
        role_delete(role=desk)
    assert refused.value.code == "role_seeded"
    held = role_make(cast.chain)
    held.assignments.create(user=cast.ida, property=cast.alpha)
    with pytest.raises(ProtectedError):
        role_delete(role=held)
    assert Role.objects.filter(pk__in=[desk.pk, held.pk]).count() == 2


def test_the_rights_of_the_house():
    known = rights_known()
    assert known["accounts"] == ("view", "manage", "act_as")
    assert next(iter(known)) == "system"


class TestGainGuards:
    """Whoever gains rights is told of to the guards, which may refuse."""

    @pytest.fixture
    def gains(self, monkeypatch):
        told = []
        monkeypatch.setattr("hotel.accounts.gain_ports._guards", [told.append])
        return told

    def test_holders_of_a_role_gain_what_is_added_to_it(self, cast, gains):
        role = role_make(cast.chain, "rooms.view")
        role_assign(user=cast.ida, role=role, place=cast.alpha)
        gains.clear()

        role_change(role=role, changes={}, rights={("rooms", "view"), ("rates", "view")})

        [gain] = gains
        assert (gain.user, gain.places, gain.by) == (cast.ida, [cast.alpha], None)
        assert gain.rights == {("rates", "view")}

    def test_nobody_gains_by_a_name_or_fewer_rights(self, cast, gains):
        role = role_make(cast.chain, "rooms.view", "rates.view")
        role_assign(user=cast.ida, role=role, place=cast.alpha)
        gains.clear()

        role_change(role=role, changes={"name": "Other"}, rights={("rooms", "view")})

        assert gains == []

    def test_a_refused_gain_changes_nothing(self, cast, monkeypatch):
        role = role_make(cast.chain, "rooms.view")

        def refuse(gain):
            raise RuleBroken("No.", code="test")

        monkeypatch.setattr("hotel.accounts.gain_ports._guards", [refuse])
        with pytest.raises(RuleBroken):
            role_assign(user=cast.ida, role=role, place=cast.alpha)

        assert not cast.ida.role_assignments.exists()
        assert grants_of(User.objects.get(pk=cast.ida.pk)).any_property_ids() == frozenset()

    def test_a_new_member_of_a_group_is_a_gain_of_its_role_holders(self, cast, gains):
        role, group = role_make(cast.chain, "rooms.view"), group_make(cast.alpha)
        role_assign(user=cast.ida, role=role, group=group)
        gains.clear()

        group_change(group=group, properties=[cast.alpha, cast.beta])

        [gain] = gains
        assert (gain.user, gain.places, gain.rights) == (cast.ida, [cast.beta], {("rooms", "view")})
