"""``manage.py audit_verify``."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from security.services.sealing import heads_export
from tests.security.trail import execute, trail_made


@pytest.fixture
def heads_file(db, monkeypatch, tmp_path, settings):
    settings.AUDIT_HEADS_FILE = str(tmp_path / "heads.jsonl")
    trail_made(25, monkeypatch)
    heads_export()
    return tmp_path / "heads.jsonl"


def said(**options):
    out = StringIO()
    call_command("audit_verify", stdout=out, **options)
    return out.getvalue()


def test_a_sound_trail(heads_file):
    assert said().startswith("25 entries, 3 seals, 0 not sealed yet, 3 heads outside, ")


def test_tampering_fails_the_command(heads_file):
    execute("DELETE FROM security_auditlog WHERE id = 5")
    with pytest.raises(CommandError, match="2 findings"):
        said()


def test_a_copy_of_the_heads_kept_elsewhere(heads_file, tmp_path):
    copy = tmp_path / "copy.jsonl"
    copy.write_text(heads_file.read_text())
    execute("DELETE FROM security_auditseal WHERE number = 3")
    execute("DELETE FROM security_auditlog WHERE id > 20")
    heads_file.write_text("".join(heads_file.read_text().splitlines(keepends=True)[:2]))
    assert said().startswith("20 entries, 2 seals, 0 not sealed yet, 2 heads outside, ")
    with pytest.raises(CommandError, match="1 findings"):
        said(heads=str(copy))
