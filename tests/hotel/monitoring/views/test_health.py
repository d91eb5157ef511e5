"""The page of the house's health, and the status page."""

from django.test import Client

from hotel.core.clock import now
from tests.factories.monitoring import api_alert_make, api_health_make

URL = "/dashboard/monitoring/health"


def test_who_manages_everything_sees_parts_promises_and_alarms(cast, signed_in):
    api_alert_make()
    text = signed_in(cast.ada).get(URL).content.decode()
    for words in (
        "Database",
        "Clock of the schedules",
        "% of connections",
        "A promise is not kept",
        "0.99950",
    ):
        assert words in text
    assert 'style="' not in text.split("<main")[1]


def test_who_works_at_one_property_sees_what_the_public_sees(signed_in, stage):
    api_health_make(check_name="database", checked_at=now())
    person = stage.person({"view_monitoring_area"}, stage.alpha)
    text = signed_in(person).get(URL).content.decode()
    assert "Reservations and desk" in text
    assert "% of connections" not in text


def test_who_may_not_see_monitoring_is_refused(cast, signed_in):
    assert signed_in(cast.di).get(URL).status_code == 403


def test_the_monitor_leads_to_it_and_it_to_the_status_page(cast, signed_in):
    client = signed_in(cast.ada)
    assert f'href="{URL}"' in client.get("/dashboard/monitoring/").content.decode()
    assert 'href="/status"' in client.get(URL).content.decode()


def test_everybody_may_read_the_status_and_learns_no_figures(db):
    api_health_make(
        check_name="database", checked_at=now(), detail="secret detail", value=86_421, unit="% of connections"
    )
    answer = Client().get("/status")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Everything works" in text
    assert "100.0%" in text
    for words in ("secret detail", "86421", "connections"):
        assert words not in text
