"""How each containment is done; through real doors in test_containments.py."""

from hotel.monitoring.models import RateLimit
from security.domain.containment import WAYS
from security.selectors.aims import target_of
from security.services.containment_acts import _DOERS, _UNDOERS, act_do, act_undo
from tests.factories.security import security_incident_make


def test_each_way_can_be_done_and_taken_back_where_it_says_so():
    assert set(_DOERS) == set(WAYS)
    assert set(_UNDOERS) == {code for code, way in WAYS.items() if way.undo}


def test_a_block_tells_whoever_meets_it_nothing_of_the_incident(house):
    incident, target = security_incident_make(house.alpha), target_of("block_address", "203.0.113.9", None)
    effect, words = act_do("block_address", target, incident)
    rule = RateLimit.objects.get(pk=effect["rule"])
    assert (rule.name.startswith("block-"), str(incident.pk) in rule.name.split("-")) == (True, False)
    assert words.startswith("203.0.113.9 is blocked until ")
    assert act_undo("block_address", target, effect) == "203.0.113.9 is answered again."
    assert not RateLimit.objects.filter(pk=rule.pk).exists()
