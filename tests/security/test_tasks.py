"""What workers do by themselves."""

from security.models import RetentionRule
from security.tasks import privacy_cases_work, retention_propose
from tests.factories.security_privacy import approved_make


def test_approved_erasures_are_carried_out(cast):
    request = approved_make(cast.alpha)
    assert privacy_cases_work() == 1
    assert privacy_cases_work() == 0
    request.refresh_from_db()
    assert request.status == "completed"


def test_by_night_each_house_gets_its_registers(cast):
    assert retention_propose() == 0
    places = RetentionRule.objects.values_list("property__code", flat=True).distinct()
    assert set(places) == {"ALPHA", "BETA"}
