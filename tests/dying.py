"""Processes that are killed at the n-th point where dying makes a difference.

Such points lie before and after each commit, each write outside a transaction, and each order to the card processor.
Whatever is done between two of them is undone by the database, so no other place is left where a process could die
with another result. Nothing in the house knows of them: the process that dies watches itself.
"""

import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

from django.db import DEFAULT_DB_ALIAS, connection, connections

from hotel.folios.adapters.simulator.adapter import SimulatorGateway

PATIENCE = 60  # seconds, for one piece of work
BELOW = "hotel.core.postgresql"  # the connection itself
READS = ("SELECT", "SHOW", "SET", "FETCH", "DECLARE", "CLOSE")


def dies_at(nth: int, work: Callable[[], object]) -> str | None:
    """Run a piece of work in a process of its own, forked from this one and killed by SIGKILL at its n-th point.

    Needs ``@pytest.mark.django_db(transaction=True)``. Returns when the database has undone what the dead had begun.

    Returns:
        The point where it died, such as ``after call_send``: who commits, writes or orders. None when the work came
        to its end before.

    Raises:
        AssertionError: the work failed by itself; with its traceback.
    """
    connections.close_all()
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        _work(nth, work, write)
    os.close(write)
    with os.fdopen(read) as pipe:
        if not select.select([pipe], [], [], PATIENCE)[0]:
            os.kill(child, signal.SIGKILL)
        told = pipe.read()
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended == 0 or (ended == -signal.SIGKILL and told), told or f"it hung for {PATIENCE} s"
    _wait_for_the_database()
    return told if ended else None


def _work(nth: int, work: Callable[[], object], pipe: int) -> None:
    """What the child does; never returns."""
    try:
        with _watched(nth, pipe):
            work()
        connections.close_all()
    except BaseException:
        os.write(pipe, traceback.format_exc().encode())
        os._exit(1)
    os._exit(0)


@contextmanager
def _watched(nth: int, pipe: int) -> Iterator[None]:
    """Every point of this process is counted, and the n-th is its last."""
    left, database = [nth], connections[DEFAULT_DB_ALIAS]
    commit, perform, page_open = database._commit, SimulatorGateway.perform, SimulatorGateway.page_open

    def point(name: str) -> None:
        left[0] -= 1
        if not left[0]:
            os.write(pipe, name.encode())
            os.kill(os.getpid(), signal.SIGKILL)

    def around(call: Callable[..., Any]) -> Callable[..., Any]:
        def called(*given: Any) -> Any:
            name = _who()
            point(f"before {name}")
            result = call(*given)
            point(f"after {name}")
            return result

        return called

    def execute(run: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        is_read = str(sql).lstrip().upper().startswith(READS)
        return (run if is_read or database.in_atomic_block else around(run))(sql, params, many, context)

    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(database, "_commit", around(commit)))
        stack.enter_context(mock.patch.object(SimulatorGateway, "perform", around(perform)))
        stack.enter_context(mock.patch.object(SimulatorGateway, "page_open", around(page_open)))
        stack.enter_context(database.execute_wrapper(execute))
        yield


def _who() -> str:
    """The innermost function of the house that is running; of a decorated one that commits, who called it."""
    frame = sys._getframe(2)
    while not (name := frame.f_globals.get("__name__", "")).startswith("hotel.") or name.startswith(BELOW):
        assert frame.f_back is not None
        frame = frame.f_back
    return frame.f_code.co_name


def _wait_for_the_database() -> None:
    """Until the dead one's connection is gone, and with it what he had not committed."""
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'"
    )
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(others)
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.002)
    raise AssertionError("the dead process is still connected")
