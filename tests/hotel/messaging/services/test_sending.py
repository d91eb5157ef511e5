"""One attempt at a time against a real mail server on the loopback."""

import email
import threading
import uuid
from datetime import timedelta
from email.policy import default

import pytest
import time_machine
from django.db import connection

from hotel.core.clock import now
from hotel.core.invariants import invariants_verify
from hotel.core.models import OutboxMessage
from hotel.messaging.adapters.base import TemporaryFailure
from hotel.messaging.models import Message, MessageAttempt, Suppression
from hotel.messaging.services import sending
from hotel.messaging.services.messages import Recipient, message_queue, message_retry, message_withdraw
from hotel.messaging.services.sending import message_send, messages_due
from tests.cast import make_cast
from tests.factories.messaging import message_make, message_template_make, suppression_make

GUS = Recipient(address="gus@example.com", channel="email", language="en", guest_id=7, name="Gus Grandet")


def tries(message):
    return list(message.tries.values_list("number", "outcome", "code"))


def topics():
    return list(OutboxMessage.objects.order_by("id").values_list("topic", flat=True))


def assert_green():
    broken = [f.invariant.name for f in invariants_verify() if f.violations and "message" in f.invariant.name]
    assert broken == []


def test_a_letter_leaves_with_text_html_and_a_stable_id(cast, mail_server):
    cast.alpha.email, cast.alpha.brand_colour = "desk@alpha.test", "#123456"
    cast.alpha.save()
    message_template_make(
        cast.alpha, subject="Welcome, {{ guest.first_name }}", body="Dear {{ guest.first_name }},\n\nsee you."
    )
    message = message_queue(
        place=cast.alpha,
        template_code="welcome",
        recipient=GUS,
        context={"guest.first_name": "Güs <b>"},
        dedupe_key="welcome:7",
    )
    assert message_send(message_id=message.pk) == "sent"
    message.refresh_from_db()
    assert message.sent_at is not None
    assert message.provider_message_id == f"<{message.reference}@hotel.test>"
    [(recipients, raw)] = mail_server.letters
    letter = email.message_from_bytes(raw, policy=default)
    assert recipients == ["gus@example.com"]
    assert letter["Subject"] == "Welcome, Güs <b>"
    assert letter["From"] == "Alpha <no-reply@hotel.test>"
    assert letter["To"] == "Gus Grandet <gus@example.com>"
    assert letter["Reply-To"] == "desk@alpha.test"
    assert letter["Message-ID"] == message.provider_message_id
    assert letter.get_body(("plain",)).get_content().split() == ["Dear", "Güs", "<b>,", "see", "you."]
    html = letter.get_body(("html",)).get_content()
    assert "<p>Dear Güs &lt;b&gt;,</p>" in html
    assert "#123456" in html
    assert tries(message) == [(1, "sent", "")]
    assert topics() == ["MessageQueued", "MessageSent"]
    assert message_send(message_id=message.pk) == ""
    assert len(mail_server.letters) == 1
    assert_green()


def test_a_temporary_refusal_is_tried_again_later_and_then_works(cast, mail_server):
    mail_server.at_recipient = "451 4.7.1 greylisted, try later"
    message = message_make(cast.alpha)
    with time_machine.travel(now(), tick=False) as clock:
        assert message_send(message_id=message.pk) == "queued"
        message.refresh_from_db()
        assert (message.failure_code, message.failure_reason) == ("451", "4.7.1 greylisted, try later")
        pause = message.next_attempt_at - now()
        assert timedelta(seconds=15) <= pause <= timedelta(seconds=30)
        assert message_send(message_id=message.pk) == ""
        assert messages_due() == []
        mail_server.at_recipient = "250 OK"
        clock.shift(timedelta(seconds=31))
        assert messages_due() == [message.pk]
        assert message_send(message_id=message.pk) == "sent"
    message.refresh_from_db()
    assert tries(message) == [(1, "temporary", "451"), (2, "sent", "")]
    assert (message.failure_code, message.attempts) == ("", 2)
    assert not Suppression.objects.exists()
    assert_green()


