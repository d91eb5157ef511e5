"""The port through which a higher floor gives the file that goes along with an e-mail, when the letter leaves.

Nothing of the file is kept with the message: what has been forgotten, erased or frozen meanwhile does not leave.
"""

from collections.abc import Callable
from dataclasses import dataclass

from hotel.core.words import _
from hotel.messaging.adapters.base import PermanentFailure


@dataclass(frozen=True)
class Attachment:
    """A file that goes along: its name, media type and bytes."""

    name: str
    media_type: str
    content: bytes


class AttachmentGone(PermanentFailure):
    """The file is not there any more, or must not leave: the letter, which speaks of it, does not leave either."""

    def __init__(self, reason: str) -> None:
        super().__init__("attachment_gone", reason)


AttachmentSource = Callable[[int, int], Attachment]
_sources: dict[str, AttachmentSource] = {}


def register_attachments(owner: str, source: AttachmentSource) -> None:
    """Install who has files of a kind. Repeatable.

    Args:
        owner: word before the colon in ``Message.attachment``, such as ``paper``.
        source: called with the property's id and the id behind the colon; raises ``AttachmentGone``.
    """
    _sources[owner] = source


def attachments_of(property_id: int, word: str) -> tuple[Attachment, ...]:
    """The file of a message; none for a message without.

    Raises:
        AttachmentGone: nobody has it any more.
    """
    if not word:
        return ()
    owner, _colon, key = word.partition(":")
    source = _sources.get(owner)
    if source is None or not key.isdecimal():
        raise AttachmentGone(_("Nobody has the file %(word)s.") % {"word": word})
    return (source(property_id, int(key)),)
