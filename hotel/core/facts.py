"""Facts: published into the outbox with the change itself, delivered after the commit, applied once.

The truth is the outbox table. The broker carries a hint ("look now"); losing it costs seconds, because a
schedule sweeps. Order is kept per aggregate; a message that fails too often is parked and told aloud.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from pydantic import TypeAdapter

from hotel.core.fact import Fact
from hotel.core.inserts import rows_insert
from hotel.core.models import OutboxMessage

logger = logging.getLogger(__name__)

F = TypeVar("F", bound=Fact)
HINT_INTERVAL_SECONDS = 0.2


@dataclass(frozen=True)
class Handler:
    """A subscription: dotted name, function and the fact it hears."""

    name: str
    function: Callable[[Any], None]
    fact: type[Fact]


_handlers: dict[str, list[Handler]] = {}
_listeners: list[Callable[[tuple[Fact, ...]], None]] = []
_adapters: dict[type[Fact], TypeAdapter[Any]] = {}
_last_hint = 0.0


def subscribe(fact: type[F]) -> Callable[[Callable[[F], None]], Callable[[F], None]]:
    """Register a handler of a fact.

    The handler runs in its own savepoint and may be tried again: only its effect and its inbox row are
    committed together, so it must not call outside systems itself.

    Raises:
        TypeError: another fact of this name is subscribed to; topics are the names of facts.
    """

    def register(function: Callable[[F], None]) -> Callable[[F], None]:
        handler = Handler(f"{function.__module__}.{function.__qualname__}", function, fact)
        known = _handlers.setdefault(fact.__name__, [])
        if known and known[0].fact is not fact:
            raise TypeError(
                f"Two facts are called {fact.__name__}: {known[0].fact.__module__}, {fact.__module__}."
            )
        if handler.name not in {other.name for other in known}:
            known.append(handler)
        return function

    return register


def listen(listener: Callable[[tuple[Fact, ...]], None]) -> None:
    """Tell a function of published facts right after their commit, in the process that published them.

    A hint: it may be lost, and what it raises is only logged. Who must not miss a fact subscribes to it.
    """
    if listener not in _listeners:
        _listeners.append(listener)


def handlers_of(topic: str) -> list[Handler]:
    """The handlers of a topic, in order of registration."""
    return _handlers.get(topic, [])


def subscriptions() -> dict[str, list[Handler]]:
    """All handlers by topic, topics in alphabetical order."""
    return dict(sorted(_handlers.items()))


def adapter(fact: type[Fact]) -> TypeAdapter[Any]:
    """The converter between a fact and plain JSON values, built once per fact."""
    if fact not in _adapters:
        _adapters[fact] = TypeAdapter(fact)
    return _adapters[fact]


def publish(*facts: Fact) -> None:
    """Write facts into the outbox in the caller's transaction and hint the relay after the commit.

    Raises:
        RuntimeError: outside a transaction, because then the fact could be told without being true.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("publish() belongs into the transaction that makes the fact true.")
    rows_insert(
        OutboxMessage(
            property_id=fact.property_id,
            aggregate=fact.aggregate,
            topic=type(fact).__name__,
            payload=adapter(type(fact)).dump_python(fact, mode="json"),
        )
        for fact in facts
    )
    for listener in _listeners:
        transaction.on_commit(lambda heard=listener: heard(facts), robust=True)
    if getattr(settings, "OUTBOX_HINTS", True):
        transaction.on_commit(_hint, robust=True)


def _hint() -> None:
    """Ask a worker to relay now, at most once per interval and process; the relay lingers for the rest."""
    global _last_hint
    if time.monotonic() - _last_hint < HINT_INTERVAL_SECONDS:
        return
    _last_hint = time.monotonic()
    from celery import current_app

    try:
        current_app.send_task("hotel.core.tasks.outbox_relay", retry=False)
    except Exception as error:
        logger.warning("The broker is away (%s); the sweep will deliver.", type(error).__name__)
