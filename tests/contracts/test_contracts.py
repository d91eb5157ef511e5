"""The contracts themselves, run against a throw-away resource over buildings."""

import httpx
import pytest
from django.test import override_settings
from django.urls import include, path
from django_filters import rest_framework as filters

from hotel.core.api.routers import ComponentRouter
from hotel.core.exceptions import ExternalFailure
from hotel.properties.api.mixins import CrudViewSet, PropertyScopedSerializer
from hotel.properties.models import Building
from tests.contracts.adapters import HttpAdapterContract
from tests.contracts.crud import CrudContract
from tests.contracts.permissions import Case, assert_case
from tests.contracts.scoping import ScopedModelContract


class BuildingSerializer(PropertyScopedSerializer):
    class Meta:
        model = Building
        fields = ["id", "property", "code", "name"]


class BuildingFilter(filters.FilterSet):
    class Meta:
        model = Building
        fields = ["property", "code"]


class BuildingViewSet(CrudViewSet):
    """Buildings."""

    queryset = Building.objects.all()
    serializer_class = BuildingSerializer
    filterset_class = BuildingFilter
    area = "properties"
    search_fields = ["name"]
    ordering_fields = ["code", "name"]


router = ComponentRouter("throw-away")
router.register("buildings", BuildingViewSet)
urlpatterns = [path("api/v1/", include(router.urls))]
here = override_settings(ROOT_URLCONF=__name__)


@pytest.fixture(autouse=True)
def _own_urls():
    with here:
        yield


def building_make(place, **over):
    return Building.objects.create(**{"property": place, "code": "B0", "name": "Main house", **over})


class TestBuildings(CrudContract):
    model, url, area = Building, "/api/v1/throw-away/buildings", "properties"
    update = {"name": "North wing"}

    def make(self, place, n):
        return building_make(place, code=f"B{n}")

    def create(self, place):
        return {"property": place.pk, "code": "NEW", "name": "New house"}


class TestBuildingScope(ScopedModelContract):
    model, area = Building, "properties"
    factory = building_make


TABLE = [
    Case("get", "/api/v1/throw-away/buildings/{building}", "view_properties_area", 200, outsider=(404,)),
    Case(
        "patch",
        "/api/v1/throw-away/buildings/{building}",
        "manage_properties_area",
        200,
        {"name": "X"},
        (404,),
    ),
    Case("delete", "/api/v1/throw-away/buildings/{building}", "manage_properties_area", 204, outsider=(404,)),
]


@pytest.mark.parametrize("case", TABLE, ids=str)
def test_permission_tables_are_driven_both_ways(case, stage):
    assert_case(case, stage, building=building_make(stage.alpha).pk)


class Pager:
    def __init__(self, key, transport):
        self.key = key
        self.http = httpx.Client(transport=transport, timeout=3, base_url="https://pager.example")

    def send(self, text):
        try:
            answer = self.http.post("/send", json={"text": text}, headers={"Authorization": self.key})
            answer.raise_for_status()
            return answer.json()["id"]
        except (httpx.HTTPError, ValueError, KeyError) as error:
            raise ExternalFailure(f"The pager failed: {type(error).__name__}.") from error


class TestPager(HttpAdapterContract):
    secrets = ("top-secret",)

    def adapter(self, transport):
        return Pager("top-secret", transport)

    def call(self, adapter):
        return adapter.send("Room 12 leaks.")

    def accepted(self):
        return httpx.Response(200, json={"id": "p-17"})

    def check(self, result):
        assert result == "p-17"
