"""Letters about bookings: worded by the property's templates, sent by messaging; without a template, none."""

from datetime import date, datetime

from babel.core import UnknownLocaleError
from babel.dates import format_date
from moneyed import Money

from hotel.core.money import exponent, total
from hotel.guests.models import Guest
from hotel.messaging.models import Message
from hotel.messaging.services.messages import Recipient, message_queue
from hotel.messaging.services.templates import MessageNotRenderable, TemplateMissing
from hotel.properties.models import Property
from hotel.reservations.choices import OfferStatus, ReservationStatus
from hotel.reservations.models import Booking, Reservation, WaitlistOffer
from hotel.reservations.services.cancellations import fee_preview

PROMISED = (ReservationStatus.CONFIRMED, ReservationStatus.IN_HOUSE)


def confirmation_letter(*, booking_id: int) -> Message | None:
    """Write to the booker that the booking is confirmed. Repeatable: one letter per booking.

    Returns:
        The message; None when nobody can be written to, nothing is confirmed, or there is no template.
    """
    booking = Booking.objects.select_related("property", "booker").filter(pk=booking_id).first()
    if booking is None:
        return None
    rows = list(booking.reservations.select_related("property", "room_type", "rate_plan", "primary_guest"))
    stays = [row for row in rows if row.status in PROMISED]
    guest = booking.booker or next((row.primary_guest for row in stays if row.primary_guest), None)
    if not stays or guest is None:
        return None
    context = stay_words(stays[0], guest) | {
        "booking.confirmation_number": booking.confirmation_number,
        "booking.total": money_text(total((row.total_amount for row in stays), str(booking.currency))),
        "booking.rooms": str(len(stays)),
        "reservation.cancellation_policy": fee_preview(stays[0]).text,
    }
    return _queue(
        booking.property, "booking_confirmation", guest, context, f"booking_confirmation:{booking_id}"
    )


def cancellation_letter(*, reservation_id: int) -> Message | None:
    """Write that a confirmed stay was cancelled, with number and fee. Repeatable: one letter per cancellation.

    Returns:
        The message; None when nobody can be written to, it was never confirmed or stands again, or without template.
    """
    rows = Reservation.objects.select_related("booking__booker").with_parts()
    row = rows.filter(pk=reservation_id, status=ReservationStatus.CANCELLED).first()
    if row is None or row.confirmed_at is None:
        return None
    guest = row.booking.booker or row.primary_guest
    if guest is None:
        return None
    context = stay_words(row, guest) | {
        "booking.confirmation_number": row.booking.confirmation_number,
        "reservation.cancellation_number": row.cancellation_number,
        "reservation.cancellation_fee": money_text(row.fee_amount) if row.fee_amount is not None else "",
    }
    return _queue(
        row.property, "booking_cancelled", guest, context, f"booking_cancelled:{row.cancellation_number}"
    )


def waitlist_letter(*, offer_id: int) -> Message | None:
    """Write to a waiting guest that a room is held for him, and until when. Repeatable: one letter per offer.

    Returns:
        The message; None when nobody can be written to, the offer has ended, or there is no template.
    """
    offer = WaitlistOffer.objects.filter(pk=offer_id, status=OfferStatus.OPEN).first()
    if offer is None:
        return None
    row = Reservation.objects.select_related("booking__booker").with_parts().get(pk=offer.reservation_id)
    guest = row.booking.booker or row.primary_guest
    if guest is None:
        return None
    context = stay_words(row, guest) | {
        "booking.confirmation_number": row.booking.confirmation_number,
        "offer.expires": instant_text(offer.expires_at, row.property, guest.language),
    }
    return _queue(row.property, "waitlist_offer", guest, context, f"waitlist_offer:{offer_id}")


def instant_text(moment: datetime, place: Property, language: str) -> str:
    """An instant on the clock of the property, in words of a language."""
    local = moment.astimezone(place.zone)
    return f"{day_text(local.date(), language or place.language)}, {local:%H:%M}"


def money_text(amount: Money) -> str:
    """Money in a letter: currency and amount on its minor unit."""
    return f"{amount.currency.code} {amount.amount:.{exponent(amount.currency.code)}f}"


def guest_words(guest: Guest) -> dict[str, str]:
    """What a letter may say of the guest himself."""
    return {
        "guest.title": guest.salutation,
        "guest.first_name": guest.first_name,
        "guest.last_name": guest.last_name,
        "guest.name": guest.full_name,
    }


def stay_words(row: Reservation, guest: Guest, language: str = "") -> dict[str, str]:
    """What a letter to a guest may say of a stay, the house and him; dates in words of his language or of another."""
    place, language = row.property, language or guest.language or row.property.language
    return {
        "property.name": place.name,
        "property.address": place.address,
        "property.phone": place.phone,
        "property.email": place.email,
        "property.check_in_time": f"{place.check_in_time:%H:%M}",
        "property.check_out_time": f"{place.check_out_time:%H:%M}",
        **guest_words(guest),
        "reservation.number": row.number,
        "reservation.arrival": day_text(row.arrival, language),
        "reservation.departure": day_text(row.departure, language),
        "reservation.nights": str((row.departure - row.arrival).days),
        "reservation.adults": str(row.adults),
        "reservation.children": str(sum(row.children.values())),
        "reservation.room_type": row.room_type.name,
        "reservation.rate_plan": row.rate_plan.name,
        "reservation.total": money_text(row.total_amount),
    }


def day_text(day: date, language: str) -> str:
    """A date in words of a language; English when it is unknown."""
    try:
        return str(format_date(day, "long", locale=language.replace("-", "_") or "en"))
    except (UnknownLocaleError, ValueError):
        return str(format_date(day, "long", locale="en"))


def _queue(place: Property, code: str, guest: Guest, context: dict[str, str], key: str) -> Message | None:
    if not guest.email:
        return None
    recipient = Recipient(guest.email, "email", guest.language, guest.pk, guest.full_name)
    try:
        return message_queue(
            place=place, template_code=code, recipient=recipient, context=context, dedupe_key=key
        )
    except (TemplateMissing, MessageNotRenderable):
        return None
