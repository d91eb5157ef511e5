"""What usage says of the promises."""

from datetime import timedelta

from hotel.core.clock import now
from hotel.monitoring.domain.objectives import Tally
from hotel.monitoring.domain.sketches import bucket_of
from hotel.monitoring.selectors.promises import promise_tallies
from tests.factories.monitoring import api_usage_make

HOUR, FIVE, DAYS = timedelta(hours=1), timedelta(minutes=5), timedelta(days=3)


def used(place, ago, **over):
    at = (now() - ago).replace(second=0, microsecond=0)
    return api_usage_make(place, started_at=at, **over)


def of(name):
    return promise_tallies(now())[name]


def test_failures_count_in_the_windows_they_are_in(cast):
    used(cast.alpha, timedelta(minutes=2), count=10)
    used(None, timedelta(minutes=3), count=2, status_class=5)
    used(cast.beta, timedelta(minutes=40), count=5, status_class=5)
    found = of("errors")
    assert found[FIVE] == Tally(12, 2)
    assert found[HOUR] == Tally(17, 7)


def test_long_windows_are_made_of_hours(cast):
    used(cast.alpha, timedelta(hours=30), grain="hour", count=100, status_class=5)
    used(cast.alpha, timedelta(minutes=2), count=7)
    assert of("errors")[DAYS] == Tally(100, 100)


def test_who_was_refused_did_not_suffer_a_failure(cast):
    used(cast.alpha, timedelta(minutes=2), count=9, limited=9, status_class=4)
    assert of("errors")[FIVE] == Tally(9, 0)


def test_critical_operations_must_be_quick_too(cast):
    slow = {str(bucket_of(1_000_000)): 3, str(bucket_of(2_500_000)): 2}
    used(cast.alpha, timedelta(minutes=2), operation="POST /api/v1/bookings", count=5, histogram=slow)
    used(cast.alpha, timedelta(minutes=2), operation="GET /api/v1/rooms", count=5, status_class=5)
    assert of("availability")[FIVE] == Tally(5, 2)


def test_reads_have_less_time_than_writes_and_failures_say_nothing_of_time(cast):
    took = {str(bucket_of(150_000)): 4}
    used(cast.alpha, timedelta(minutes=2), operation="GET /api/v1/rooms", count=4, histogram=took)
    used(cast.alpha, timedelta(minutes=2), operation="POST /api/v1/rooms", count=4, histogram=took)
    used(
        cast.alpha,
        timedelta(minutes=2),
        operation="GET /api/v1/guests",
        count=4,
        status_class=5,
        histogram=took,
    )
    assert of("latency")[FIVE] == Tally(8, 4)


def test_two_queries_whatever_was_used(cast, django_assert_num_queries):
    for n in range(5):
        used(cast.alpha, timedelta(minutes=n), client_id=n + 1)
    with django_assert_num_queries(2):
        promise_tallies(now())
