"""Sealing: ranges without gaps, nothing of a transaction that is still open, heads outside."""

from base64 import b64encode

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from security.adapters.heads.base import HeadsUnreadable
from security.adapters.heads.file import FileExporter
from security.models import AuditSeal, SealMark
from security.selectors.verification import trail_verify
from security.services.sealing import heads_export, range_seal, settled_id, trail_seal
from tests.config.stack.observing import wait_until
from tests.security.trail import execute, trail_made
from tests.together import Actor, together

WRITE = "SELECT security_trail_write('rooms_room', ARRAY[('D', '1', NULL, '{}', NULL)::security_change])"


@pytest.fixture
def heads_file(tmp_path, settings):
    settings.AUDIT_HEADS_FILE = str(tmp_path / "trail" / "heads.jsonl")
    return tmp_path / "trail" / "heads.jsonl"


def test_ranges_follow_one_another_without_gaps(db, monkeypatch):
    trail_made(25, monkeypatch, gaps=(20, 21))
    rows = AuditSeal.objects.order_by("number").values_list("number", "first_id", "last_id", "rows")
    assert list(rows) == [(1, 1, 10, 10), (2, 11, 20, 9), (3, 21, 25, 4)]


def test_a_second_call_finds_nothing_to_seal(db, monkeypatch):
    trail_made(25, monkeypatch)
    done = range_seal(up_to=25)
    assert (done.seals, done.last_id, AuditSeal.objects.count()) == (0, 25, 3)


def test_a_lost_frontier_is_computed_from_the_seals(db, monkeypatch):
    trail_made(25, monkeypatch)
    execute(WRITE)
    SealMark.objects.update(frontier=[[1, "00" * 32]])
    range_seal(up_to=26)
    assert trail_verify(heads=iter([])).findings == []
    execute(WRITE)
    range_seal(up_to=27)
    assert trail_verify(heads=iter([])).findings == []
    assert AuditSeal.objects.count() == 5


def test_a_seal_is_never_changed(db, monkeypatch):
    trail_made(5, monkeypatch)
    execute("ALTER TABLE security_auditseal ENABLE TRIGGER USER")
    for change in ("rows = 4", "exported_at = now(), rows = 4"):
        with pytest.raises(IntegrityError, match="only ever added to"), transaction.atomic():
            execute(f"UPDATE security_auditseal SET {change}")  # noqa: S608
    with pytest.raises(IntegrityError, match="only ever added to"), transaction.atomic():
        execute("DELETE FROM security_auditseal")
    execute("UPDATE security_auditseal SET exported_at = now()")
    with pytest.raises(IntegrityError, match="only ever added to"), transaction.atomic():
        execute("UPDATE security_auditseal SET exported_at = NULL")
    assert AuditSeal.objects.get().rows == 5


def test_heads_leave_the_database_once(db, monkeypatch, heads_file):
    heads = trail_made(25, monkeypatch)
    assert (heads_export(), heads_export()) == (3, 0)
    assert heads_file.read_text().splitlines() == [head.line() for head in heads]
    assert list(FileExporter().kept()) == heads
    assert AuditSeal.objects.filter(exported_at=None).count() == 0


def test_heads_that_could_not_be_kept_are_brought_again(db, monkeypatch, heads_file):
    trail_made(5, monkeypatch)
    heads_file.parent.write_text("a file where the folder should be")
    with pytest.raises(OSError):
        heads_export()
    assert AuditSeal.objects.filter(exported_at=None).count() == 1


def test_a_kept_file_that_was_spoilt_says_where(db, monkeypatch, heads_file):
    trail_made(25, monkeypatch)
    heads_export()
    lines = heads_file.read_text().splitlines()
    heads_file.write_text("\n".join([lines[0], lines[1][:40], lines[2]]))
    with pytest.raises(HeadsUnreadable, match="line 2"):
        list(FileExporter().kept())
    assert [finding["kind"] for finding in trail_verify().findings] == ["heads_unreadable"]


def test_a_key_that_signs_no_more_is_still_known(db, monkeypatch, settings, heads_file):
    trail_made(5, monkeypatch)
    new = "s2:" + b64encode(b"another seed of 32 bytes, for it").decode()
    settings.AUDIT_SEAL_KEYS = [new, *settings.AUDIT_SEAL_KEYS]
    execute(WRITE)
    range_seal(up_to=6)
    assert list(AuditSeal.objects.order_by("number").values_list("key_id", flat=True)) == ["s1", "s2"]
    assert trail_verify(heads=iter([])).findings == []
    settings.AUDIT_SEAL_KEYS = [new]
    assert [f["kind"] for f in trail_verify(heads=iter([])).findings] == ["seal_signature"]


LONGEST = 300  # seconds: transactions of other databases of this server count, too, those of long tests beside this one


def _settle():
    found = []
    wait_until(lambda: found.append(settled_id()) or found[-1], LONGEST)
    return found[-1]


@pytest.mark.django_db(transaction=True)
def test_what_an_open_transaction_may_still_write_is_not_sealed(heads_file):
    with Actor() as slow, Actor() as quick:
        execute(WRITE)
        first = _settle()
        slow.do(lambda: transaction.set_autocommit(False))
        slow.do(lambda: execute(WRITE))
        quick.do(lambda: execute(WRITE))
        wait_until(lambda: trail_seal().last_id, LONGEST)
        assert AuditSeal.objects.order_by("-number").first().last_id == first
        slow.do(transaction.commit)
        slow.do(lambda: transaction.set_autocommit(True))
        wait_until(lambda: trail_seal().last_id >= first + 2, LONGEST)
        rows = AuditSeal.objects.filter(last_id__gt=first).order_by("number")
        assert sum(row.rows for row in rows) == 2
        assert trail_verify().findings == []


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_is_taken_back_leaves_a_proven_gap(heads_file):
    with transaction.atomic():
        execute(WRITE)
        transaction.set_rollback(True)
    execute(WRITE)
    (written,) = execute("SELECT id FROM security_auditlog ORDER BY id")
    wait_until(lambda: trail_seal().last_id >= written[0], LONGEST)
    assert (sum(AuditSeal.objects.values_list("rows", flat=True)), trail_verify().findings) == (1, [])
    assert AuditSeal.objects.order_by("-number").first().last_id == written[0]


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_make_each_seal_once(heads_file, monkeypatch):
    for _ in range(3):
        execute(WRITE)
    last = execute("SELECT max(id) FROM security_auditlog")[0][0]
    done = together(lambda: range_seal(up_to=last), lambda: range_seal(up_to=last))
    assert min(one.seals for one in done) == 0
    assert sum(AuditSeal.objects.values_list("rows", flat=True)) == 3
    assert trail_verify(heads=iter([])).findings == []
