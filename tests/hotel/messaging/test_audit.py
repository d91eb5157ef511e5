"""What the readable audit keeps of messages."""

from auditlog.models import LogEntry
from auditlog.registry import auditlog

from hotel.messaging.models import MessageAttempt, WebhookDelivery
from tests.factories.messaging import SECRET, message_make, suppression_make, webhook_make


def test_personal_data_and_secrets_do_not_reach_the_audit(cast):
    message = message_make(cast.alpha, recipient_name="Gus Grandet")
    suppression_make(cast.alpha)
    webhook_make(cast.alpha)
    text = str(
        list(LogEntry.objects.filter(content_type__app_label="messaging").values_list("changes", flat=True))
    )
    assert LogEntry.objects.get_for_object(message).count() == 1
    for secret in ("gus@", "@example.com", "Grandet", "Dear", SECRET, SECRET[-8:]):
        assert secret not in text
    assert "•••" in text


def test_the_logs_themselves_are_not_audited():
    assert not auditlog.contains(MessageAttempt)
    assert not auditlog.contains(WebhookDelivery)
