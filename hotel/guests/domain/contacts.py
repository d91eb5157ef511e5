"""E-mail addresses and telephone numbers in one written form, and whom they identify."""

import phonenumbers

from hotel.core.words import _

RELAY_DOMAINS = frozenset(
    {
        "guest.booking.com",
        "property.booking.com",
        "m.expediapartnercentral.com",
        "guest.expediapartnercentral.com",
        "guest.airbnb.com",
        "host.airbnb.com",
        "messages.homeaway.com",
        "messages.vrbo.com",
        "guest.agoda.com",
        "agoda-messaging.com",
        "guest.trip.com",
        "guest.hostelworld.com",
        "guest.hotels.com",
        "guest.hrs.com",
        "privaterelay.appleid.com",
    }
)
SHARED_MAILBOXES = frozenset(
    """
    info office reception frontdesk booking bookings reservation reservations reservas travel noreply no-reply
    donotreply admin contact hello mail sales accounting kontakt team guest guests none unknown
    """.split()  # noqa: SIM905
)


class PhoneInvalid(ValueError):
    """The text is no telephone number in this country."""


def normal_email(email: str) -> str:
    """The address without blanks around it, in lower case; empty stays empty."""
    return email.strip().lower()


def email_kind(email: str) -> str:
    """``personal``, ``relay`` or ``shared``; empty for no address.

    A relay address belongs to a channel, a shared one to an office: neither tells who writes.

    Args:
        email: as ``normal_email`` gives it.

    Source:
        reference: un-mergeable "monster profiles" made of OTA relay addresses.
    """
    if not email:
        return ""
    mailbox, _, domain = email.rpartition("@")
    if any(domain == relay or domain.endswith(f".{relay}") for relay in RELAY_DOMAINS):
        return "relay"
    return "shared" if mailbox.partition("+")[0] in SHARED_MAILBOXES else "personal"


def normal_phone(phone: str, *, country: str) -> str:
    """The number in E.164, such as ``+4315550100``; empty stays empty.

    Args:
        phone: as written by hand, national or with country code.
        country: ISO 3166 code that a national number is read in.

    Raises:
        PhoneInvalid: not a possible number.
    """
    if not phone.strip():
        return ""
    try:
        number = phonenumbers.parse(phone, country or None)
    except phonenumbers.NumberParseException as error:
        raise PhoneInvalid(str(error)) from error
    if not phonenumbers.is_possible_number(number):
        raise PhoneInvalid(_("too short or too long for its country"))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def number_or_none(phone: str, country: str) -> str | None:
    """The number in E.164, or None when it is no possible number of the country."""
    try:
        return normal_phone(phone, country=country) or None
    except PhoneInvalid:
        return None


def email_hint(email: str) -> str:
    """Enough of an address for who knows it: ``k…@example.com``; empty stays empty."""
    mailbox, _, domain = email.rpartition("@")
    return f"{mailbox[:1]}…@{domain}" if email else ""


def phone_hint(phone: str) -> str:
    """Enough of a number for who knows it: ``…0100``; empty stays empty, and of a short one nothing is told."""
    return f"…{phone[-4:] if len(phone) > 8 else ''}" if phone else ""
