"""Facts of messaging."""

from dataclasses import dataclass
from typing import ClassVar

from hotel.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class _MessageFact(Fact):
    """Something about one message; no address and no text, those are read by who may.

    Attributes:
        message_id: the message.
        channel: email, sms or push.
        template_code: what it is for, such as ``pre_arrival``.
        guest_id: the guest it went to, if known.
    """

    aggregate_name: ClassVar[str] = "message"
    aggregate_field: ClassVar[str] = "message_id"

    message_id: int
    channel: str
    template_code: str
    guest_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class MessageQueued(_MessageFact):
    """A message waits to leave the house, for the first time or again."""


@dataclass(frozen=True, kw_only=True)
class MessageSent(_MessageFact):
    """The mail server or gateway has taken the message."""


@dataclass(frozen=True, kw_only=True)
class MessageFailed(_MessageFact):
    """A message was given up.

    Attributes:
        code: why, as a stable word or the other side's status.
    """

    code: str


@dataclass(frozen=True, kw_only=True)
class MessageSuppressed(_MessageFact):
    """A message was held back for lack of consent, a stop on its address, or because it was withdrawn.

    Attributes:
        code: ``no_consent``, ``suppressed`` or ``withdrawn``.
    """

    code: str
