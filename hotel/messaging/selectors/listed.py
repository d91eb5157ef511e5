"""What was written by a house, as a list to look after: what waits, what left, what did not and why."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, When

from hotel.messaging.choices import MessageStatus, SuppressionReason
from hotel.messaging.models import Message, MessageTemplate, Suppression

PAGE = 50
# What people ask for, to the status of the rows.
STATES: dict[str, tuple[MessageStatus, ...]] = {
    "waiting": (MessageStatus.QUEUED, MessageStatus.SENDING),
    "sent": (MessageStatus.SENT,),
    "failed": (MessageStatus.FAILED,),
    "bounced": (MessageStatus.FAILED,),
    "held": (MessageStatus.SUPPRESSED,),
}
AGAIN = (MessageStatus.FAILED, MessageStatus.SUPPRESSED)


@dataclass(frozen=True)
class MessagesListed:
    """A part of the list, newest first; ``older`` is the id that the next part begins before, None at the end."""

    rows: list[Message]
    older: int | None


def with_bounce(rows: QuerySet[Message]) -> QuerySet[Message]:
    """With ``is_bounced``: it failed, and its address was stopped because it does not exist or its owner complained."""
    stops = Suppression.objects.filter(
        property_id=OuterRef("property_id"),
        channel=OuterRef("channel"),
        fingerprint=OuterRef("address_fingerprint"),
        reason__in=[SuppressionReason.BOUNCE, SuppressionReason.COMPLAINT],
    )
    told = When(Q(Exists(stops), status=MessageStatus.FAILED), then=True)
    return rows.annotate(is_bounced=Case(told, default=False, output_field=BooleanField()))


def messages_listed(
    property_id: int,
    *,
    state: str = "",
    to: str = "",
    name: str = "",
    fingerprints: Collection[str] | None = None,
    before: int | None = None,
) -> MessagesListed:
    """Messages of a house, fifty at a time, in one statement whatever their number; their words stay in the database.

    Args:
        state: a key of ``STATES``; anything else for all.
        to: ``guests``, ``others``, or anything else for both.
        name: a part of the recipient's name.
        fingerprints: of a whole address, which is encrypted; see ``services.suppressions.address_wanted``.
        before: only rows with a lower id.
    """
    rows = with_bounce(Message.objects.at(property_id).defer("body", "body_html"))
    if state in STATES:
        rows = rows.filter(status__in=STATES[state])
    if state == "bounced":
        rows = rows.filter(is_bounced=True)
    if to in ("guests", "others"):
        rows = rows.filter(guest_id__isnull=to == "others")
    if name:
        rows = rows.filter(recipient_name__icontains=name)
    if fingerprints is not None:
        rows = rows.filter(address_fingerprint__in=fingerprints)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return MessagesListed(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


def templates_offered(property_id: int, channels: Collection[str]) -> list[tuple[str, str]]:
    """Code and channel of the letters that a house can write by these channels, each once whatever its languages."""
    rows = MessageTemplate.objects.at(property_id).filter(channel__in=channels, is_active=True)
    return sorted(set(rows.values_list("code", "channel")))
