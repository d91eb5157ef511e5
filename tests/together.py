"""Two actors and more: real threads with connections of their own, started at the same instant."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections


def together(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls at once, each in a thread of its own; returns results or exceptions, in order.

    Needs ``@pytest.mark.django_db(transaction=True)``: other connections see only what is committed.
    """
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=20)
            return call()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=len(calls)) as pool:
        return list(pool.map(run, calls))


class Actor:
    """One thread that does what it is told, step by step, on a connection of its own."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(max_workers=1)

    def do(self, call: Callable[[], Any], *, wait: bool = True, timeout: float = 20) -> Any:
        """Run a call; returns its result, or the future when not waiting. Exceptions come through."""
        future = self.pool.submit(call)
        return future.result(timeout=timeout) if wait else future

    def __enter__(self) -> "Actor":
        return self

    def __exit__(self, *error: object) -> None:
        self.pool.submit(connections.close_all).result(timeout=20)
        self.pool.shutdown()
