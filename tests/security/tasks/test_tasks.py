"""The periodic work calls its services."""

from datetime import timedelta

from hotel.core.clock import now
from hotel.properties.models import Property
from security.models import AccessRequest, EmergencyAccess
from security.tasks import access_requests_end, access_reviews_open, emergencies_sweep
from tests.factories.security import access_request_make, emergency_access_make


def test_what_is_over_is_ended_and_what_is_due_is_opened(house):
    request = access_request_make(house.alpha, lapses_at=now() - timedelta(seconds=1))
    emergency = emergency_access_make(house.alpha)
    EmergencyAccess.objects.update(created_at=now() - timedelta(hours=2), ends_at=now() - timedelta(hours=1))
    Property.objects.filter(pk=house.alpha.pk).update(created_at=now() - timedelta(days=400))

    assert (access_requests_end(), emergencies_sweep(), access_reviews_open()) == (1, 1, 1)
    assert AccessRequest.objects.get(pk=request.pk).status == "lapsed"
    assert EmergencyAccess.objects.get(pk=emergency.pk).closed_at is not None
