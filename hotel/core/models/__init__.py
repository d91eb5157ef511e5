"""Tables of the kernel."""

from hotel.core.models.idempotency import IdempotencyRecord
from hotel.core.models.invariants import InvariantCheck
from hotel.core.models.keys import DataKey
from hotel.core.models.outbox import HandledFact, OutboxMessage
from hotel.core.models.schedules import DeclaredSchedule
from hotel.core.models.security_events import SecurityEvent

__all__ = [
    "DataKey",
    "DeclaredSchedule",
    "HandledFact",
    "IdempotencyRecord",
    "InvariantCheck",
    "OutboxMessage",
    "SecurityEvent",
]
