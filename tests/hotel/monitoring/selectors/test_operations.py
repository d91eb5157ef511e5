"""Endpoints are named by their route."""

from django.urls import resolve

from hotel.monitoring.selectors.operations import area_and_kind, areas_by_operation, operation_of


def test_names_are_those_of_the_openapi_document():
    route = resolve("/api/v1/rooms/7").route
    assert operation_of("GET", route) == "GET /api/v1/rooms/{id}"
    assert operation_of("HEAD", route) == "GET /api/v1/rooms/{id}"


def test_what_is_asked_in_vain_or_in_strange_words_has_few_names():
    assert operation_of("GET", "") == "GET no endpoint"
    assert operation_of("BREW", "") == "OTHER no endpoint"


def test_the_area_and_whether_it_lists_come_from_the_view():
    assert area_and_kind(resolve("/api/v1/rooms").func, "GET") == ("rooms", True)
    assert area_and_kind(resolve("/api/v1/rooms/7").func, "GET") == ("rooms", False)
    assert area_and_kind(len, "GET") == ("", False)


def test_every_operation_of_the_api_is_known():
    known = areas_by_operation()
    assert known["POST /api/v1/bookings"] == "reservations"
    assert len(known) > 200
