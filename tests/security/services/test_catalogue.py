"""A chain has every right of the house once, and what it made of one stays."""

import pytest
from django.core.exceptions import ValidationError

from hotel.accounts.models import Role
from hotel.accounts.services.role_changes import rights_known
from hotel.core.exceptions import InvalidInput, NotPermitted
from security.domain.access import DUTIES, SECOND_PERSON
from security.models import AccessPolicy, DutyConflict, Permission
from security.services.catalogue import (
    catalogue_seed,
    catalogues_refresh,
    duty_conflict_change,
    duty_conflict_create,
    duty_conflict_delete,
    permission_change,
    policy_change,
)
from tests.factories.accounts import role_make
from tests.factories.properties import chain_make


def right(house, area, verb) -> Permission:
    return Permission.objects.get(chain=house.chain, area=area, verb=verb)


def stored():
    return [list(model.objects.order_by("pk").values()) for model in (Permission, DutyConflict, AccessPolicy)]


def test_a_chain_gets_the_rights_of_all_plugs_its_duties_and_its_policy(house):
    known = {(area, verb) for area, verbs in rights_known().items() for verb in verbs}
    rows = {row.pair: row for row in Permission.objects.filter(chain=house.chain)}

    assert rows.keys() == known
    assert {pair for pair, row in rows.items() if row.needs_second_person} == SECOND_PERSON
    assert DutyConflict.objects.filter(chain=house.chain, action="warn").count() == len(DUTIES)
    assert house.chain.access_policy.emergency_role.code == "general_manager"


def test_seeding_again_changes_nothing_and_keeps_what_the_chain_made_of_it(house):
    permission_change(permission=right(house, "rooms", "view"), changes={"risk": "sensitive"}, by=None)
    DutyConflict.objects.first().delete()
    before = stored()

    assert catalogue_seed(chain=house.chain) == 0
    catalogues_refresh()

    assert stored() == before


def test_a_right_that_no_plug_knows_goes(house):
    Permission.objects.create(chain=house.chain, area="spa", verb="view")

    catalogue_seed(chain=house.chain)

    assert not Permission.objects.filter(area="spa").exists()


def test_the_catalogue_is_changed_by_who_manages_security_at_every_property(house):
    row, before = right(house, "rooms", "view"), stored()
    with pytest.raises(NotPermitted):
        permission_change(permission=row, changes={"risk": "privileged"}, by=house.bo)
    with pytest.raises(NotPermitted):
        policy_change(policy=house.chain.access_policy, changes={"request_days": 3}, by=house.bo)
    assert stored() == before

    permission_change(permission=row, changes={"risk": "privileged", "area": "else"}, by=house.ada)
    policy_change(policy=house.chain.access_policy, changes={"request_days": 3}, by=house.ada)

    row.refresh_from_db()
    assert (row.risk, row.area) == ("privileged", "rooms")
    assert AccessPolicy.objects.get(chain=house.chain).request_days == 3


def test_a_policy_keeps_its_ranges_and_its_chain(house):
    other = role_make(chain_make(code="OTHER"), "rooms.view")
    before = stored()
    with pytest.raises(ValidationError):
        policy_change(policy=house.chain.access_policy, changes={"emergency_minutes": 481}, by=house.ada)
    with pytest.raises(InvalidInput, match="another chain"):
        policy_change(policy=house.chain.access_policy, changes={"emergency_role": other}, by=house.ada)
    assert stored() == before


def test_a_pair_of_duties_stands_once_whatever_its_order(house):
    first, second = right(house, "rooms", "view"), right(house, "rates", "view")
    rule = duty_conflict_create(first=second, second=first, action="forbid", reason="Because.", by=house.ada)
    assert rule.first_id < rule.second_id

    before = stored()
    for pair in ((first, second), (second, first), (first, first)):
        with pytest.raises(InvalidInput):
            duty_conflict_create(first=pair[0], second=pair[1], action="warn", reason="Again.", by=house.ada)
    with pytest.raises(NotPermitted):
        duty_conflict_change(rule=rule, changes={"action": "warn"}, by=house.bo)
    with pytest.raises(NotPermitted):
        duty_conflict_delete(rule=rule, by=house.bo)
    assert stored() == before

    assert duty_conflict_change(rule=rule, changes={"action": "warn"}, by=house.ada).action == "warn"
    duty_conflict_delete(rule=rule, by=house.ada)
    assert not DutyConflict.objects.filter(pk=rule.pk).exists()


def test_rights_of_two_chains_make_no_pair(house):
    other = chain_make(code="OTHER")
    catalogue_seed(chain=other)
    strange = Permission.objects.filter(chain=other).first()
    with pytest.raises(InvalidInput, match="two chains"):
        duty_conflict_create(
            first=right(house, "rooms", "view"), second=strange, action="warn", reason="No.", by=None
        )
    assert AccessPolicy.objects.get(chain=other).emergency_role is None
    assert not Role.objects.filter(chain=other).exists()
