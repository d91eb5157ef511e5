from contextlib import nullcontext
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from hotel.stays.management.commands import hotelsim
from hotel.stays.services import audit_steps


@pytest.fixture
def here(db, monkeypatch):
    """In the database of the test, which is emptied by itself."""
    monkeypatch.setattr(hotelsim, "scratch_database", nullcontext)
    monkeypatch.setattr(hotelsim, "call_command", lambda *given, **more: None)


def test_the_command_tells_what_was_done_and_that_all_held(here, monkeypatch):
    out = StringIO()
    monkeypatch.setattr(hotelsim, "REPORT_SECONDS", 0)

    call_command("hotelsim", "--seeds", "2", "--days", "2", "--first", "5", stdout=out)

    lines = out.getvalue().splitlines()
    assert lines[:2] == ["seeds 5 to 6: 1 days hold", "seeds 5 to 6: 2 days hold"]
    assert "        4 audit" in lines
    assert lines[-1].startswith("2 seeds × 2 days: every invariant held on each of 4 nights; 0:")


def test_a_seed_that_fails_ends_it_with_the_command_that_shows_it_again(here, monkeypatch):
    monkeypatch.setattr(audit_steps, "nights_charge", lambda **given: [])

    with pytest.raises(CommandError, match=r"Run it again: manage.py hotelsim --first 1 --seeds 1 --days \d"):
        call_command("hotelsim", "--seeds", "1", "--days", "9", stdout=StringIO())
