"""Letters of the house to addresses that its manager has named, with a file."""

from collections.abc import Iterable

from django.db import transaction
from django.template.loader import render_to_string

from hotel.core.exceptions import InvalidInput
from hotel.messaging.choices import Channel
from hotel.messaging.domain.addresses import address_problem, normalised
from hotel.messaging.models import Message
from hotel.messaging.services.messages import worded_queue
from hotel.messaging.services.suppressions import address_fingerprint
from hotel.properties.models import Property

HOUSE_LETTER = "house_letter"


@transaction.atomic
def house_letters_queue(
    *, place: Property, addresses: Iterable[str], subject: str, text: str, attachment: str, dedupe_key: str
) -> list[Message]:
    """Write to addresses by e-mail, with a file; a worker sends it after the commit.

    Repeatable by ``dedupe_key``: each address is written to once.

    Args:
        place: the property that writes, with its letterhead.
        addresses: e-mail addresses.
        subject: one line.
        text: plain, with paragraphs; nothing in it is filled in or taken for HTML.
        attachment: of the file, see ``messaging.attachments``.
        dedupe_key: unique per property for this letter.

    Returns:
        The messages, one per address, those of an earlier call included.

    Raises:
        InvalidInput: not an e-mail address.
    """
    line = " ".join(subject.split())[:400]
    page = render_to_string(
        "email/messaging/letter.html",
        {"place": place, "language": place.language, "subject": line, "text": text, "inner": ""},
    )
    return [
        worded_queue(
            message=Message(
                property=place,
                channel=Channel.EMAIL,
                template_code=HOUSE_LETTER,
                language=place.language,
                address=address,
                address_fingerprint=address_fingerprint(address, Channel.EMAIL),
                subject=line,
                body=text,
                body_html=page,
                attachment=attachment,
                dedupe_key=f"{dedupe_key}:{address_fingerprint(address, Channel.EMAIL)[:32]}",
            )
        )
        for address in sorted({_checked(one) for one in addresses})
    ]


def _checked(address: str) -> str:
    found = normalised(address, Channel.EMAIL)
    if problem := address_problem(found, Channel.EMAIL):
        raise InvalidInput(problem, fields={"address": [problem]})
    return found
