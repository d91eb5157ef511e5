"""What messaging gives to the house."""

from django.utils.translation import gettext_lazy as _

from hotel.core.plugs import (
    AdminGroup,
    BlindIndex,
    ComponentPlug,
    HealthCheck,
    JourneySource,
    PrivacyProvider,
    Schedule,
)
from hotel.messaging.personal import IMPERSONAL, PERSONAL

PLUG = ComponentPlug(
    area="messaging",
    verbs=("view", "manage", "send"),
    admin=(AdminGroup("Letters, messages and webhooks", 60),),
    schedules=(
        Schedule(
            "messaging: send messages",
            "hotel.messaging.tasks.messages_send",
            every_seconds=10,
            expires_seconds=10,
            queue="messages",
        ),
        Schedule(
            "messaging: relay webhooks",
            "hotel.messaging.tasks.webhooks_relay",
            every_seconds=5,
            expires_seconds=5,
            queue="messages",
        ),
        Schedule(
            "messaging: forget old deliveries",
            "hotel.messaging.tasks.webhook_deliveries_purge",
            cron="20 3 * * *",
            queue="messages",
        ),
    ),
    journey=(
        JourneySource(
            "messages",
            {"messages": _("Messages")},
            rows="hotel.messaging.selectors.journey.messages_of_guest",
            told="hotel.messaging.selectors.journey.message_told",
            route="dashboard:message",
            area="messaging",
        ),
    ),
    privacy=(
        PrivacyProvider(
            "messages",
            export="hotel.messaging.services.privacy.guest_messages_export",
            erase="hotel.messaging.services.privacy.guest_messages_erase",
        ),
    ),
    demo="hotel.messaging.services.demo.demo_seed",
    health=(
        HealthCheck("messages", _("Messages to guests"), "hotel.messaging.selectors.lags.messages_check"),
        HealthCheck("webhooks", _("Webhooks and channels"), "hotel.messaging.selectors.lags.webhooks_check"),
    ),
    invariants=("hotel.messaging.invariants.invariants",),
    audit_excluded={
        "messaging.MessageAttempt": "a log of attempts itself; high volume",
        "messaging.WebhookDelivery": "a log of deliveries itself; high volume",
    },
    trail_excluded={
        "messaging.WebhookDelivery": "book-keeping of what was told to receivers, gone after 30 days; high volume",
    },
    audit_masked={
        "messaging.Message": (
            "address",
            "address_fingerprint",
            "recipient_name",
            "subject",
            "body",
            "body_html",
            "failure_reason",
        ),
        "messaging.MessageAttempt": ("reason",),
        "messaging.Suppression": ("address", "fingerprint", "note"),
        "messaging.WebhookSecret": ("secret",),
    },
    personal=PERSONAL,
    blind_indexes=(
        BlindIndex("messaging.Message", "address", "address_fingerprint", "messaging.address", "channel"),
        BlindIndex("messaging.Suppression", "address", "fingerprint", "messaging.address", "channel"),
    ),
    impersonal=IMPERSONAL,
)
