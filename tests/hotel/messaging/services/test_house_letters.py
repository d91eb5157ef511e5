"""Letters of the house with a file: once to each address, and not without the file."""

import email
from email.policy import default

import pytest

from hotel.core.exceptions import InvalidInput
from hotel.messaging import attachments
from hotel.messaging.attachments import Attachment, AttachmentGone, register_attachments
from hotel.messaging.models import Message
from hotel.messaging.services.house_letters import house_letters_queue
from hotel.messaging.services.sending import message_send


def queue(place, *addresses: str):
    return house_letters_queue(
        place=place,
        addresses=addresses,
        subject="Pack\nof the day",
        text="The file\n\nis <b>attached</b>.",
        attachment="paper:7",
        dedupe_key="paper:7",
    )


@pytest.fixture
def sources(monkeypatch):
    monkeypatch.setattr(attachments, "_sources", {})


def test_each_address_is_written_to_once(cast):
    queue(cast.alpha, "Owner@example.com", "owner@example.com", "books@example.com")
    queue(cast.alpha, "owner@example.com")

    assert sorted(row.address for row in Message.objects.all()) == ["books@example.com", "owner@example.com"]
    assert {row.subject for row in Message.objects.all()} == {"Pack of the day"}


def test_what_is_no_address_is_refused_and_nobody_is_written_to(cast):
    with pytest.raises(InvalidInput):
        queue(cast.alpha, "owner@example.com", "nobody")
    assert not Message.objects.exists()


def test_the_file_goes_along(cast, mail_server, sources):
    register_attachments("paper", lambda place, key: Attachment("pack.pdf", "application/pdf", b"%PDF-1.7"))
    (letter,) = queue(cast.alpha, "owner@example.com")

    assert message_send(message_id=letter.pk) == "sent"
    [(recipients, raw)] = mail_server.letters
    (file,) = email.message_from_bytes(raw, policy=default).iter_attachments()
    assert recipients == ["owner@example.com"]
    assert (file.get_filename(), file.get_content_type(), file.get_content()) == (
        "pack.pdf", "application/pdf", b"%PDF-1.7",
    )  # fmt: skip


def test_without_its_file_the_letter_does_not_leave(cast, mail_server, sources):
    def gone(place, key):
        raise AttachmentGone("Its time is over.")

    register_attachments("paper", gone)
    (letter,) = queue(cast.alpha, "owner@example.com")

    assert message_send(message_id=letter.pk) == "failed"
    letter.refresh_from_db()
    assert (letter.failure_code, letter.failure_reason) == ("attachment_gone", "Its time is over.")
    assert mail_server.letters == []
