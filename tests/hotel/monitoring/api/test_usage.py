"""Usage over the API."""

from hotel.monitoring.models import ApiUsage
from tests.contracts.crud import ReadContract
from tests.contracts.queries import QueryContract
from tests.factories.monitoring import api_usage_make


class TestUsage(ReadContract, QueryContract):
    model, url, area = ApiUsage, "/api/v1/monitoring/usage", "monitoring"

    def make(self, place, n):
        return api_usage_make(place, client_id=n + 1)
