"""The trail over the API: entries, proofs, seals, checks, exports, who looked at whose data."""

import csv
import io
import json
from hashlib import sha256
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission

from hotel.accounts.models import User
from hotel.properties.models import PropertyUserObjectPermission
from hotel.properties.scoping import codename
from security.domain.heads import Head
from security.domain.merkle import is_consistent, is_included, leaf_hash
from security.models import AccessEvent, AuditLog, AuditSeal, TrailJob
from security.seal_keys import seal_keys
from security.services import trail_jobs
from security.services.sealing import range_seal
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.factories.guests import guest_make
from tests.factories.security import access_event_make, audit_log_make, audit_seal_make, trail_job_make
from tests.security.trail import trail_made

URL = "/api/v1/security/audit-logs"
VIEW = frozenset({codename("view", "security")})
MANAGE = VIEW | {codename("manage", "security")}


class TestAuditLogs(ReadContract):
    model, url, area = AuditLog, URL, "security"
    factory = audit_log_make


class TestAccessEvents(ReadContract):
    model, url, area = AccessEvent, f"{URL}/access-events", "security"
    factory = access_event_make


@pytest.fixture
def folders(tmp_path, settings):
    settings.AUDIT_EXPORT_DIR = str(tmp_path / "exports")
    settings.AUDIT_HEADS_FILE = str(tmp_path / "heads.jsonl")
    return tmp_path


def test_an_entry_is_shown_whole(stage):
    row = audit_log_make(stage.alpha)
    shown = stage.client_of(VIEW).get(f"{URL}/{row.pk}").json()
    assert {name: shown[name] for name in ("op", "table", "row_pk", "property", "old", "new", "actor")} == {
        "op": "U",
        "table": "rooms_room",
        "row_pk": "1",
        "property": stage.alpha.pk,
        "old": {"name": "A"},
        "new": {"name": "B"},
        "actor": "system:unknown",
    }
    assert shown["row_hash"] == bytes(row.row_hash).hex()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("table=rooms_room&row_pk=7", 1),
        ("table=rooms_floor", 0),
        ("op=U&row_pk=7&table=rooms_room", 1),
        ("op=D", 0),
        ("actor=system:unknown&row_pk=7&table=rooms_room", 1),
        ("actor_id=666", 0),
        ("request_id=nobody", 0),
        ("at_from=2200-01-01T00:00:00Z", 0),
        ("at_before=2000-01-01T00:00:00Z", 0),
    ],
)
def test_entries_are_found(query, found, stage):
    audit_log_make(stage.alpha, row_pk="7")
    assert len(stage.client_of(VIEW).get(f"{URL}?{query}").json()["results"]) == found


def test_entries_of_no_property_are_for_those_who_see_every_property(cast, api):
    User.objects.create(username="somebody")
    row = AuditLog.objects.filter(table="accounts_user").latest("pk")
    root = User.objects.create_superuser(username="root", password="x")
    assert api(root).get(f"{URL}/{row.pk}").status_code == 200
    one, both = _holder(cast, cast.alpha), _holder(cast, cast.alpha, cast.beta)
    assert_problem(api(one).get(f"{URL}/{row.pk}"), 404)
    assert api(both).get(f"{URL}/{row.pk}").status_code == 200


def _holder(cast, *places):
    user = User.objects.create_user(username=f"p{User.objects.count()}", chain=cast.chain)
    permission = Permission.objects.get(codename="view_security_area")
    for place in places:
        PropertyUserObjectPermission.objects.create(user=user, permission=permission, content_object=place)
    return user


def test_a_proof_leads_from_the_entry_to_a_signed_head(stage, monkeypatch):
    trail_made(25, monkeypatch)
    row = audit_log_make(stage.alpha)
    client = stage.client_of(VIEW)
    assert_problem(client.get(f"{URL}/{row.pk}/proof"), 422, "not_sealed_yet")
    range_seal(up_to=row.pk)
    proof = client.get(f"{URL}/{row.pk}/proof").json()
    leaf = leaf_hash(sha256(proof["line"].encode()).digest())
    number, first, last, rows, root, _ = json.loads(proof["seal_leaf"])
    steps = [bytes.fromhex(step) for step in proof["path"]]
    assert json.loads(proof["line"])[0] == row.pk
    assert first <= row.pk <= last
    assert rows == proof["size"]
    assert is_included(leaf, proof["index"], proof["size"], steps, bytes.fromhex(root))
    above = [bytes.fromhex(step) for step in proof["seal_path"]]
    head = Head(**proof["head"])
    assert proof["seal_index"] == number - 1
    assert is_included(
        leaf_hash(proof["seal_leaf"].encode()),
        proof["seal_index"],
        proof["seal_size"],
        above,
        bytes.fromhex(head.log_root),
    )
    assert seal_keys().is_signed(head.key_id, head.message(), head.signature_bytes())


def test_two_heads_are_proven_to_go_on_from_one_another(stage, monkeypatch):
    trail_made(45, monkeypatch)
    client = stage.client_of(VIEW)
    shown = client.get(f"{URL}/seals/consistency?first=2&second=5").json()
    assert is_consistent(
        2,
        5,
        bytes.fromhex(shown["first"]["log_root"]),
        bytes.fromhex(shown["second"]["log_root"]),
        [bytes.fromhex(step) for step in shown["path"]],
    )
    assert_problem(client.get(f"{URL}/seals/consistency?first=2&second=6"), 404)
    assert_problem(client.get(f"{URL}/seals/consistency?first=3&second=2"), 422, "seals_out_of_order")
    assert_problem(client.get(f"{URL}/seals/consistency?first=x"), 400)


