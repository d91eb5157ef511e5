"""What counting and limiting one request costs: CPU microseconds of this process, by store and number of rules.

Run as ``python -m benchmarks.limits <requests>``; prints JSON.
"""

import json
import sys
import time
from collections.abc import Callable

import django
from django.conf import settings

from hotel.properties.tenancy import EVERYTHING, narrow

CLIENTS, RULES = 500, 3


def microseconds(work: Callable[[int], object], count: int) -> float:
    """CPU of this process for one turn, the best of three rounds: what the machine adds is never negative."""
    rounds = []
    for _ in range(3):
        began = time.process_time()
        for number in range(count):
            work(number)
        rounds.append(1e6 * (time.process_time() - began) / count)
    return min(rounds)


def costs(count: int) -> dict[str, float]:
    """Name of what is done to its microseconds; ``nothing`` is the empty loop."""
    from hotel.monitoring.adapters.counters import Ask
    from hotel.monitoring.domain.gcra import Quota
    from hotel.monitoring.services.limiter import shared_counter
    from hotel.monitoring.services.recorder import Recorder

    recorder, quota = Recorder(), Quota(600, 60, 600)
    keys = [(1, "GET /api/v1/rooms", "token", number, 1, 2, "v1") for number in range(CLIENTS)]

    def sketch(number: int) -> None:
        recorder.record(
            keys[number % CLIENTS], 5_000 + 37 * (number % 997), bytes_in=100, bytes_out=2_000, queries=4
        )

    found = {"nothing": microseconds(lambda number: None, count), "usage sketch": microseconds(sketch, count)}
    names = ["local", "postgresql", *(["redis"] if settings.REDIS_URL else [])]
    for name in names:
        counter = shared_counter(name) or local_counter()
        for rules in (1, RULES):
            asks = [
                [Ask(f"bench{rule}:{client}", quota, 1) for rule in range(rules)] for client in range(CLIENTS)
            ]
            turns = count if name == "local" else count // 50
            found[f"{name}, {rules} rules"] = microseconds(
                lambda number, counter=counter, asks=asks: counter.take(asks[number % CLIENTS]), turns
            )
    return found


def local_counter():
    from hotel.monitoring.adapters.counters import LocalCounter

    return LocalCounter()


if __name__ == "__main__":
    django.setup()
    narrow(EVERYTHING)
    json.dump(costs(int(sys.argv[1])), sys.stdout)
