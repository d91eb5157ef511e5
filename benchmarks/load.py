"""Sends requests: at a fixed rate whether or not answers come (open loop), or as fast as answers come (closed loop)."""

import http.client
import queue
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from benchmarks.requests import Request


@dataclass
class Outcome:
    """What came of a load.

    Attributes:
        seconds: of wall clock.
        latencies: kind to seconds; in the open loop counted from the instant the request was due.
        failures: what was answered instead, with how often.
    """

    seconds: float = 0
    latencies: dict[str, list[float]] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Answers as expected."""
        return sum(len(found) for found in self.latencies.values())

    def add(self, request: Request, seconds: float, answer: str) -> None:
        """Note one answer; an empty text is the expected one."""
        if answer:
            self.failures[answer] = self.failures.get(answer, 0) + 1
        else:
            self.latencies.setdefault(request.kind, []).append(seconds)


class Client:
    """One kept-alive connection."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def send(self, request: Request) -> str:
        """Send and read the answer; returns what is wrong with it, empty when nothing is."""
        try:
            self.connection.request(request.method, request.path, request.body or None, request.headers)
            answer = self.connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            return f"{request.kind}: {type(error).__name__}"
        if answer.status != request.expect:
            return f"{request.kind}: {answer.status} {body[:200].decode(errors='replace')}"
        return ""


def open_loop(port: int, requests: Iterable[Request], rate: float, threads: int = 32) -> Outcome:
    """Send requests at a rate per second; each waits for its instant, not for the answer before it."""
    outcome, lock, due = Outcome(), threading.Lock(), queue.SimpleQueue()

    def work() -> None:
        client = Client(port)
        while (entry := due.get()) is not None:
            instant, request = entry
            time.sleep(max(0, instant - time.perf_counter()))
            answer = client.send(request)
            with lock:
                outcome.add(request, time.perf_counter() - instant, answer)

    started = time.perf_counter() + 0.2
    for number, request in enumerate(requests):
        due.put((started + number / rate, request))
    _run([work] * threads, lambda: [due.put(None) for _ in range(threads)])
    outcome.seconds = time.perf_counter() - started
    return outcome


def closed_loop(port: int, draw: Callable[[], Request], clients: int, seconds: float) -> Outcome:
    """So many clients, each sending its next request when it has the answer."""
    outcome, lock, past = Outcome(), threading.Lock(), time.perf_counter() + seconds

    def work() -> None:
        client = Client(port)
        while time.perf_counter() < past:
            with lock:
                request = draw()
            began = time.perf_counter()
            answer = client.send(request)
            with lock:
                outcome.add(request, time.perf_counter() - began, answer)

    began = time.perf_counter()
    _run([work] * clients, lambda: None)
    outcome.seconds = time.perf_counter() - began
    return outcome


def _run(works: list[Callable[[], None]], meanwhile: Callable[[], object]) -> None:
    threads = [threading.Thread(target=work, daemon=True) for work in works]
    for thread in threads:
        thread.start()
    meanwhile()
    for thread in threads:
        thread.join()


def percentile(values: list[float], share: float) -> float:
    """The value that so large a share of the values does not exceed; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
