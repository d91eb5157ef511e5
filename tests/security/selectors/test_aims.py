"""What a containment is aimed at; who may touch what is in services/test_containments.py."""

import pytest

from hotel.core.actor import acting
from hotel.core.exceptions import InvalidInput
from security.domain.containment import Aim
from security.selectors.aims import target_of


def test_a_person_is_found_by_his_number_with_what_forbids_to_act(house):
    found = target_of("end_sessions", str(house.bo.pk), house.ada)
    assert (found.text, found.row, found.name, found.aim) == (f"user:{house.bo.pk}", house.bo, "bo", Aim())
    own = target_of("end_sessions", str(house.ada.pk), house.ada)
    assert own.aim == Aim(is_own=True, is_last_keeper=True)


def test_an_address_is_one_s_own_when_it_holds_where_one_comes_from(house):
    with acting(door="page", user_id=house.ada.pk, address="203.0.113.9"):
        assert target_of("block_address", "203.0.113.0/24", house.ada).aim == Aim(is_own=True)
        assert target_of("block_address", "203.0.114.0/24", house.ada).aim == Aim()


def test_what_does_not_exist_is_refused(house):
    with pytest.raises(InvalidInput) as refused:
        target_of("revoke_token", "7", house.ada)
    assert refused.value.code == "target_unknown"
