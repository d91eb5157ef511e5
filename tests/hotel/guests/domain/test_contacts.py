"""E-mail addresses and telephone numbers in one written form."""

import pytest

from hotel.guests.domain.contacts import (
    PhoneInvalid,
    email_hint,
    email_kind,
    normal_email,
    normal_phone,
    number_or_none,
    phone_hint,
)


@pytest.mark.parametrize(
    ("email", "kind"),
    [
        ("", ""),
        ("gus@example.com", "personal"),
        ("gus.123@guest.booking.com", "relay"),
        ("a1b2@m.expediapartnercentral.com", "relay"),
        ("x@eu.guest.airbnb.com", "relay"),
        ("x@notguest.booking.com.example.org", "personal"),
        ("info@example.com", "shared"),
        ("reservations+vienna@example.com", "shared"),
        ("informer@example.com", "personal"),
    ],
)
def test_an_address_tells_whom_it_identifies(email, kind):
    assert email_kind(email) == kind


def test_addresses_are_lower_case():
    assert normal_email("  Gus@Example.COM ") == "gus@example.com"


@pytest.mark.parametrize(
    ("phone", "country", "normal"),
    [
        ("", "AT", ""),
        ("  ", "AT", ""),
        ("01 5550100", "AT", "+4315550100"),
        ("+43 (0) 1 / 555-0100", "JP", "+4315550100"),
        ("0043 1 5550100", "AT", "+4315550100"),
        ("03-5555-0100", "JP", "+81355550100"),
        ("+1 201 555 0123", "", "+12015550123"),
    ],
)
def test_numbers_are_written_with_their_country_code(phone, country, normal):
    assert normal_phone(phone, country=country) == normal


@pytest.mark.parametrize(
    ("phone", "country"), [("12", "AT"), ("call me", "AT"), ("5550100", ""), ("9" * 40, "AT")]
)
def test_what_is_no_number_is_refused(phone, country):
    with pytest.raises(PhoneInvalid):
        normal_phone(phone, country=country)


@pytest.mark.parametrize(
    ("typed", "number"), [("0664 123 45", "+4366412345"), ("12", None), ("anna", None), (" ", None)]
)
def test_what_is_no_number_of_the_country_is_none(typed, number):
    assert number_or_none(typed, "AT") == number


def test_hints_tell_enough_to_who_knows():
    assert [email_hint(text) for text in ("kim@example.com", "")] == ["k…@example.com", ""]
    assert [phone_hint(text) for text in ("+4315550100", "+4312345", "")] == ["…0100", "…", ""]
