"""An audit that was asked for is handed to a worker."""

import pytest

from hotel.stays import tasks
from hotel.stays.services.night_audit import night_audit_request


@pytest.fixture
def handed(monkeypatch):
    found = []
    monkeypatch.setattr(tasks.night_audit_work, "delay", found.append)
    return found


def test_a_worker_is_handed_the_audit(house, drain, handed):
    audit = night_audit_request(place=house.place, actor=None)
    assert handed == []
    drain()
    assert handed == [audit.pk]
