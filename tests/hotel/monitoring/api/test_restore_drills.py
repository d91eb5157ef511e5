"""Trials of backups over the API: for who holds the right at every property."""

from tests.contracts.base import assert_problem, ids_of
from tests.contracts.stage import ALL_RIGHTS, ALL_VIEWS
from tests.factories.monitoring import MINUTE, restore_drill_make

URL = "/api/v1/monitoring/restore-drills"


def test_they_are_read_with_their_figures_and_changed_by_nobody(stage):
    drill = restore_drill_make()
    client = stage.client_of(ALL_RIGHTS, stage.alpha, stage.beta)
    found = client.get(f"{URL}/{drill.pk}").json()
    assert (found["lost_seconds"], found["restore_seconds"], found["is_proven"]) == (3600, "12.50", True)
    assert found["checks"] == drill.checks
    for call in (client.put, client.patch, client.delete):
        assert_problem(call(f"{URL}/{drill.pk}"), 405, "method_not_allowed")
    assert_problem(client.post(URL, {}, format="json"), 405, "method_not_allowed")
    drill.refresh_from_db()
    assert drill.is_proven


def test_they_are_filtered_and_the_last_comes_first(stage):
    good, bad = restore_drill_make(), restore_drill_make(is_proven=False, started_at=MINUTE.replace(hour=20))
    client = stage.client_of(ALL_VIEWS, stage.alpha, stage.beta)
    assert ids_of(client.get(URL)) == [bad.pk, good.pk]
    assert ids_of(client.get(f"{URL}?is_proven=false")) == [bad.pk]
    assert ids_of(client.get(f"{URL}?before=2027-03-14T12:00:00Z")) == [good.pk]


def test_who_holds_no_right_or_holds_it_at_one_property_sees_none(stage):
    drill = restore_drill_make()
    assert_problem(stage.client().get(URL), 401, "not_authenticated")
    assert_problem(stage.client_of(ALL_RIGHTS - {"view_monitoring_area"}).get(URL), 403, "permission_denied")
    here = stage.client_of(ALL_VIEWS, stage.alpha)
    assert ids_of(here.get(URL)) == []
    assert_problem(here.get(f"{URL}/{drill.pk}"), 404, "not_found")
