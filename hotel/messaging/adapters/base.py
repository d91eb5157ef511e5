"""What every channel's adapter promises."""

from dataclasses import dataclass
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from hotel.core.exceptions import ExternalFailure


@dataclass(frozen=True)
class Parcel:
    """A finished message, ready to leave.

    Attributes:
        reference: the same for every attempt, so that the other side can tell a repetition.
        channel: email, sms or push.
        address: normalised.
        recipient_name: for the To header; may be empty.
        subject: one line; empty for SMS.
        body: plain text.
        body_html: a whole HTML document; empty for none.
        language: of the text, such as ``de``.
        sender_name: the hotel.
        reply_to: the hotel's own address; may be empty.
        files: that go along, each (name, media type, bytes); e-mail only.
    """

    reference: str
    channel: str
    address: str
    recipient_name: str
    subject: str
    body: str
    body_html: str
    language: str
    sender_name: str
    reply_to: str
    files: tuple[tuple[str, str, bytes], ...] = ()


class DeliveryFailure(ExternalFailure):
    """The message did not leave.

    Attributes:
        code: the other side's status or a word of ours.
        reason: what it said, for the log.
    """

    def __init__(self, code: str, reason: str) -> None:
        self.reason = reason.replace("\x00", "")[:2000]
        super().__init__(self.reason, code=code[:40])


class TemporaryFailure(DeliveryFailure):
    """Worth another attempt."""


class PermanentFailure(DeliveryFailure):
    """Another attempt would fail the same way.

    Attributes:
        is_bounce: the address itself is dead: nothing more should be sent to it.
    """

    def __init__(self, code: str, reason: str, *, is_bounce: bool = False) -> None:
        super().__init__(code, reason)
        self.is_bounce = is_bounce


class Adapter(Protocol):
    """One way out. Stateless; called outside any transaction; must give up within about ten seconds."""

    def send(self, parcel: Parcel) -> str:
        """Hand the message over. Returns the other side's id of it, or empty.

        Raises:
            TemporaryFailure, PermanentFailure.
        """
        ...


@cache
def _adapter(dotted: str) -> Adapter:
    return import_string(dotted)()


def adapter_for(channel: str) -> Adapter:
    """The adapter that settings name for a channel."""
    return _adapter(settings.MESSAGING_ADAPTERS[channel])
