"""Paths letter by letter: families, roots, ids, no trailing slash."""

import pytest
from django.urls import Resolver404, include, path, resolve, reverse
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.test import APIClient

from hotel.core.api.routers import ComponentRouter
from hotel.core.api.viewsets import PmsViewSet


class EventViewSet(PmsViewSet):
    """Events."""

    area, permission_classes, verbs = "events", [AllowAny], {"confirm": "manage"}

    def list(self, request):
        """All."""
        return Response({"is": "events"})

    def retrieve(self, request, pk):
        """One."""
        return Response({"is": "event", "pk": pk})

    @action(detail=True, methods=["post"])
    def confirm(self, request, pk):
        """Confirm."""
        return Response({"confirmed": pk})


class BookingViewSet(EventViewSet):
    """Bookings."""

    is_abstract = False

    def list(self, request):
        """All."""
        return Response({"is": "bookings"})


class RoomTypeViewSet(EventViewSet):
    """Room types."""

    is_abstract = False


events, bare = ComponentRouter("events"), ComponentRouter()
events.register("bookings", BookingViewSet, basename="events-bookings")
events.register("", EventViewSet, basename="events")
bare.register("room-types", RoomTypeViewSet, basename="room-types")
urlpatterns = [path("api/v1/", include(events.urls)), path("api/v1/", include(bare.urls))]
pytestmark = pytest.mark.urls(__name__)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("/api/v1/events", "events-list"),
        ("/api/v1/events/7", "events-detail"),
        ("/api/v1/events/7/confirm", "events-confirm"),
        ("/api/v1/events/bookings", "events-bookings-list"),
        ("/api/v1/events/bookings/7", "events-bookings-detail"),
        ("/api/v1/events/bookings/7/confirm", "events-bookings-confirm"),
        ("/api/v1/room-types", "room-types-list"),
        ("/api/v1/room-types/7", "room-types-detail"),
    ],
)
def test_each_path_reaches_its_resource(url, name):
    assert resolve(url).url_name == name
    kwargs = {"pk": 7} if "7" in url else {}
    assert reverse(name, kwargs=kwargs) == url


@pytest.mark.parametrize(
    "url",
    [
        "/api/v1/events/",
        "/api/v1/events/x",
        "/api/v1/events/-1",
        "/api/v1/eventsbookings",
        "/api/v1/bookings",
    ],
)
def test_nothing_else_is_served(url):
    with pytest.raises(Resolver404):
        resolve(url)


def test_a_named_resource_and_an_id_never_collide(db):
    client = APIClient()
    assert client.get("/api/v1/events/bookings").json() == {"is": "bookings"}
    assert client.get("/api/v1/events/7").json() == {"is": "event", "pk": 7}
