"""What the tests of folios read: entries and lines as plain values."""

import pytest

from hotel.folios.models import LedgerEntry, Posting


@pytest.fixture
def entries():
    """Ledger, code and amount of each entry of a posting's journal, in order."""

    def read(posting: Posting) -> list[tuple[str, str, str]]:
        rows = LedgerEntry.objects.filter(journal=posting.journal_id).order_by("pk").select_related("code")
        return [(row.ledger, row.code.code if row.code else "", str(row.amount.amount)) for row in rows]

    return read
