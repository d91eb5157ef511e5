"""The letter that tells a member what became of the tier that he asked for."""

from django.db import transaction

from hotel.guests.selectors.profiles import guest_resolved
from hotel.messaging.models import Message
from hotel.messaging.services.messages import Recipient, message_queue
from hotel.messaging.services.templates import MessageNotRenderable, TemplateMissing
from hotel.reservations.services.letters import day_text
from loyalty.choices import MatchStatus
from loyalty.models import StatusMatch

GRANTED, REFUSED = "loyalty_match_granted", "loyalty_match_refused"


@transaction.atomic
def match_letter(*, match_id: int) -> Message | None:
    """Queue the letter about a match that was decided, once. Stops and consent are asked when it leaves.

    Returns:
        None when nothing can be sent: it waits still, the guest has no e-mail address, or the hotel no such letter.
    """
    parts = ("member__guest", "member__program", "rule__tier", "property")
    match = StatusMatch.objects.select_related(*parts).get(pk=match_id)
    guest = guest_resolved(match.member.guest)
    if match.status == MatchStatus.WAITING or not guest.email:
        return None
    language = guest.language or match.property.language
    told = {
        "guest.name": guest.full_name,
        "loyalty.program": match.member.program.name,
        "loyalty.number": match.member.number,
        "loyalty.tier": match.rule.tier.name,
        "loyalty.match": str(match.rule),
    }
    if match.until is not None:
        code, told["loyalty.until"] = GRANTED, day_text(match.until, language)
    else:
        code, told["loyalty.because"] = REFUSED, match.because
    try:
        return message_queue(
            place=match.property,
            template_code=code,
            recipient=Recipient(guest.email, "email", language, guest.pk, guest.full_name),
            context=told,
            dedupe_key=f"loyalty_match:{match.pk}",
        )
    except (TemplateMissing, MessageNotRenderable):
        return None
