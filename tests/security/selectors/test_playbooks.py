"""Which playbook fits; more of it in services/test_playbooks.py."""

from security.selectors.playbooks import playbook_of
from tests.factories.security import playbook_make, security_incident_make


def test_that_of_the_detector_or_of_the_category_or_none(house):
    incident = security_incident_make(house.alpha, category="token", detector="canary_token")
    assert playbook_of(incident) is None
    general = playbook_make(house.alpha, category="token", detector="")
    assert playbook_of(incident) == general
    playbook_make(house.alpha, category="token", detector="another")
    own = playbook_make(house.alpha, category="token", detector="canary_token")
    assert playbook_of(incident) == own
