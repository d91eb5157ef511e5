"""A destination that does not answer is left in peace for a while, so that nobody waits for it; it is tried by itself.

Each process keeps what it has seen. That a circuit opened is told through the cache, so that with Redis the other
processes spare it too, and so that health and metrics see it; when the cache is lost each process learns it alone.

Libraries were weighed: pybreaker holds one lock over each call, so that calls to a destination would wait for one
another; purgatory lets any number of trials through.
"""

import hashlib
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.cache import cache

from hotel.core.breaker_rules import HEALTHY, RULES, Circuit, admitted, failed, state
from hotel.core.clock import now

logger = logging.getLogger(__name__)
MOST = 2_000  # destinations remembered; those that answer are not
KEY, LIST_KEY = "circuit:", "circuits"


class NotAsked(Exception):
    """The destination has not answered lately, and this call was not made."""


@dataclass(frozen=True)
class OpenCircuit:
    """A destination that is left in peace.

    Attributes:
        destination: scheme, host and port.
        purpose: what it is called for, such as ``webhook``.
        state: ``open``, or ``half_open`` when the next call is the trial.
    """

    destination: str
    purpose: str
    state: str


class Call:
    """One call that was let through; tells whether it was answered."""

    def __init__(self) -> None:
        self.is_answered = True

    def unanswered(self) -> None:
        """It ended without an exception, and yet nobody was there, such as 502 of a proxy."""
        self.is_answered = False


class Breakers:
    """The circuits of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._circuits: dict[str, Circuit] = {}

    @contextmanager
    def guarded(
        self, destination: str, purpose: str, unanswered: tuple[type[Exception], ...]
    ) -> Iterator[Call]:
        """Call within; an exception of ``unanswered`` is silence, any other tells nothing, no exception is an answer.

        Raises:
            NotAsked: the circuit is open.
        """
        is_trial = self._admit(destination, purpose)
        call = Call()
        try:
            yield call
        except unanswered:
            self._failed(destination, purpose, is_trial=is_trial)
            raise
        if call.is_answered:
            self._answered(destination)
        else:
            self._failed(destination, purpose, is_trial=is_trial)

    def forget(self) -> None:
        """As new."""
        cache.delete_many([_key(name) for name in self._circuits])
        self._circuits.clear()

    def _admit(self, destination: str, purpose: str) -> bool:
        """Let a call through; returns whether it is the trial."""
        told = cache.get(_key(destination))
        moment = now().timestamp()
        with self._lock:
            known = self._circuits.get(destination, HEALTHY)
            if told and told[0] > known.shut_until:
                known = Circuit(RULES.failures, told[1], told[0])
            after = admitted(known, moment)
            if after is None:
                raise NotAsked(f"{destination} has not answered lately and is tried again in a moment.")
            if after == known:
                return False
            self._circuits[destination] = after
        _tell(destination, after, purpose)
        return True

    def _answered(self, destination: str) -> None:
        with self._lock:
            was = self._circuits.pop(destination, HEALTHY)
        if was.pause:
            cache.delete(_key(destination))
            logger.warning("%s answers again.", destination)

    def _failed(self, destination: str, purpose: str, *, is_trial: bool) -> None:
        moment = now().timestamp()
        with self._lock:
            was = self._circuits.pop(destination, HEALTHY)
            after = failed(was, moment, is_trial=is_trial)
            while len(self._circuits) >= MOST:
                self._circuits.pop(next(iter(self._circuits)))
            self._circuits[destination] = after
        if after.pause and after != was:
            _tell(destination, after, purpose)
            logger.warning("%s does not answer; it is left in peace for %s s.", destination, after.pause)


breakers = Breakers()


def open_circuits() -> list[OpenCircuit]:
    """Every destination that is left in peace or waits for its trial, of all processes when the cache is shared."""
    moment = now().timestamp()
    names = cache.get(LIST_KEY) or []
    told = cache.get_many([_key(name) for name in names])
    found = [(name, told.get(_key(name))) for name in names]
    return [
        OpenCircuit(name, row[2], state(Circuit(RULES.failures, row[1], row[0]), moment))
        for name, row in found
        if row
    ]


def _tell(destination: str, circuit: Circuit, purpose: str) -> None:
    """Tell the other processes. Forgotten a while after the trial is due: nobody calls it any more, then."""
    kept = 10 * RULES.longest_pause
    cache.set(_key(destination), (circuit.shut_until, circuit.pause, purpose), kept)
    names = [name for name in cache.get(LIST_KEY) or [] if name != destination]
    cache.set(LIST_KEY, [*names, destination][-MOST:], None)


def _key(destination: str) -> str:
    return KEY + hashlib.sha256(destination.encode()).hexdigest()
