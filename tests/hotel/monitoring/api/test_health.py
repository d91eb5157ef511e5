"""The state of the house over the API: for who holds the right at every property."""

import pytest

from hotel.core.clock import now
from hotel.monitoring.services.health import health_checks
from tests.contracts.base import assert_problem, ids_of
from tests.contracts.stage import ALL_RIGHTS, ALL_VIEWS
from tests.factories.monitoring import api_alert_make, api_health_make

URL = "/api/v1/monitoring/health"
PAGES = ("", "/deep", "/objectives", "/alerts")


@pytest.fixture
def everywhere(stage):
    return stage.client_of(ALL_VIEWS, stage.alpha, stage.beta)


@pytest.mark.parametrize("page", PAGES)
def test_strangers_and_who_holds_no_right_are_refused(stage, page):
    assert_problem(stage.client().get(URL + page), 401, "not_authenticated")
    assert_problem(
        stage.client_of(ALL_RIGHTS - {"view_monitoring_area"}).get(URL + page), 403, "permission_denied"
    )


def test_looks_are_listed_filtered_and_shown_one_by_one(stage, everywhere):
    disk = api_health_make(state="failed", checked_at=now())
    mail = api_health_make(check_name="mail", checked_at=now())
    assert set(ids_of(everywhere.get(URL))) == {disk.pk, mail.pk}
    assert ids_of(everywhere.get(f"{URL}?check_name=mail")) == [mail.pk]
    assert ids_of(everywhere.get(f"{URL}?state=failed&state=degraded")) == [disk.pk]
    assert everywhere.get(f"{URL}/{disk.pk}").json()["state"] == "failed"


def test_who_holds_it_at_one_property_only_sees_nothing_of_the_whole(stage):
    row = api_health_make(checked_at=now())
    api_alert_make()
    here = stage.client_of(ALL_VIEWS, stage.alpha)
    assert ids_of(here.get(URL)) == []
    assert here.get(f"{URL}/alerts").json() == []
    assert_problem(here.get(f"{URL}/{row.pk}"), 404, "not_found")
    for page in ("/deep", "/objectives"):
        assert_problem(here.get(URL + page), 403, "permission_denied")


def test_the_deep_look_tells_every_part(everywhere):
    api_health_make(checked_at=now())
    found = everywhere.get(f"{URL}/deep").json()
    assert [look["check_name"] for look in found["checks"]] == [check.name for check in health_checks()]
    assert {look["check_name"]: look["is_vital"] for look in found["checks"]}["database"] is True
    # Nobody is named by what the test itself wrote; in a house every door names somebody.
    assert [look["check_name"] for look in found["checks"] if look["state"] == "degraded"] == ["trail"]
    assert found["state"] == "degraded"


def test_promises_and_alarms_are_told(everywhere):
    alert = api_alert_make()
    assert [row["id"] for row in everywhere.get(f"{URL}/alerts").json()] == [alert.pk]
    told = everywhere.get(f"{URL}/objectives").json()
    assert [(row["objective"], row["kept_rate"]) for row in told] == [
        ("availability", "0.99950"),
        ("errors", "0.99900"),
        ("latency", "0.95000"),
    ]
