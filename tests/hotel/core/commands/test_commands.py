"""manage.py components, sync_schedules, seed_demo, verify_invariants."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from hotel.core.invariants import Invariant
from hotel.core.management.commands import seed_demo
from hotel.core.models import DeclaredSchedule
from hotel.core.plugs import ComponentPlug


def said(name: str, *args) -> str:
    out = StringIO()
    call_command(name, *args, stdout=out)
    return out.getvalue()


def test_components_prints_who_plugs_what():
    text = said("components")
    assert "hotel.core  area=system  verbs=view,manage" in text
    assert "system: relay the outbox  (every 5s) -> hotel.core.tasks.outbox_relay" in text
    assert "system: forget idempotency keys  (40 3 * * *)" in text
    assert text.index("hotel.core ") < text.index("hotel.properties ") < text.index("hotel.dashboard ")


def test_sync_schedules_prints_what_was_done(db):
    assert "created    system: relay the outbox" in said("sync_schedules")
    assert "unchanged  system: relay the outbox" in said("sync_schedules")


def green():
    return [
        Invariant(
            "inv_green", "No schedule is called x.", "SELECT name FROM core_declaredschedule WHERE name = 'x'"
        )
    ]


@pytest.fixture
def only_ours(monkeypatch):
    plug = ComponentPlug(area="demo", invariants=(f"{__name__}.green",), demo=f"{__name__}.seed")
    monkeypatch.setattr("hotel.core.invariants.plugs", lambda: (plug,))
    monkeypatch.setattr("hotel.core.invariants.import_string", lambda dotted: green)
    monkeypatch.setattr(
        seed_demo, "plugs_by_component", lambda: {"demo": plug, "mute": ComponentPlug(area="mute")}
    )
    monkeypatch.setattr(seed_demo, "import_string", lambda dotted: seed)


def seed(*, say):
    say("two rooms")


def test_invariants_that_hold_are_green(db, only_ours):
    text = said("verify_invariants")
    assert "green   inv_green: No schedule is called x." in text
    assert "1 invariants, 0 broken" in text


def test_a_broken_invariant_shows_its_rows_and_fails(db, only_ours):
    DeclaredSchedule.objects.create(name="x", written={})
    out = StringIO()
    with pytest.raises(CommandError, match="1 invariants are broken: inv_green"):
        call_command("verify_invariants", stdout=out)
    assert "BROKEN  inv_green" in out.getvalue()
    assert "          x\n" in out.getvalue()


def test_every_invariant_of_the_house_can_be_asked(db):
    assert ", 0 broken" in said("verify_invariants")


def test_seed_demo_asks_each_component_that_has_a_demo(only_ours):
    text = said("seed_demo")
    assert "  two rooms" in text
    assert "demo: demo ready" in text
    assert "mute" not in text


def test_seed_demo_is_not_for_a_production_installation(only_ours, settings):
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="not for a production installation"):
        said("seed_demo")
