"""Statements of points: printed when asked for, and mailed."""

from datetime import date

from django.db import transaction

from hotel.core.exceptions import RuleBroken
from hotel.core.words import _
from hotel.folios.services.pdfs import page_print
from hotel.guests.models import Guest
from hotel.messaging.models import Message
from hotel.messaging.services.messages import Recipient, message_queue
from hotel.properties.models import Property
from loyalty.models import LoyaltyMember
from loyalty.selectors.statement_papers import statement_paper
from loyalty.selectors.terms import today_of

TEMPLATE = "loyalty_statement"
MOST_LINES = 60  # of a letter; the paper has them all


def statement_pdf(
    *,
    member: LoyaltyMember,
    place: Property,
    guest: Guest | None,
    since: date,
    until: date,
    language: str = "",
) -> bytes:
    """The file of a member's statement with the letterhead of a hotel; nothing is stored.

    Args:
        guest: the member, when the caller may see him.

    Raises:
        PdfUnavailable: this machine cannot print.
    """
    paper = statement_paper(member, place=place, guest=guest, since=since, until=until, language=language)
    return page_print(place, "loyalty/statement.html", paper)


@transaction.atomic
def statement_send(
    *, member: LoyaltyMember, place: Property, guest: Guest | None, since: date, until: date
) -> Message:
    """Queue a member's statement as a letter; the same one once a day. Stops and consent are asked when it leaves.

    Args:
        guest: the member, when the caller may see him.

    Raises:
        RuleBroken: the guest is not known here, or has no e-mail address (``member_without_email``).
        TemplateMissing: the hotel has no such letter.
    """
    if guest is None or not guest.email:
        text = _("This member has no e-mail address at this hotel. Add it to the guest, then repeat.")
        raise RuleBroken(text, code="member_without_email")
    paper = statement_paper(member, place=place, guest=guest, since=since, until=until)
    lines = [f"{row['day']}  {row['points']}  {row['text']}" for row in paper["rows"]]
    ending = [f"{row['points']}: {row['day']}" for row in paper["ending"]]
    return message_queue(
        place=place,
        template_code=TEMPLATE,
        recipient=Recipient(guest.email, "email", paper["language"], guest.pk, guest.full_name),
        context={
            "guest.name": guest.full_name,
            "loyalty.program": paper["program"],
            "loyalty.number": member.number,
            "loyalty.tier": member.tier.name,
            "loyalty.period": paper["facts"][3][1],
            "loyalty.opening": paper["opening"],
            "loyalty.lines": "\n".join(lines[-MOST_LINES:]) or paper["w"]["nothing_moved"],
            "loyalty.closing": paper["closing"],
            "loyalty.ending": "\n".join(ending) or paper["w"]["none_ends"],
            "loyalty.progress": paper["progress"],
        },
        dedupe_key=f"loyalty_statement:{member.pk}:{since}:{until}:{today_of(member.program)}",
    )
