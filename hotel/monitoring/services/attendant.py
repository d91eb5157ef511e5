"""One thread of each process: looks for changed rules, tells what was seen, and feels how busy the machine is."""

import atexit
import logging
import os
import random
import signal
import threading
import time
from types import FrameType
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from psycopg_pool import PoolTimeout

from hotel.core.disk import Room, disk_watch
from hotel.monitoring.domain.defaults import default_rules
from hotel.monitoring.domain.shedding import Pressure, next_level
from hotel.monitoring.selectors.rules import RuleTable, rules_read, rules_version
from hotel.monitoring.services.disk import disk_follow
from hotel.monitoring.services.leases import leases
from hotel.monitoring.services.recorder import recorder
from hotel.monitoring.services.usage_flush import usage_flush
from hotel.properties.restraints import standing

logger = logging.getLogger(__name__)
TICK_SECONDS = 0.1
POLL_SECONDS, REREAD_SECONDS = 1.0, 30.0
FLUSH_SECONDS = 10.0
SMOOTHING = 0.3
LOST = (DatabaseError, InterfaceError, PoolTimeout)


class Attendant:
    """Started by the first request of a process, so that forking servers have one in each worker.

    Attributes:
        table: the rules that hold now; the built-in ones until the database was read.
        level: how much is shed (``domain/shedding.py``).
    """

    def __init__(self) -> None:
        """Not at work."""
        self.forget()

    def forget(self) -> None:
        """As new; called in a forked child, which has no thread."""
        self.table = RuleTable(0, tuple(default_rules()))
        self.level, self.lag_seconds = 0, 0.0
        self._read_at = float("-inf")
        self._flush_at = 0.0
        self._thread: threading.Thread | None = None
        self._end = threading.Event()
        self._start_lock = threading.Lock()
        self.is_ending = False
        self._disk: Room | None = None

    def ensure(self) -> None:
        """Start the thread unless it runs, or the settings want none."""
        if self._thread is None and settings.API_ATTENDANT:
            with self._start_lock:
                if self._thread is None:
                    self._flush_at = time.monotonic() + FLUSH_SECONDS * random.uniform(0.2, 1.2)  # noqa: S311
                    self._thread = threading.Thread(target=self._work, name="api-attendant", daemon=True)
                    self._thread.start()
                    atexit.register(self.end)

    def _work(self) -> None:
        poll_at = 0.0
        while not self._end.is_set():
            try:
                if time.monotonic() >= poll_at:
                    poll_at = time.monotonic() + POLL_SECONDS
                    self.refresh()
                    standing.refresh()
                    self.watch_disk()
                if time.monotonic() >= self._flush_at:
                    self._flush_at = time.monotonic() + FLUSH_SECONDS * random.uniform(0.8, 1.2)  # noqa: S311
                    self.flush()
            except LOST as error:
                logger.warning("The attendant cannot reach the database: %s", error)
            except Exception:
                logger.exception("The attendant stumbled.")
            finally:
                connection.close()  # back to the pool between two looks
            began = time.monotonic()
            self._end.wait(TICK_SECONDS)
            self.feel(time.monotonic() - began - TICK_SECONDS)

    def feel(self, late_seconds: float) -> None:
        """Take in one measurement of how late this thread got its turn."""
        self.lag_seconds += SMOOTHING * (max(0.0, late_seconds) - self.lag_seconds)
        pressure = Pressure(
            self.lag_seconds, leases.in_flight, settings.SHED_LAG_SECONDS, settings.SHED_IN_FLIGHT
        )
        level = next_level(self.level, pressure.load)
        if level != self.level:
            logger.warning("Load %.2f: requests are shed at level %d.", pressure.load, level)
            self.level = level

    def refresh(self) -> None:
        """Read the rules when they have changed, and twice a minute for who holds which role."""
        version, now = rules_version(), time.monotonic()
        if version == self.table.version and now - self._read_at < REREAD_SECONDS:
            return
        table = rules_read()
        if not any(rule.is_floor for rule in table.rules):
            floors = tuple(rule for rule in default_rules() if rule.is_floor)
            table = RuleTable(table.version, floors + table.rules, table.suspended_until, table.concurrency)
        self.table, self._read_at = table, now

    def watch_disk(self) -> None:
        """Look every few seconds; in between it costs nothing. Every hotel follows what was seen."""
        seen = disk_watch.refresh_when_due()
        if seen is not self._disk:
            self._disk = seen
            disk_follow()

    def flush(self) -> None:
        """Tell what was seen; what cannot be told is kept for the next time."""
        seen = recorder.drain()
        if not seen:
            return
        try:
            usage_flush(seen=seen)
        except BaseException:
            recorder.put_back(seen)
            raise

    def end(self) -> None:
        """Tell the rest and stop; repeatable. What comes later is told at once."""
        self.is_ending = True
        self._end.set()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(5)
        try:
            self.flush()
        except LOST as error:
            logger.warning("What was seen last could not be told: %s", error)
        finally:
            connection.close()

    def end_on_terminate(self) -> None:
        """Tell the rest at SIGTERM, beside what the server does then.

        For servers that end by the signal itself and never come to ``atexit``. Called in the main thread, after the
        server has set its own handler.
        """
        if threading.current_thread() is not threading.main_thread():
            return
        before = signal.getsignal(signal.SIGTERM)

        def handle(number: int, frame: FrameType | None) -> Any:
            threading.Thread(target=self.end, name="api-attendant-end").start()
            if callable(before):
                before(number, frame)
            elif before is signal.SIG_DFL:
                signal.signal(number, signal.SIG_DFL)
                signal.raise_signal(number)

        signal.signal(signal.SIGTERM, handle)


attendant = Attendant()
os.register_at_fork(after_in_child=attendant.forget)
