"""Fixtures of the kernel."""

import pytest

from hotel.core.invariants import Invariant


@pytest.fixture
def one_rule(db, monkeypatch):
    rule = Invariant(
        "inv_no_x", "No schedule is called x.", "SELECT name FROM core_declaredschedule WHERE name = 'x'"
    )
    monkeypatch.setattr("hotel.core.invariants.invariants", lambda: [rule])
