"""How often each command was given in a replay, and how long it took."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Played:
    """Commands and their seconds, by name."""

    commands: Counter[str] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Count one command of this name, when it succeeds, and its seconds."""
        began = time.perf_counter()
        yield
        self.commands[name] += 1
        self.seconds[name] += time.perf_counter() - began  # type: ignore[assignment]