def test_after_eight_temporary_failures_it_is_given_up_and_a_retry_gives_eight_more(cast, mail_server):
    mail_server.at_data = "452 4.2.2 mailbox full"
    message = message_make(cast.alpha)
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(7):
            assert message_send(message_id=message.pk) == "queued"
            clock.shift(timedelta(hours=5))
        assert message_send(message_id=message.pk) == "failed"
        assert topics() == ["MessageFailed"]
        message_retry(message=message)
        assert message_send(message_id=message.pk) == "queued"
        message.refresh_from_db()
        assert message.next_attempt_at - now() <= timedelta(seconds=30)
    assert (message.attempts, message.attempt_limit) == (9, 16)
    assert mail_server.letters == []
    assert_green()


@pytest.mark.parametrize(
    ("at", "answer", "bounces"),
    [
        ("at_recipient", "550 5.1.1 no such user", True),
        ("at_recipient", "550 no such user", True),
        ("at_recipient", "550 5.7.1 relaying denied", False),
        ("at_recipient", "552 too much", False),
        ("at_data", "554 5.6.0 we do not like it", False),
    ],
)
def test_a_permanent_refusal_is_given_up_at_once(cast, mail_server, at, answer, bounces):
    setattr(mail_server, at, answer)
    message = message_make(cast.alpha)
    assert message_send(message_id=message.pk) == "failed"
    message.refresh_from_db()
    assert (message.failure_code, message.failure_reason) == (answer[:3], answer[4:])
    assert tries(message) == [(1, "permanent", answer[:3])]
    assert topics() == ["MessageFailed"]
    assert [(row.address, row.reason) for row in Suppression.objects.all()] == (
        [("gus@example.com", "bounce")] if bounces else []
    )
    if bounces:
        again = message_make(cast.alpha)
        assert message_send(message_id=again.pk) == "suppressed"
        elsewhere = message_make(cast.beta)
        assert message_send(message_id=elsewhere.pk) == "failed"  # Beta knows nothing of Alpha's stop
    assert_green()


def test_a_server_that_is_away_is_a_temporary_failure(cast, mail_server, settings):
    settings.EMAIL_PORT = 1
    message = message_make(cast.alpha)
    assert message_send(message_id=message.pk) == "queued"
    message.refresh_from_db()
    assert message.failure_code == "unreachable"
    assert "ConnectionRefusedError" in message.failure_reason


def test_consent_withdrawn_after_queueing_holds_the_message_back(cast, mail_server, consent):
    message_template_make(cast.alpha)
    consent[7] = True
    message = message_queue(
        place=cast.alpha,
        template_code="welcome",
        recipient=GUS,
        context={"guest.name": "Gus"},
        purpose="marketing",
    )
    consent[7] = "Consent to e-mail marketing was withdrawn."
    assert message_send(message_id=message.pk) == "suppressed"
    message.refresh_from_db()
    assert (message.failure_code, message.failure_reason) == (
        "no_consent",
        "Consent to e-mail marketing was withdrawn.",
    )
    assert tries(message) == [(1, "suppressed", "no_consent")]
    assert topics() == ["MessageQueued", "MessageSuppressed"]
    assert mail_server.letters == []
    assert_green()


def test_consent_is_asked_for_the_guest_the_channel_and_the_purpose(cast, mail_server, consent):
    consent[7] = False
    refused = message_make(cast.alpha, guest_id=7, purpose="marketing")
    allowed = message_make(cast.alpha, guest_id=8, purpose="marketing")
    assert message_send(message_id=refused.pk) == "suppressed"
    assert message_send(message_id=allowed.pk) == "sent"
    refused.refresh_from_db()
    assert refused.failure_reason == "The guest has given no consent to marketing messages by email."


def test_advertising_without_a_guest_or_a_check_does_not_leave(cast, mail_server):
    message = message_make(cast.alpha, purpose="marketing", guest_id=7)
    assert message_send(message_id=message.pk) == "suppressed"
    stay = message_make(cast.alpha, guest_id=7)
    assert message_send(message_id=stay.pk) == "sent"


@pytest.mark.parametrize(
    ("reason", "purpose", "status"),
    [
        ("unsubscribe", "marketing", "suppressed"),
        ("unsubscribe", "transactional", "sent"),
        ("complaint", "transactional", "suppressed"),
        ("bounce", "transactional", "suppressed"),
        ("manual", "marketing", "suppressed"),
    ],
)
def test_a_stop_set_after_queueing_counts(cast, mail_server, consent, reason, purpose, status):
    message = message_make(cast.alpha, purpose=purpose, guest_id=7)
    suppression_make(cast.alpha, reason=reason)
    suppression_make(cast.beta, reason="manual")
    assert message_send(message_id=message.pk) == status
    assert len(mail_server.letters) == (status == "sent")


