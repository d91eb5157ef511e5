"""One form per address."""

import pytest

from hotel.messaging.domain.addresses import address_problem, normalised


@pytest.mark.parametrize(
    ("given", "channel", "kept"),
    [
        (" Gus@Example.COM ", "email", "gus@example.com"),
        ("+43 (1) 555-01.00/1", "sms", "+431555010 01".replace(" ", "")),
        (" Token-ABC ", "push", "Token-ABC"),
    ],
)
def test_addresses_are_normalised(given, channel, kept):
    assert normalised(given, channel) == kept


@pytest.mark.parametrize(
    ("address", "channel"),
    [
        ("gus@example.com", "email"),
        ("gus+tag@mail.example.co.uk", "email"),
        ("gus@xn--exmple-cua.xn--p1ai", "email"),
        ("+4315550100", "sms"),
        ("d" * 512, "push"),
    ],
)
def test_good_addresses_pass(address, channel):
    assert address_problem(address, channel) == ""


@pytest.mark.parametrize(
    ("address", "channel"),
    [
        ("", "email"),
        ("gus", "email"),
        ("gus@localhost", "email"),
        ("gus@example.com\nbcc:x@example.com", "email"),
        ("gus@example.com,eve@example.com", "email"),
        ("gus <gus@example.com>", "email"),
        ("g" * 65 + "@example.com", "email"),
        ("g@" + "a." * 130 + "com", "email"),
        ("015550100", "sms"),
        ("+0155501000", "sms"),
        ("+1", "sms"),
        ("+123456789012345678", "sms"),
        ("short", "push"),
        ("with space token", "push"),
    ],
)
def test_bad_addresses_are_explained(address, channel):
    assert address_problem(address, channel).startswith("Give ")
