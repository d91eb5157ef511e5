"""Many people at once, each with a connection of their own; what they were told is kept."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.db import connection
from psycopg.errors import DeadlockDetected

from hotel.core.exceptions import PmsError


@dataclass
class Told:
    """What came of a storm.

    Attributes:
        kept: what the actors returned, per actor in order.
        refused: code of each refusal to how often.
        deadlocks: refusals that PostgreSQL's deadlock detector caused.
        broken: errors that are no refusals.
    """

    kept: list[Any] = field(default_factory=list)
    refused: Counter = field(default_factory=Counter)
    deadlocks: int = 0
    broken: list[BaseException] = field(default_factory=list)


def storm(act: Callable[[int, Random], Any], *, actors: int, rounds: int = 1) -> Told:
    """Let each actor act so many rounds, all beginning together; ``act(actor, random)`` returns what it was told."""
    told, start, guard = Told(), threading.Barrier(actors), threading.Lock()

    def run(actor: int) -> None:
        random, kept, refused, deadlocks = Random(actor), [], Counter(), 0
        try:
            connection.ensure_connection()
            start.wait(30)
            for _ in range(rounds):
                try:
                    kept.append(act(actor, random))
                except PmsError as refusal:
                    refused[refusal.code] += 1
                    deadlocks += _is_deadlock(refusal)
        except BaseException as error:
            told.broken.append(error)
        finally:
            connection.close()
            with guard:
                told.kept.append(kept)
                told.refused += refused
                told.deadlocks += deadlocks

    threads = [threading.Thread(target=run, args=(actor,)) for actor in range(actors)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return told


def _is_deadlock(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, DeadlockDetected):
        error = error.__cause__
    return error is not None


def meanwhile(act: Callable[[], Any], *, patience: float = 0.4) -> tuple[threading.Thread, list[Any]]:
    """Start an act on a connection of its own and give it time; it is expected to wait for the caller's transaction.

    Returns:
        The thread, still alive if the act waits, and a list that gets what it returned or raised.
    """
    outcome: list[Any] = []

    def run() -> None:
        try:
            outcome.append(act())
        except Exception as error:
            outcome.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(patience)
    return thread, outcome
