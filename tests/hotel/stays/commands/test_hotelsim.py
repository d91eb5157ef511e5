import json
from contextlib import contextmanager, nullcontext
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from hotel.stays.management.commands import hotelsim
from hotel.stays.services import audit_steps
from hotel.stays.simulation import groups


@pytest.fixture
def here(db, monkeypatch):
    """In the database of the test, which is emptied by itself."""

    @contextmanager
    def template_database():
        yield "template"

    monkeypatch.setattr(hotelsim, "template_database", template_database)
    monkeypatch.setattr(groups, "copied_database", lambda template, suffix: nullcontext())


def simulated(*given):
    out = StringIO()
    call_command("hotelsim", "--processes", "1", *given, stdout=out)
    return out.getvalue().splitlines()


def test_the_command_tells_what_was_done_and_that_all_held(here, monkeypatch, capsys):
    monkeypatch.setattr(groups, "REPORT_SECONDS", 0)

    lines = simulated("--seeds", "2", "--days", "2", "--first", "5")

    assert capsys.readouterr().out.splitlines() == [
        "seeds 5 to 6: 1 of 2 days hold",
        "seeds 5 to 6: 2 of 2 days hold",
    ]
    assert lines[0].startswith("seeds 5 to 6: all 2 days hold; 4 nights in 0:")
    assert "        4 audit" in lines
    assert lines[-1].startswith("2 seeds × 2 days: every invariant held on each of 4 nights; 4 nights in 0:")


def test_a_run_is_taken_up_again_where_its_notes_end(here, tmp_path):
    notes = tmp_path / "notes"
    kept = [
        {"first": 1, "seeds": 2, "days": 1, "counts": {"audit": 2, "book": 5}},
        {"first": 3, "seeds": 2, "days": 9, "counts": {"audit": 18}},  # other days: another run
    ]
    notes.write_text("".join(json.dumps(line) + "\n" for line in kept))
    given = ("--seeds", "3", "--days", "1", "--together", "2", "--notes", str(notes))

    lines = simulated(*given)

    assert lines[0] == "1 of 2 groups held before and are not played again"
    assert lines[1].startswith("seeds 3 to 3: all 1 days hold; 1 nights in")
    assert "        3 audit" in lines
    assert [json.loads(line)["first"] for line in notes.read_text().splitlines()] == [1, 3, 3]
    assert simulated(*given)[0] == "2 of 2 groups held before and are not played again"


def test_a_seed_that_fails_ends_it_with_the_command_that_shows_it_again(here, monkeypatch, tmp_path):
    monkeypatch.setattr(audit_steps, "nights_charge", lambda **given: [])
    notes = tmp_path / "notes"

    with pytest.raises(CommandError, match=r"Run it again: manage.py hotelsim --first 1 --seeds 1 --days \d"):
        simulated("--seeds", "1", "--days", "9", "--notes", str(notes))

    assert not notes.exists()
