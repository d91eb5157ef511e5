"""The reconciliation looks at what is due, and at nothing else."""

from datetime import timedelta

import time_machine

from hotel.core.clock import now
from hotel.folios import tasks
from hotel.folios.adapters.simulator.server import Lie
from hotel.folios.tasks import payments_reconcile


def test_nothing_is_due_in_a_house_without_payments(db):
    assert payments_reconcile() == 0


def test_what_is_not_clear_is_clarified_when_its_pause_is_over(desk):
    desk.simulator.lies.extend([Lie.HANG_UP, Lie.SILENT_BEFORE])
    payments = [desk.charged(80), desk.charged(30)]
    assert payments_reconcile() == 0
    with time_machine.travel(now() + timedelta(seconds=45), tick=True):
        assert payments_reconcile() == 2
        assert payments_reconcile() == 0
    for payment in payments:
        payment.refresh_from_db()
    assert [payment.status for payment in payments] == ["captured", "captured"]
    assert (desk.moved(), desk.booked()) == ((110, 0), 110)


def test_it_ends_in_time_and_leaves_the_rest_for_the_next(desk, monkeypatch):
    desk.simulator.lies.append(Lie.HANG_UP)
    payment = desk.charged(80)
    monkeypatch.setattr(tasks, "BUDGET_SECONDS", 0)
    with time_machine.travel(now() + timedelta(seconds=45), tick=True):
        assert payments_reconcile() == 0
    payment.refresh_from_db()
    assert payment.status == "unknown"
