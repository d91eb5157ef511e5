"""Running the invariants: on connections of their own, or on the one whose transaction is open."""

import pytest
from django.db import connection, transaction

from hotel.core import invariants as running
from hotel.core.invariants import Invariant, Narrow, invariants, invariants_verify
from hotel.core.models import IdempotencyRecord

NAMES = [invariant.name for invariant in invariants()]


def answer_kept(status: int) -> None:
    IdempotencyRecord.objects.create(
        principal="user:1",
        route="POST /x",
        key="k",
        body_hash="h",
        lease_until="2027-03-14T08:00Z",
        response_status=status,
    )


@pytest.mark.django_db(transaction=True)
def test_all_are_run_in_order_and_violations_come_as_text():
    answer_kept(409)
    findings = invariants_verify()
    assert [finding.invariant.name for finding in findings] == NAMES
    broken = {finding.invariant.name: finding.violations for finding in findings if finding.violations}
    [row] = broken.pop("inv_idempotency_answer")
    assert row[1:] == ("user:1", "POST /x", "409")
    assert broken == {}


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_its_own_writes_are_seen_and_the_memory_is_given_back():
    with transaction.atomic():
        answer_kept(409)
        assert [f.invariant.name for f in invariants_verify() if f.violations] == ["inv_idempotency_answer"]
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("SHOW work_mem")
        assert cursor.fetchone() != ("256MB",)
    assert [f.invariant.name for f in invariants_verify() if f.violations] == []


@pytest.mark.django_db(transaction=True)
def test_those_that_share_a_wide_table_read_a_narrow_copy_of_it_that_is_gone_afterwards(monkeypatch):
    answer_kept(409)
    narrow = (Narrow("core_idempotencyrecord", "principal, response_status"),)
    shared = [
        Invariant(name, "All columns.", "SELECT * FROM core_idempotencyrecord", narrow)
        for name in ("inv_one", "inv_other")
    ]
    whole = Invariant("inv_whole", "The table.", "SELECT key FROM core_idempotencyrecord")
    monkeypatch.setattr(running, "invariants", lambda: [shared[0], whole, shared[1]])
    for _ in range(2):
        assert [(f.invariant.name, f.violations) for f in invariants_verify()] == [
            ("inv_one", [("user:1", "409")]),
            ("inv_whole", [("k",)]),
            ("inv_other", [("user:1", "409")]),
        ]
    with transaction.atomic():
        assert len(invariants_verify()[0].violations[0]) > 2
