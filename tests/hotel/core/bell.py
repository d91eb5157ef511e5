"""A fact with two handlers, for the tests of the outbox and for the worker they kill."""

import os
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

from hotel.core import facts
from hotel.core.fact import Fact
from hotel.core.facts import subscribe
from hotel.core.models import DeclaredSchedule


@dataclass(frozen=True, kw_only=True)
class BellRang(Fact):
    """A bell rang for the n-th time."""

    aggregate_name: ClassVar[str] = "bell"
    aggregate_field: ClassVar[str] = "bell_id"

    bell_id: int
    n: int


def note(text: str) -> None:
    """Write one effect; two effects of one name would be refused, hence the count."""
    DeclaredSchedule.objects.create(name=f"{text} {DeclaredSchedule.objects.count()}", written={"text": text})


def noted() -> list[str]:
    """All effects, in the order they were written."""
    return [row.written["text"] for row in DeclaredSchedule.objects.order_by("pk")]


def porter(fact: BellRang) -> None:
    """Note the ring; die in the middle when told so."""
    note(f"porter {fact.bell_id}.{fact.n}")
    if os.environ.get("BELL_KILLS") == "porter":
        os._exit(137)


def page(fact: BellRang) -> None:
    """Note the ring; fail for bell 13."""
    note(f"page {fact.bell_id}.{fact.n}")
    if os.environ.get("BELL_KILLS") == "page":
        os._exit(137)
    if fact.bell_id == 13:
        raise ValueError("bell 13 is broken")


@contextmanager
def subscribed(*handlers):
    """Subscribe the handlers to BellRang for a while."""
    before = facts._handlers.pop("BellRang", None)
    try:
        for handler in handlers:
            subscribe(BellRang)(handler)
        yield
    finally:
        facts._handlers.pop("BellRang", None)
        if before is not None:
            facts._handlers["BellRang"] = before
