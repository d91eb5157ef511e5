"""Letters that a person at the desk writes to a guest: a template filled with him and, if it is about one, his stay."""

from dataclasses import dataclass

from django.db import transaction

from hotel.core.exceptions import InvalidInput
from hotel.core.money import total
from hotel.core.words import _
from hotel.guests.models import Guest
from hotel.messaging.choices import Channel, Purpose
from hotel.messaging.models import Message, MessageTemplate
from hotel.messaging.services.messages import Recipient, message_queue
from hotel.messaging.services.suppressions import suppression_refusal
from hotel.messaging.services.templates import RenderedText, template_choose, template_render
from hotel.properties.models import Property
from hotel.reservations.models import Reservation, RoomAssignment
from hotel.reservations.services.cancellations import fee_preview
from hotel.reservations.services.letters import PROMISED, guest_words, money_text, stay_words


@dataclass(frozen=True, kw_only=True)
class GuestLetter:
    """What is to be written.

    Attributes:
        guest: who lives on, known at the property.
        stay: whose dates and prices it speaks of; None for a letter about none.
        template_code, channel: of a template of the property; the guest's language is chosen, see ``template_choose``.
    """

    place: Property
    guest: Guest
    template_code: str
    channel: str
    stay: Reservation | None = None


@dataclass(frozen=True)
class LetterPreview:
    """How it would read.

    Attributes:
        language: of the template that was found.
        stopped: why it would not leave now; empty when it would.
    """

    address: str
    language: str
    text: RenderedText
    stopped: str


def guest_letter_preview(letter: GuestLetter) -> LetterPreview:
    """The letter as it would be sent. Nothing is kept.

    Raises:
        InvalidInput: he has no address of the channel.
        TemplateMissing, MessageNotRenderable: see ``messaging.services.templates``; a letter about a stay needs one.
    """
    address = _address(letter)
    template = _template(letter)
    context = _words(letter, template.language)
    text = template_render(template=template, place=letter.place, context=context)
    stopped = suppression_refusal(
        property_id=letter.place.pk, channel=letter.channel, address=address, purpose=Purpose.TRANSACTIONAL
    )
    return LetterPreview(address, template.language, text, stopped)


@transaction.atomic
def guest_letter_queue(*, letter: GuestLetter, key: str) -> Message:
    """Word the letter and put it into the queue. Repeatable: one letter per key.

    Args:
        letter: what is written.
        key: of the form that was sent, at most 100 characters.

    Raises:
        InvalidInput, TemplateMissing, MessageNotRenderable: as ``guest_letter_preview``.
    """
    guest = letter.guest
    recipient = Recipient(_address(letter), letter.channel, guest.language, guest.pk, guest.full_name)
    return message_queue(
        place=letter.place,
        template_code=letter.template_code,
        recipient=recipient,
        context=_words(letter, _template(letter).language),
        dedupe_key=f"desk:{key}",
    )


def _address(letter: GuestLetter) -> str:
    found = {Channel.EMAIL: letter.guest.email, Channel.SMS: letter.guest.phone}.get(
        Channel(letter.channel), ""
    )
    if not found:
        text = _("The guest has no address for %(channel)s. Write it into his profile first.") % {
            "channel": Channel(letter.channel).label
        }
        raise InvalidInput(text)
    return found


def _template(letter: GuestLetter) -> MessageTemplate:
    return template_choose(
        place=letter.place,
        code=letter.template_code,
        channel=letter.channel,
        language=letter.guest.language or letter.place.language,
    )


def _words(letter: GuestLetter, language: str) -> dict[str, str]:
    """Values for the template; days in words of the language that it has, which may not be the guest's."""
    stay = letter.stay
    if stay is None:
        return guest_words(letter.guest)
    rooms = RoomAssignment.objects.at(letter.place.pk).filter(reservation=stay, released_at=None)
    numbers = rooms.order_by("arrival", "pk").values_list("room__number", flat=True)
    booked = [row.total_amount for row in stay.booking.reservations.all() if row.status in PROMISED]
    words = stay_words(stay, letter.guest, language) | {
        "booking.confirmation_number": stay.booking.confirmation_number,
        "booking.total": money_text(total(booked, str(stay.booking.currency))),
        "booking.rooms": str(len(booked)),
        "reservation.room_number": ", ".join(numbers),
    }
    if stay.status in PROMISED:
        words["reservation.cancellation_policy"] = fee_preview(stay).text
    if stay.cancellation_number:
        words["reservation.cancellation_number"] = stay.cancellation_number
        fee = stay.fee_amount
        words["reservation.cancellation_fee"] = money_text(fee) if fee is not None else ""
    return words
