"""How the mail adapter judges what goes wrong."""

import smtplib

import pytest

from hotel.messaging.adapters.base import Parcel, PermanentFailure, TemporaryFailure
from hotel.messaging.adapters.email import adapter as module
from hotel.messaging.adapters.email.adapter import EmailAdapter


def parcel(**over):
    values = {
        "reference": "ref-1",
        "channel": "email",
        "address": "gus@example.com",
        "recipient_name": "",
        "subject": "Hello",
        "body": "Text",
        "body_html": "",
        "language": "en",
        "sender_name": "Hotel, «Alpha»",
        "reply_to": "",
    }
    return Parcel(**{**values, **over})


@pytest.mark.parametrize(
    ("error", "kind", "code"),
    [
        (smtplib.SMTPAuthenticationError(535, b"bad log-in"), TemporaryFailure, "535"),
        (smtplib.SMTPSenderRefused(550, b"5.7.1 who?", "x"), PermanentFailure, "550"),
        (smtplib.SMTPDataError(452, "full"), TemporaryFailure, "452"),
        (smtplib.SMTPConnectError(421, b"busy"), TemporaryFailure, "421"),
        (smtplib.SMTPServerDisconnected("gone"), TemporaryFailure, "unreachable"),
        (TimeoutError("slow"), TemporaryFailure, "unreachable"),
        (UnicodeEncodeError("ascii", "é", 0, 1, "no"), PermanentFailure, "unsendable"),
    ],
)
def test_failures_are_judged(monkeypatch, error, kind, code):
    class Broken:
        def __enter__(self):
            raise error

        def __exit__(self, *args):
            pass

    monkeypatch.setattr(module, "get_connection", lambda **kwargs: Broken())
    with pytest.raises(kind) as caught:
        EmailAdapter().send(parcel())
    assert caught.value.code == code
    assert not getattr(caught.value, "is_bounce", False)


def test_a_letter_without_html_has_one_part_and_no_header_is_smuggled_in(settings):
    settings.DEFAULT_FROM_EMAIL = "no-reply@hotel.test"
    letter = EmailAdapter().letter(parcel()).message()
    assert letter.get_content_type() == "text/plain"
    assert letter["Message-ID"] == "<ref-1@hotel.test>"
    with pytest.raises(PermanentFailure) as caught:
        EmailAdapter().send(parcel(subject="Hello\nBcc: all@example.com"))
    assert caught.value.code == "unsendable"
