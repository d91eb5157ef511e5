"""What must hold of messages and webhooks whatever code does."""

from collections.abc import Iterable

from hotel.core.invariants import Invariant


def invariants() -> Iterable[Invariant]:
    """The invariants of messaging, checked by ``manage.py verify_invariants``."""
    return (
        Invariant(
            "inv_message_sent_by_one_attempt",
            "A sent message has exactly one attempt that ended so; no other message has one.",
            """
            SELECT message.id, message.status, count(attempt.id) AS sent_attempts
              FROM messaging_message AS message
              LEFT JOIN messaging_messageattempt AS attempt
                ON attempt.message_id = message.id AND attempt.outcome = 'sent'
             GROUP BY message.id
            HAVING count(attempt.id) <> CASE WHEN message.status = 'sent' THEN 1 ELSE 0 END
            """,
        ),
        Invariant(
            "inv_message_attempts_counted",
            "A message counts as many attempts as it has.",
            """
            SELECT message.id, message.attempts, count(attempt.id) AS found
              FROM messaging_message AS message
              LEFT JOIN messaging_messageattempt AS attempt ON attempt.message_id = message.id
             GROUP BY message.id
            HAVING count(attempt.id) <> message.attempts
            """,
        ),
        Invariant(
            "inv_webhook_active_can_sign",
            "An active webhook has one or two active secrets.",
            """
            SELECT endpoint.id, count(secret.id) AS active_secrets
              FROM messaging_webhookendpoint AS endpoint
              LEFT JOIN messaging_webhooksecret AS secret
                ON secret.endpoint_id = endpoint.id AND secret.retired_at IS NULL
             WHERE endpoint.is_active
             GROUP BY endpoint.id
            HAVING count(secret.id) NOT BETWEEN 1 AND 2
            """,
        ),
    )
