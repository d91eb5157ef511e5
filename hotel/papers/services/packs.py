"""Packs made by themselves when a day is closed, and sent to the addresses that the manager has named."""

import logging
from datetime import date

from django.db import transaction

from hotel.core.access_notes import access_note, access_noted
from hotel.core.days import day_words
from hotel.core.exceptions import NotFound, PmsError
from hotel.core.words import _
from hotel.guests.models import Guest
from hotel.messaging.attachments import Attachment, AttachmentGone
from hotel.messaging.models import Message
from hotel.messaging.services.house_letters import house_letters_queue
from hotel.papers.choices import PaperForm, PaperKind, PaperStatus
from hotel.papers.models import Paper
from hotel.papers.services.papers import MEDIA, PaperWish, paper_ask, paper_content
from hotel.properties.choices import SettingKey
from hotel.properties.models import Property
from hotel.properties.selectors.settings import setting_value

logger = logging.getLogger(__name__)

PACKS: dict[str, SettingKey] = {
    PaperKind.AUDIT_PACK: SettingKey.AUDIT_PACK_TO,
    PaperKind.DOWNTIME_PACK: SettingKey.DOWNTIME_PACK_TO,
}
SUBJECTS = {PaperKind.AUDIT_PACK: "Night-audit pack", PaperKind.DOWNTIME_PACK: "Downtime pack"}


def packs_ask(*, place: Property, closed: date) -> list[Paper]:
    """Have both packs made after a day was closed: of that day, and of the three days from the open one.

    Repeatable: those that are still to be made are answered again. While files may not be made there are none, which
    is in the log; they can be asked for later.
    """
    wishes = (
        PaperWish(kind=PaperKind.AUDIT_PACK, day=closed),
        PaperWish(kind=PaperKind.DOWNTIME_PACK),
    )
    try:
        return [paper_ask(place=place, wish=wish, by=None) for wish in wishes]
    except PmsError as refused:
        logger.warning("%s, %s: no packs: %s", place.code, closed, refused.message)
        return []


def addresses_of(place: Property, kind: str) -> list[str]:
    """Whom a pack is sent to; nobody when no address is set."""
    return list(setting_value(place.pk, PACKS[PaperKind(kind)], place.business_date))


@transaction.atomic
def pack_send(*, paper: Paper) -> list[Message]:
    """Write to the addresses that are set for a pack that is ready, with its file. Repeatable: to each once.

    Raises:
        NotFound: the file is not there.
    """
    place = paper.property
    if paper.status != PaperStatus.READY:
        raise NotFound(_("This file is not there. Have it made anew."))
    addresses = addresses_of(place, paper.kind)
    if not addresses:
        return []
    subject = f"{SUBJECTS[PaperKind(paper.kind)]} {place.name}, {day_words(paper.business_date)}"
    text = (
        f"{subject}.\n\nThe file is attached. It has names of guests: keep it where others cannot read it, and delete "
        "it when a newer one has come.\n\nYou get it because the hotel has named this address on its page of the night "
        "audit."
    )
    return house_letters_queue(
        place=place,
        addresses=addresses,
        subject=subject,
        text=text,
        attachment=f"paper:{paper.pk}",
        dedupe_key=letter_key(paper),
    )


def letter_key(paper: Paper) -> str:
    """What the letters with a paper are known by."""
    return f"paper:{paper.pk}"


def paper_attachment(property_id: int, paper_id: int) -> Attachment:
    """The file as it leaves by e-mail; noted for all whom it names.

    Raises:
        AttachmentGone: its time is over, or exports of the hotel are frozen.
    """
    paper = Paper.objects.at(property_id).select_related("property").filter(pk=paper_id).first()
    if paper is None:
        raise AttachmentGone(_("There is no such paper."))
    try:
        content = paper_content(paper=paper)
    except PmsError as refused:
        raise AttachmentGone(refused.message) from refused
    with access_noted():
        access_note(Guest._meta.db_table, paper.guests, "export")
    return Attachment(paper.file_name, MEDIA[PaperForm(paper.form)], content)
