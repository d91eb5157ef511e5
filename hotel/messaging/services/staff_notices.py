"""Words of the house to its own people: alarms, requests, reminders. They need no template."""

from collections.abc import Iterable

from django.db import transaction
from django.template.loader import render_to_string

from hotel.accounts.models import User
from hotel.messaging.choices import Channel
from hotel.messaging.domain.addresses import address_problem, normalised
from hotel.messaging.models import Message
from hotel.messaging.services.messages import worded_queue
from hotel.properties.models import Property

STAFF_NOTICE = "staff_notice"


@transaction.atomic
def staff_notice_queue(
    *, place: Property, people: Iterable[User], subject: str, text: str, dedupe_key: str
) -> list[Message]:
    """Write to people of the house by e-mail; a worker sends it after the commit.

    Repeatable by ``dedupe_key``: each person is told once.

    Args:
        place: the property that writes, with its letterhead.
        people: who is told; machines, those shut out, and those without a usable address are left out.
        subject: one line.
        text: plain, with paragraphs; nothing in it is filled in or taken for HTML.
        dedupe_key: unique per property for this notice.

    Returns:
        The messages, one per person, those of an earlier call included.
    """
    line = " ".join(subject.split())[:400]
    page = render_to_string(
        "email/messaging/letter.html",
        {"place": place, "language": place.language, "subject": line, "text": text, "inner": ""},
    )
    told = {user.pk: user for user in people if user.is_active and not user.is_machine and _address(user)}
    return [
        worded_queue(
            message=Message(
                property=place,
                channel=Channel.EMAIL,
                template_code=STAFF_NOTICE,
                language=place.language,
                address=_address(user),
                recipient_name=" ".join(str(user).split())[:160],
                subject=line,
                body=text,
                body_html=page,
                dedupe_key=f"{dedupe_key}:{pk}",
            )
        )
        for pk, user in sorted(told.items())
    ]


def _address(user: User) -> str:
    address = normalised(user.email, Channel.EMAIL)
    return "" if address_problem(address, Channel.EMAIL) else address