def test_seals_are_listed(stage):
    seal = audit_seal_make()
    client = stage.client_of(VIEW)
    assert [row["id"] for row in client.get(f"{URL}/seals").json()["results"]] == [seal.pk]
    assert client.get(f"{URL}/seals/{seal.pk}").json()["root"] == (b"r" * 32).hex()
    assert_problem(stage.client_of(frozenset()).get(f"{URL}/seals"), 403)


def test_a_check_is_asked_for_done_and_read(stage, monkeypatch, folders):
    trail_made(25, monkeypatch)
    AuditSeal.objects.update(exported_at=None)
    client = stage.client_of(MANAGE)
    job = client.post(f"{URL}/verify", {}, format="json")
    assert job.status_code == 202
    assert job.json()["status"] == "waiting"
    assert_problem(client.post(f"{URL}/verify", {}, format="json"), 409, "check_running")
    assert trail_jobs.jobs_work() == 1
    shown = client.get(f"{URL}/verify/{job.json()['id']}").json()
    assert (shown["status"], shown["result"]["is_sound"], shown["result"]["seals"]) == ("done", True, 3)
    assert shown["done"] == shown["total"] >= 25


def test_looking_is_not_enough_to_have_it_checked(stage):
    assert_problem(stage.client_of(VIEW).post(f"{URL}/verify", {}, format="json"), 403)
    assert TrailJob.objects.count() == 0


def test_an_export_is_what_its_asker_may_see(stage, folders):
    audit_log_make(stage.alpha, row_pk="=cmd|' /C calc'!A0")
    audit_log_make(stage.beta, row_pk="secret of Beta")
    client = stage.client_of(MANAGE)
    asked = {"format": "csv", "table": "rooms_room", "op": "U"}
    job = client.post(f"{URL}/exports", asked, format="json").json()
    assert_problem(client.get(f"{URL}/exports/{job['id']}/file"), 422, "export_not_done")
    trail_jobs.jobs_work()
    answer = client.get(f"{URL}/exports/{job['id']}/file")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert [row["row_pk"] for row in rows] == ["'=cmd|' /C calc'!A0"]
    assert answer["Content-Disposition"].startswith("attachment;")


def test_an_export_as_lines(stage, folders):
    row = audit_log_make(stage.alpha)
    client = stage.client_of(MANAGE)
    job = client.post(
        f"{URL}/exports", {"format": "jsonl", "row_pk": "1", "table": "rooms_room", "op": "U"}, format="json"
    ).json()
    trail_jobs.jobs_work()
    answer = client.get(f"{URL}/exports/{job['id']}/file")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert [json.loads(line)["id"] for line in lines] == [row.pk]
    (folders / "exports" / Path(TrailJob.objects.get().file).name).unlink()
    assert_problem(client.get(f"{URL}/exports/{job['id']}/file"), 404)


def test_the_export_of_another_is_not_to_be_had(stage, folders):
    job = trail_job_make(kind="export")
    assert_problem(stage.client_of(MANAGE).get(f"{URL}/exports/{job.pk}"), 404)
    assert_problem(stage.client_of(MANAGE).post(f"{URL}/exports", {"format": "exe"}, format="json"), 400)


def test_looking_at_a_guest_is_an_event(cast, api):
    guest = guest_make(cast.alpha, last_name="Gus")
    before = AccessEvent.objects.count()
    client = api(cast.bo)
    client.get(f"/api/v1/guests/{guest.pk}", headers={"X-Request-Id": "request-1"})
    client.get("/api/v1/guests", headers={"X-Request-Id": "request-2"})
    client.get("/api/v1/guests?search=gus", headers={"X-Request-Id": "request-3"})
    client.get("/api/v1/guests/999999999")
    events = AccessEvent.objects.order_by("pk")[before:]
    assert [(e.kind, e.subjects, e.actor_id, e.door, e.request_id) for e in events] == [
        ("view", [guest.pk], cast.bo.pk, "api", "request-1"),
        ("list", [guest.pk], cast.bo.pk, "api", "request-2"),
        ("search", [guest.pk], cast.bo.pk, "api", "request-3"),
    ]
    root = User.objects.create_superuser(username="root", password="x")
    found = api(root).get(f"{URL}/access-events?subject={guest.pk}").json()["results"]
    assert [row["kind"] for row in found] == ["search", "list", "view"]
    assert api(root).get(f"{URL}/access-events?subject=1{guest.pk}").json()["results"] == []


def test_looking_in_the_admin_is_an_event(cast, client):
    guest = guest_make(cast.alpha, last_name="Gus")
    root = User.objects.create_superuser(username="root", password="x")
    client.force_login(root)
    assert client.get(f"/admin/guests/guest/{guest.pk}/change/").status_code == 200
    assert client.get("/admin/guests/guest/?q=gus").status_code == 200
    found = [(e.kind, e.subjects, e.door) for e in AccessEvent.objects.order_by("pk")]
    assert found == [("view", [guest.pk], "admin"), ("search", [guest.pk], "admin")]
