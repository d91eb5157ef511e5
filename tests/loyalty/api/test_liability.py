"""Each hotel reads its own side of the books."""

from loyalty.models import LiabilitySnapshot, PropertySettlement
from tests.contracts.crud import ReadContract
from tests.factories.loyalty import liability_snapshot_make, property_settlement_make

URL = "/api/v1/loyalty"


class TestLiabilities(ReadContract):
    model, url, area = LiabilitySnapshot, f"{URL}/liabilities", "loyalty"

    def make(self, place, n):
        return liability_snapshot_make(place, n)


class TestSettlements(ReadContract):
    model, url, area = PropertySettlement, f"{URL}/settlements", "loyalty"

    def make(self, place, n):
        return property_settlement_make(place, n)
