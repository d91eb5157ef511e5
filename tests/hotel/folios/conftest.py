"""What the tests of folios read: entries and lines as plain values."""

import httpx
import pytest

from hotel.folios.adapters import http
from hotel.folios.adapters.simulator.server import simulator_running
from hotel.folios.models import LedgerEntry, Posting
from tests.hotel.folios.desk import make_desk


@pytest.fixture
def entries():
    """Ledger, code and amount of each entry of a posting's journal, in order."""

    def read(posting: Posting) -> list[tuple[str, str, str]]:
        rows = LedgerEntry.objects.filter(journal=posting.journal_id).order_by("pk").select_related("code")
        return [(row.ledger, row.code.code if row.code else "", str(row.amount.amount)) for row in rows]

    return read


@pytest.fixture
def simulator(settings, monkeypatch):
    """A card processor on the loopback; answers are waited for a quarter of a second only."""
    monkeypatch.setattr(http, "TIMEOUT", httpx.Timeout(0.25, connect=0.25))
    with simulator_running(hold_seconds=1) as running:
        settings.SIMULATOR_URL = running.url
        yield running


@pytest.fixture
def desk(simulator, stage):
    """A desk at Alpha that takes cards; see tests/hotel/folios/desk.py."""
    return make_desk(stage.alpha, simulator)
