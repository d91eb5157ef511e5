"""A disk that is nearly full: first files are refused, then changes, by itself; with room again all goes on."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InternalError, transaction
from django.test import Client
from rest_framework.test import APIClient

from hotel.core import disk
from hotel.core.disk import disk_watch
from hotel.core.exceptions import StorageLow
from hotel.monitoring.services.disk import disk_follow
from hotel.monitoring.services.health import health_look as looks_now
from hotel.monitoring.services.health import state_of
from hotel.monitoring.tasks import health_look
from hotel.properties.models import Property, PropertyRestraint
from hotel.properties.restraints import standing
from hotel.properties.services.restraints import restraint_place
from tests.factories.properties import property_restraint_make
from tests.factories.reservations import group_block_make

PASSWORD = "a very long passphrase"


@pytest.fixture
def left(disk_left, monkeypatch):
    """A function that says how many per cent are free, and lets the house follow."""

    def free(percent: int) -> int:
        disk_left(percent)
        monkeypatch.setattr("hotel.monitoring.adapters.probes.disk_free", lambda: (percent, percent << 30))
        changed = disk_follow()
        standing.refresh()
        return changed

    yield free
    standing.forget()


def disk_look():
    looks = looks_now()
    [look] = [look for look in looks if look.check.name == "disk"]
    return look.finding.state, state_of([look])


def test_with_little_room_files_are_507_health_is_amber_and_bookings_go_on(cast, api, left):
    assert left(9) == 0
    assert disk_look() == ("degraded", "degraded")
    cast.alpha.logo = SimpleUploadedFile("logo.png", b"x")
    with pytest.raises(StorageLow), transaction.atomic():
        cast.alpha.save()
    with pytest.raises(ValidationError) as beside_the_field:
        Property._meta.get_field("logo").clean(cast.alpha.logo, cast.alpha)
    assert beside_the_field.value.code == "storage_low"
    block = group_block_make(cast.alpha)
    answer = api(cast.ada).post(
        f"/api/v1/blocks/{block.pk}/rooming-list/file", b"a,b", content_type="text/csv",
        headers={"Idempotency-Key": "k-12345678"},
    )  # fmt: skip
    assert (answer.status_code, answer.json()["code"]) == (507, "storage_low"), answer.content
    assert (answer["Content-Type"], answer["Retry-After"]) == ("application/problem+json", "60")
    made = api(cast.ada).post("/api/v1/security/audit-logs/exports", {"format": "csv"}, format="json")
    assert (made.status_code, made.json()["code"]) == (507, "storage_low")
    Property.objects.filter(pk=cast.alpha.pk).update(phone="1")
    assert not PropertyRestraint.objects.exists()


def test_with_almost_none_nothing_changes_people_sign_in_and_are_told_health_is_red(cast, left):
    cast.ada.set_password(PASSWORD)
    cast.ada.save(update_fields=["password"])
    assert left(4) == 2
    assert set(PropertyRestraint.objects.values_list("property", "kind", "source")) == {
        (cast.alpha.pk, "read_only", "disk"), (cast.beta.pk, "read_only", "disk"),
    }  # fmt: skip
    assert disk_look() == ("failed", "failed")
    with pytest.raises(InternalError), transaction.atomic():
        Property.objects.filter(pk=cast.alpha.pk).update(phone="1")
    client = Client()
    assert client.post("/login", {"username": "ada", "password": PASSWORD}).status_code == 302
    page = client.get("/dashboard/rack")
    assert (page.status_code, b"Only 4 % of the disk is free." in page.content) == (200, True)
    refused = client.post("/dashboard/night-audit", {"do": "run"})
    assert (refused.status_code, refused["Retry-After"]) == (503, "60")
    assert client.post("/logout").status_code == 302
    answer = APIClient()
    answer.force_authenticate(cast.ada)
    told = answer.post("/api/v1/guests", {"last_name": "X"}, format="json")
    assert (told.status_code, told.json()["code"]) == (503, "read_only")


def test_it_begins_and_ends_once_for_all_processes_with_a_margin(cast, left):
    assert [left(free) for free in (5, 4, 4, 5, 6, 4, 6)] == [0, 2, 0, 0, 0, 0, 0]
    disk_watch.forget()  # as in a process that began just now: it saw nothing of this
    assert [left(free) for free in (6, 7, 7, 6)] == [0, 2, 0, 0]
    assert not PropertyRestraint.objects.standing().exists()


def test_what_an_incident_holds_back_stays_when_there_is_room_again(cast, left):
    property_restraint_make(cast.alpha, kind="read_only")
    assert left(4) == 2
    assert left(50) == 2
    [row] = PropertyRestraint.objects.standing()
    assert (row.property_id, row.source) == (cast.alpha.pk, "incident")


def test_the_look_of_each_minute_follows_too(cast, left, monkeypatch):
    left(50)
    monkeypatch.setattr(disk, "disk_free", lambda: (4, 0))
    health_look()
    assert PropertyRestraint.objects.standing().count() == 2
    row = PropertyRestraint.objects.filter(property=cast.alpha).get()
    again, is_new = restraint_place(
        place=cast.alpha, kind="read_only", reason="x", until=row.until, source="disk"
    )
    assert (again, is_new) == (row, False)
