"""What takes too long for every run; by ``./auberge chaos``, or with this path given to pytest."""

import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.chaos.selling import everything_is_there, selling
from tests.config.stack import test_lost_servers as lost
from tests.config.stack.observing import wait_until

pytestmark = [pytest.mark.stack, pytest.mark.chaos]
STORM = 300
LETTERS = """
    SELECT count(*), count(DISTINCT dedupe_key) FROM messaging_message WHERE template_code = 'booking_confirmation'
"""


def test_rolling_restarts(caller, record_property):
    """Three reloads in five thousand requests."""
    lost.begun_anew(caller, record_property, restarts=3, requests=5_000)


def test_a_slow_network(caller, proxy, record_property):
    """50 ms more for each word to the database and back: who waits too long for another is told to come again."""
    record_property("near_network_ms_p95", p95(under_load(caller, 5)))
    proxy.delay = 0.025
    found = under_load(caller, 15)
    proxy.delay = 0
    record_property("slow_network_ms_p95", p95(found))
    refused = [one for one in found if one[1] == 409 and b'"lock_refused"' in one[2]]
    failed = [one[:3] for one in found if one[1] not in {200, 201} and one not in refused]
    record_property("slow_network_refused", len(refused))
    record_property("slow_network_failed", len(failed))
    assert failed == []
    assert len(under_load(caller, 2)) > 20  # nothing has piled up


def test_a_storm_of_clients(caller, record_property):
    """Three hundred clients come at once: each is served, or told to come again."""
    with ThreadPoolExecutor(STORM) as pool:
        found = list(pool.map(lambda _: caller.ask("/api/v1/rooms"), range(STORM)))
    statuses = [status for status, *_ in found]
    record_property("storm_refused", sum(status in {429, 503} for status in statuses))
    record_property("storm_failed", sum(status not in {200, 429, 503} for status in statuses))
    record_property("storm_slowest_seconds", round(max(took for *_, took in found), 2))
    assert {status for status in statuses if status not in {200, 429, 503}} == set()
    assert caller.ask("/api/v1/rooms")[0] == 200


def test_two_of_everything(house, machines, servers, environment, record_property):
    """Two schedulers, two relays and two workers at once: each fact has its effect once."""
    lost.manage(environment, "sync_schedules")
    for number in (1, 2):
        for kind in ("beat", "outbox", "worker"):
            machines(kind, f"{kind}{number}")
    with selling(house):
        house.settled(60)
    everything_is_there(house, servers[0].url, environment)
    with psycopg.connect(servers[0].url, autocommit=True, options="-c app.properties=*") as connection:
        waiting = "SELECT count(*) FROM core_outboxmessage WHERE delivered_at IS NULL"
        wait_until(lambda: connection.execute(waiting).fetchone() == (0,), 180)
        letters = connection.execute(LETTERS).fetchone()
        parked = "SELECT count(*) FROM core_outboxmessage WHERE parked_at IS NOT NULL"
        assert connection.execute(parked).fetchone() == (0,)
    record_property("doubled_bookings", len(house.told))
    assert letters == (len(house.told), len(house.told))


def under_load(caller, seconds):
    """What four clients were answered in so many seconds."""
    with caller.load() as found:
        time.sleep(seconds)
    return found


def p95(found):
    """Milliseconds that 95 of 100 requests took at most."""
    times = sorted(took for *_, took in found)
    return round(1000 * times[int(0.95 * (len(times) - 1))])
