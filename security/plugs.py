"""What security gives to the house."""

from hotel.core.plugs import ComponentPlug, NavItem, PrivacyProvider, Schedule
from security.personal import IMPERSONAL, PERSONAL

PLUG = ComponentPlug(
    area="security",
    verbs=("view", "manage", "respond", "approve", "break_glass"),
    schedules=(
        Schedule(
            "security: end requests for rights",
            "security.tasks.access_requests_end",
            cron="5 * * * *",
            expires_seconds=3000,
        ),
        Schedule(
            "security: sweep emergency accesses",
            "security.tasks.emergencies_sweep",
            every_seconds=60,
            expires_seconds=60,
        ),
        Schedule(
            "security: open access reviews",
            "security.tasks.access_reviews_open",
            cron="30 4 * * *",
            expires_seconds=3600,
        ),
        Schedule(
            "security: work on privacy cases",
            "security.tasks.privacy_cases_work",
            every_seconds=60,
            expires_seconds=60,
        ),
        Schedule("security: list what is due", "security.tasks.retention_propose", cron="50 2 * * *"),
    ),
    navigation=(NavItem("Access", "security:access", "security", icon="key-round", order=300),),
    privacy=(
        PrivacyProvider(
            "privacy cases", export="", erase="security.services.privacy_words.guest_words_erase"
        ),
    ),
    audit_masked={
        "security.PrivacyRequest": ("changes", "words", "history"),
        "security.LegalHold": ("reason",),
        "security.PrivacyBundle": ("document", "printed"),
    },
    personal=PERSONAL,
    impersonal=IMPERSONAL,
)
