from datetime import UTC, datetime

from django.utils import timezone


def test_times_are_those_of_the_property_and_the_servers_zone_is_back_afterwards(house, desk):
    stay = house.reserve(1, 1, status="option", hold_until=datetime(2099, 1, 1, 23, 30, tzinfo=UTC))

    page = desk.get(f"/dashboard/reservations/{stay.pk}").content.decode()

    assert "Fri 2 Jan 2099 00:30" in page
    assert timezone.get_current_timezone_name() == "UTC"


def test_someone_without_any_property_is_refused_and_a_visitor_asked_to_log_in(cast, signed_in, client):
    assert signed_in(cast.ida).get("/dashboard").status_code == 403
    assert client.get("/dashboard/rack")["Location"] == "/login?next=/dashboard/rack"
