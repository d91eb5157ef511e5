"""Who is told, and in which words; a group's request needs somebody who may agree at each member."""

from security.services.notices import access_request_tell, emergency_tell
from tests.factories.properties import group_make
from tests.factories.security import access_request_make, emergency_access_make


def test_a_request_for_a_group_asks_those_who_may_agree_at_all_its_members(house):
    group = group_make(house.alpha, house.beta)
    request = access_request_make(house.alpha, property=None, group=group)
    assert (access_request_tell(request_id=request.pk), access_request_tell(request_id=request.pk)) == (1, 1)

    group.properties.clear()
    assert access_request_tell(request_id=request.pk) == 0


def test_nobody_is_told_of_his_own(house):
    emergency = emergency_access_make(house.alpha, user=house.ada)
    assert emergency_tell(emergency_id=emergency.pk) == 0
