"""Files that go along with letters."""

import pytest

from hotel.messaging import attachments
from hotel.messaging.attachments import Attachment, AttachmentGone, attachments_of, register_attachments


@pytest.fixture
def sources(monkeypatch):
    monkeypatch.setattr(attachments, "_sources", {})


def test_the_owner_of_a_file_gives_it(sources):
    register_attachments(
        "paper", lambda place, key: Attachment(f"{place}-{key}.pdf", "application/pdf", b"x")
    )

    assert attachments_of(3, "paper:7") == (Attachment("3-7.pdf", "application/pdf", b"x"),)
    assert attachments_of(3, "") == ()


@pytest.mark.parametrize("word", ["paper:7", "nobody:1", "paper:", "paper:x"])
def test_what_nobody_has_is_gone(sources, word):
    if word != "paper:7":
        register_attachments("paper", lambda place, key: Attachment("a", "b", b""))
    with pytest.raises(AttachmentGone) as gone:
        attachments_of(3, word)
    assert gone.value.code == "attachment_gone"
