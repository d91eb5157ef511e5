"""Contact data on its way into a row: normalised, checked and fingerprinted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from hotel.core.crypto import key_ring
from hotel.core.exceptions import InvalidInput
from hotel.core.words import _
from hotel.guests.domain.contacts import PhoneInvalid, email_kind, normal_email, normal_phone


def email_fingerprint(email: str) -> str:
    """The blind index of an address as ``normal_email`` gives it; empty for none."""
    return key_ring().fingerprint(email, context="guests.email") if email else ""


def phone_fingerprint(phone: str) -> str:
    """The blind index of a number in E.164; empty for none."""
    return key_ring().fingerprint(phone, context="guests.phone") if phone else ""


def birth_date_fingerprint(day: date | None) -> str:
    """The blind index of a date of birth; empty for none."""
    return key_ring().fingerprint(day.isoformat(), context="guests.birth_date") if day else ""


def contact_columns(values: Mapping[str, Any], *, country: str) -> dict[str, Any]:
    """Replace ``email`` and ``phone`` in values by their normal form and add what follows from them.

    Args:
        values: column to new value; other columns pass through.
        country: ISO 3166 code of the property, in which national numbers are read.

    Raises:
        InvalidInput: no e-mail address, or no telephone number.
    """
    columns = dict(values)
    if "email" in columns:
        email = normal_email(columns["email"])
        if email:
            _check_email(email)
        columns |= {"email": email, "email_fingerprint": email_fingerprint(email)}
    if "phone" in columns:
        phone = _phone(columns["phone"], country)
        columns |= {"phone": phone, "phone_fingerprint": phone_fingerprint(phone)}
    return columns


def guest_contact_columns(values: Mapping[str, Any], *, country: str) -> dict[str, Any]:
    """As ``contact_columns``, and what kind of address the e-mail is."""
    columns = contact_columns(values, country=country)
    if "email" in columns:
        columns["email_kind"] = email_kind(columns["email"])
    if "birth_date" in columns:
        columns["birth_date_fingerprint"] = birth_date_fingerprint(columns["birth_date"])
    return columns


def _check_email(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        text = _("Give an e-mail address such as gus@example.com.")
        raise InvalidInput(text, code="email_invalid", fields={"email": [text]}) from error


def _phone(text: str, country: str) -> str:
    try:
        return normal_phone(text, country=country)
    except PhoneInvalid as error:
        hint = _("Give a telephone number, best with its country code, such as +4315550100.")
        raise InvalidInput(hint, code="phone_invalid", fields={"phone": [hint]}) from error