def test_a_stop_counts_for_its_channel_only(cast, mail_server):
    suppression_make(cast.alpha, channel="push", address="gus@example.com")
    assert message_send(message_id=message_make(cast.alpha).pk) == "sent"


def test_a_fault_of_ours_is_logged_and_tried_again(cast, monkeypatch):
    monkeypatch.setattr(sending, "consent_refusal", lambda *a: 1 / 0)
    message = message_make(cast.alpha)
    assert message_send(message_id=message.pk) == "queued"
    message.refresh_from_db()
    assert (message.failure_code, message.failure_reason) == (
        "internal",
        "ZeroDivisionError: division by zero",
    )


def test_a_message_for_later_waits(cast, mail_server):
    message_template_make(cast.alpha)
    with time_machine.travel(now(), tick=False) as clock:
        message = message_queue(
            place=cast.alpha,
            template_code="welcome",
            recipient=GUS,
            context={"guest.name": "Gus"},
            dedupe_key="k",
            send_at=now() + timedelta(days=2),
        )
        assert message_send(message_id=message.pk) == ""
        clock.shift(timedelta(days=2))
        assert message_send(message_id=message.pk) == "sent"
    assert message_withdraw(place=cast.alpha, dedupe_key="k", reason="too late") is False


def test_a_sender_that_vanished_is_followed_after_its_lease(cast, mail_server, monkeypatch):
    message = message_make(cast.alpha)

    def die(message):
        raise KeyboardInterrupt

    with time_machine.travel(now(), tick=False) as clock:
        with monkeypatch.context() as patch:
            patch.setattr(sending, "_attempt", die)
            with pytest.raises(KeyboardInterrupt):
                message_send(message_id=message.pk)
        message.refresh_from_db()
        assert message.status == "sending"
        assert message_send(message_id=message.pk) == ""
        clock.shift(timedelta(minutes=3))
        assert messages_due() == [message.pk]
        assert message_send(message_id=message.pk) == "sent"
    assert tries(message) == [(1, "lost", ""), (2, "sent", "")]
    assert_green()


def test_a_sender_slower_than_its_lease_does_not_overwrite_the_other(cast):
    message = message_make(cast.alpha)
    claimed = sending._claim(message.pk)
    Message.objects.filter(pk=message.pk).update(claim=uuid.uuid4())
    assert sending._record(claimed, sending.Result(sending.AttemptOutcome.SENT)) == ""
    message.refresh_from_db()
    assert (message.status, message.sent_at) == ("sending", None)


def test_the_stay_goes_before_advertising(cast):
    advert = message_make(cast.alpha, purpose="marketing", next_attempt_at=now() - timedelta(hours=1))
    late, early = (message_make(cast.beta, next_attempt_at=now() - timedelta(minutes=m)) for m in (1, 2))
    message_make(cast.alpha, next_attempt_at=now() + timedelta(minutes=1))
    assert messages_due() == [early.pk, late.pk, advert.pk]
    assert messages_due(limit=1) == [early.pk]


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_one_letter(mail_server):
    cast = make_cast()
    mail_server.seconds = 0.2
    messages = [message_make(cast.alpha, address=f"gus{n}@example.com") for n in range(3)]
    barrier, results = threading.Barrier(4), []

    def sender():
        try:
            barrier.wait()
            for message in messages:
                results.append(message_send(message_id=message.pk))
        finally:
            connection.close()

    threads = [threading.Thread(target=sender) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [""] * 9 + ["sent"] * 3
    assert sorted(recipients[0] for recipients, _ in mail_server.letters) == [m.address for m in messages]
    assert MessageAttempt.objects.count() == 3
    assert_green()


@pytest.mark.django_db(transaction=True)
def test_the_mail_server_is_called_outside_any_transaction(monkeypatch):
    cast = make_cast()
    seen = []

    class Spy:
        def send(self, parcel):
            seen.append(connection.in_atomic_block)
            raise TemporaryFailure("451", "later")

    monkeypatch.setattr(sending, "adapter_for", lambda channel: Spy())
    assert message_send(message_id=message_make(cast.alpha).pk) == "queued"
    assert seen == [False]
