"""The API monitor."""

from datetime import timedelta

from django.test import Client

from hotel.core.clock import now
from tests.factories.monitoring import api_usage_make, slow_request_make

URL = "/dashboard/monitoring/"


def page(user, query=""):
    client = Client()
    client.force_login(user)
    return client.get(URL + query)


def test_an_empty_monitor_says_what_will_be_seen(cast):
    answer = page(cast.ada)
    assert answer.status_code == 200
    assert "Nobody has asked the API" in answer.content.decode()


def test_the_monitor_shows_figures_bars_and_slow_requests_without_a_script(cast):
    api_usage_make(cast.alpha, started_at=now() - timedelta(minutes=5), count=42)
    slow_request_make(cast.alpha, at=now(), statements=[{"sql": "SELECT ?", "count": 1, "us": 5}])
    text = page(cast.ada, "?span=hour").content.decode()
    for words in ("42 requests", "<rect ", "GET /api/v1/rooms", "SELECT ?"):
        assert words in text
    assert 'style="' not in text.split("<main")[1]


def test_who_may_not_see_usage_is_refused(cast):
    assert page(cast.di).status_code == 403
