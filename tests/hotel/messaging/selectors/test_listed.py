"""The list of messages: by state, by whom it went to, by a whole address, in parts that lose nothing."""

import pytest

from hotel.core.clock import now
from hotel.messaging.models import Message
from hotel.messaging.selectors.listed import PAGE, messages_listed, templates_offered
from hotel.messaging.services.suppressions import address_fingerprint, address_wanted
from tests.contracts.queries import queries_of
from tests.factories.messaging import message_make, message_template_make, suppression_make

DONE = {"next_attempt_at": None}


@pytest.fixture
def rows(cast):
    """One of each state; the failed ones to two addresses, of which one was stopped."""
    bad = "gone@example.com"
    suppression_make(cast.alpha, address=bad, reason="bounce")
    suppression_make(cast.alpha, address="manual@example.com", reason="manual")
    made = {
        "queued": message_make(cast.alpha),
        "sending": message_make(cast.alpha, status="sending", claim="7f8f2a86-7b0c-4e3c-9a53-0d2d7f1c6b11"),
        "sent": message_make(cast.alpha, status="sent", sent_at=now(), **DONE),
        "failed": message_make(cast.alpha, status="failed", recipient_name="Anna Moser", **DONE),
        "stopped": message_make(
            cast.alpha, status="failed", address="manual@example.com",
            address_fingerprint=address_fingerprint("manual@example.com", "email"), **DONE,
        ),
        "bounced": message_make(
            cast.alpha, status="failed", address=bad, guest_id=7,
            address_fingerprint=address_fingerprint(bad, "email"), **DONE,
        ),
        "held": message_make(cast.alpha, status="suppressed", **DONE),
    }  # fmt: skip
    message_make(cast.beta)
    return made


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["held", "bounced", "stopped", "failed", "sent", "sending", "queued"]),
        ({"state": "waiting"}, ["sending", "queued"]),
        ({"state": "sent"}, ["sent"]),
        ({"state": "failed"}, ["bounced", "stopped", "failed"]),
        ({"state": "bounced"}, ["bounced"]),
        ({"state": "held"}, ["held"]),
        ({"to": "guests"}, ["bounced"]),
        ({"to": "others", "state": "failed"}, ["stopped", "failed"]),
        ({"name": "moser"}, ["failed"]),
        ({"fingerprints": ()}, []),
    ],
)
def test_what_is_asked_for_is_listed_newest_first(cast, rows, asked, names):
    found = messages_listed(cast.alpha.pk, **asked).rows
    assert [row.pk for row in found] == [rows[name].pk for name in names]


def test_a_bounce_is_told_and_an_address_is_found_whole(cast, rows):
    (found,) = messages_listed(cast.alpha.pk, fingerprints=address_wanted("Gone@example.com")).rows
    assert (found.pk, found.is_bounced) == (rows["bounced"].pk, True)
    others = messages_listed(cast.alpha.pk, state="failed").rows[1:]
    assert [row.is_bounced for row in others] == [False, False]
    assert messages_listed(cast.alpha.pk, fingerprints=address_wanted("gone@example")).rows == []


def test_parts_lose_nothing_and_cost_one_statement(cast):
    pks = [message_make(cast.alpha).pk for _ in range(PAGE + 2)][::-1]
    first = messages_listed(cast.alpha.pk)
    second = messages_listed(cast.alpha.pk, before=first.older)
    assert [row.pk for row in (*first.rows, *second.rows)] == pks
    assert (first.older, second.older) == (pks[PAGE - 1], None)
    asked = queries_of(lambda: [(row.address, row.is_bounced) for row in messages_listed(cast.alpha.pk).rows])
    assert len(asked) == 1
    assert '"body"' not in asked[0]
    Message.objects.filter(pk=pks[-1]).delete()
    assert messages_listed(cast.alpha.pk, before=first.older).older is None


def test_a_letter_is_offered_once_whatever_its_languages_while_it_is_active(cast):
    for language in ("en", "de"):
        message_template_make(cast.alpha, language=language)
    message_template_make(cast.alpha, code="taxi", channel="sms", subject="")
    message_template_make(cast.alpha, code="old", is_active=False)
    message_template_make(cast.beta, code="far")
    assert templates_offered(cast.alpha.pk, ["email"]) == [("welcome", "email")]
    assert templates_offered(cast.alpha.pk, ["email", "sms"]) == [("taxi", "sms"), ("welcome", "email")]
