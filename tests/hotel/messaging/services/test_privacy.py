"""What messaging knows of one guest, given out and erased."""

from hotel.messaging.models import Suppression
from hotel.messaging.services.privacy import guest_messages_erase, guest_messages_export
from hotel.messaging.services.suppressions import suppression_refusal
from tests.factories.messaging import message_make, suppression_make


def test_a_guest_is_exported_and_erased_but_the_stop_stays(cast):
    waiting = message_make(cast.alpha, guest_id=7, recipient_name="Gus")
    other = message_make(cast.alpha, guest_id=8, address="eve@example.com")
    suppression_make(cast.alpha)
    assert [row["body"] for row in guest_messages_export(guest_id=7)] == ["Dear Gus"]
    assert guest_messages_erase(guest_id=7) == 1
    assert guest_messages_erase(guest_id=7) == 0
    waiting.refresh_from_db()
    assert (waiting.address, waiting.recipient_name, waiting.subject, waiting.body) == ("", "", "", "")
    assert (waiting.status, waiting.failure_code) == ("suppressed", "erased")
    other.refresh_from_db()
    assert (other.address, other.status) == ("eve@example.com", "queued")
    values = {"property_id": cast.alpha.pk, "channel": "email", "purpose": "transactional"}
    assert suppression_refusal(address="GUS@example.com", **values) == "The address is stopped: manual."
    assert Suppression.objects.get().address == ""
