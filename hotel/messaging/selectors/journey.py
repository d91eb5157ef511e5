"""Messages on a guest's way through the house; their words stay with them."""

from collections.abc import Set as AbstractSet

from django.db.models import QuerySet

from hotel.core.templatetags.pms import words
from hotel.messaging.choices import Channel, MessageStatus
from hotel.messaging.models import Message
from hotel.properties.journeys import JourneyRow, JourneyWords, journey_rows


def messages_of_guest(guest_id: int, property_ids: AbstractSet[int], kind: str) -> QuerySet:
    """What was written to him, when it was worded."""
    rows = Message.objects.filter(property_id__in=property_ids, guest_id=guest_id)
    return journey_rows(
        rows,
        at="created_at",
        what="status",
        target="pk",
        more={"template": "template_code", "channel": "channel", "code": "failure_code"},
    )


def message_told(row: JourneyRow) -> JourneyWords:
    """Which letter by which channel, and whether it left."""
    return JourneyWords(
        "messages",
        words(row.more["template"]).capitalize(),
        " · ".join(filter(None, (str(Channel(row.more["channel"]).label), row.more["code"]))),
        (row.what, str(MessageStatus(row.what).label)),
    )
