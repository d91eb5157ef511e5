"""Files for a guest: made, handed out by a link that ends, emptied."""

import json
from datetime import timedelta

import pytest
import time_machine

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, NotFound, StorageLow
from security.models import PrivacyBundle
from security.services import bundles as bundles_service
from security.services.bundles import (
    bundle_file,
    bundle_order,
    bundle_token,
    bundles_expire,
    bundles_make,
)
from security.services.privacy_requests import request_carry_out
from tests.factories.guests import guest_make
from tests.factories.security_privacy import identified_make, privacy_bundle_make, privacy_request_make


@pytest.mark.pdf
def test_files_are_made_handed_out_and_counted(cast, client):
    request = identified_make(cast.alpha, guest_make(cast.alpha, last_name="Zoracanary"))
    bundle_order(request=request)
    assert bundles_make() == 1
    assert bundles_make() == 0
    row = PrivacyBundle.objects.get()
    assert (row.status, row.progress, len(row.digest)) == ("ready", 100, 64)
    token = bundle_token(row)
    for kind, start in {"pdf": b"%PDF", "json": b"{", "csv": b"what,row"}.items():
        answer = client.get(f"/dashboard/security/bundles/{token}/{kind}")
        assert answer.status_code == 200
        assert answer.content.startswith(start)
        assert answer["Cache-Control"].startswith("max-age=0")
    content = json.loads(bundle_file(token=token, kind="json")[0])
    (profile,) = (part for part in content["data"] if "last_name" in part["fields"])
    assert profile["rows"][0]["last_name"] == "Zoracanary"
    assert PrivacyBundle.objects.get().downloads == 4
    assert request_carry_out(request=request, by=cast.ada).status == "completed"


def test_with_little_room_no_files_are_ordered_or_made(cast, disk_left):
    request = identified_make(cast.alpha, guest_make(cast.alpha))
    ordered = bundle_order(request=request)
    disk_left(9)
    with pytest.raises(StorageLow):
        bundle_order(request=request)
    assert bundles_make() == 0
    row = PrivacyBundle.objects.get()
    assert (row, row.status, row.document, row.printed) == (ordered, "failed", "", "")
    assert row.failure.startswith("Only 9 % of the disk is free")


@pytest.mark.pdf
def test_a_link_ends_is_not_forged_and_what_is_over_is_emptied(cast, client):
    privacy_bundle_make(cast.alpha)
    bundles_make()
    row = PrivacyBundle.objects.get()
    token = bundle_token(row)
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), "1.x", "x"):
        assert client.get(f"/dashboard/security/bundles/{wrong}/json").status_code == 404
    with pytest.raises(NotFound):
        bundle_file(token=token, kind="exe")
    assert bundles_expire() == 0
    with time_machine.travel(now() + timedelta(days=7, seconds=1), tick=False):
        with pytest.raises(NotFound):
            bundle_file(token=token, kind="json")
        assert bundles_expire() == 1
    row.refresh_from_db()
    assert (row.status, row.document, row.printed) == ("expired", "", "")


def test_files_are_made_for_identified_guests_only_and_once_at_a_time(cast):
    with pytest.raises(Conflict):
        bundle_order(request=privacy_request_make(cast.alpha))
    with pytest.raises(Conflict):
        bundle_order(request=identified_make(cast.alpha, kind="restriction"))
    request = identified_make(cast.alpha)
    assert bundle_order(request=request) == bundle_order(request=request)


def test_what_fails_is_said_and_can_be_ordered_again(cast, monkeypatch):
    row = privacy_bundle_make(cast.alpha)

    def broken(*args, **kwargs):
        raise RuntimeError("Zora")

    monkeypatch.setattr(bundles_service, "pdf_render", broken)
    with pytest.raises(RuntimeError):
        bundles_make()
    row.refresh_from_db()
    assert (row.status, row.failure, row.document) == ("failed", "RuntimeError", "")
    assert bundle_order(request=row.request) != row


@pytest.mark.pdf
def test_what_a_dead_worker_left_is_begun_anew(cast):
    row = privacy_bundle_make(cast.alpha)
    PrivacyBundle.objects.filter(pk=row.pk).update(status="running", updated_at=now() - timedelta(minutes=11))
    assert bundles_make() == 1
