"""What processes saw is added up in the database."""

import pytest
from django.db import connection, transaction

from hotel.monitoring.models import ApiUsage, LimitTally, RateLimit, SlowRequest
from hotel.monitoring.services.recorder import Recorder
from hotel.monitoring.services.usage_flush import usage_flush
from tests.together import together

MINUTE = 1_805_016_600


def seen_of(*clients, property_id=0, microseconds=1000, times=1):
    recorder = Recorder()
    for client in clients:
        for _ in range(times):
            key = (MINUTE, "GET /api/v1/rooms", "token", client, property_id, 2, "v1")
            recorder.record(key, microseconds, bytes_out=7, queries=3)
    return recorder.drain()


def test_two_flushes_are_added_up_with_their_histograms(cast):
    usage_flush(seen=seen_of(5, property_id=cast.alpha.pk, times=2))
    usage_flush(seen=seen_of(5, property_id=cast.alpha.pk, microseconds=9000))
    row = ApiUsage.objects.get()
    assert (row.count, row.queries, row.bytes_out, row.total_us, row.max_us) == (3, 9, 21, 11_000, 9000)
    assert (row.property_id, row.grain, int(row.started_at.timestamp())) == (cast.alpha.pk, "minute", MINUTE)
    assert row.histogram == {"177": 2, "233": 1}
    assert row.milliseconds(0.5) == pytest.approx(1, rel=0.02)
    assert row.milliseconds(0.99) == pytest.approx(9, rel=0.02)


def test_a_property_that_does_not_exist_counts_as_none(cast):
    seen = seen_of(5, property_id=10**12)
    seen.cells.update(seen_of(5, property_id=10**12 + 1).cells)
    assert usage_flush(seen=seen) == 2
    row = ApiUsage.objects.get()
    assert (row.property_id, row.count) == (None, 2)


def test_rules_are_tallied_and_those_that_are_gone_are_not(seeded):
    rule, recorder = RateLimit.objects.get(name="default"), Recorder()
    for _ in range(2):
        for number, place in ((rule.pk, 0), (rule.pk, 2), (10**9, 0), (-4, 0)):
            recorder.tally(number, 1_805_014_800, place)
        usage_flush(seen=recorder.drain())
    tally = LimitTally.objects.get()
    assert (tally.rule_id, tally.passed, tally.refused, tally.observed) == (rule.pk, 2, 0, 2)


def test_slow_requests_are_stored(cast):
    recorder = Recorder()
    values = {
        "at": MINUTE, "client_kind": "user", "client_id": 1, "property_id": 10**12, "status": 200,
        "duration_us": 2_000_000, "queries": 1, "query_us": 5, "request_id": "r", "statements": [],
    }  # fmt: skip
    recorder.sample("GET /api/v1/rooms", values)
    usage_flush(seen=recorder.drain())
    row = SlowRequest.objects.get()
    assert (row.operation, row.property_id, row.duration_us) == ("GET /api/v1/rooms", None, 2_000_000)


@pytest.mark.django_db(transaction=True)
def test_processes_that_write_the_same_rows_never_block_one_another():
    clients = list(range(60))
    calls = [
        lambda n=n: usage_flush(seen=seen_of(*(clients if n % 2 else reversed(clients)))) for n in range(8)
    ]
    results = together(*calls)
    assert results == [60] * 8
    assert {row.count for row in ApiUsage.objects.all()} == {8}


def test_all_or_nothing(seeded):
    seen = seen_of(5)
    seen.tallies[RateLimit.objects.first().pk, 3600] = [2**63, 0, 0]
    with pytest.raises(Exception, match="out of range"), transaction.atomic():
        usage_flush(seen=seen)
    assert ApiUsage.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
